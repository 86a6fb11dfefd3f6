package dev.posbridge.vendor.value;

import dev.posbridge.pos.Reason;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * Which times a till can have meant. A clock whose battery is dead says 1970, or 2000: nobody may earn then.
 *
 * @param earliest nothing was sold before that day
 * @param days how far a receipt's day may be from the one in the file's name; negative for any distance
 */
public record Plausible(LocalDate earliest, int days) {
    public static final Plausible DEFAULT = new Plausible(LocalDate.of(2005, 1, 1), 31);

    /** @throws dev.posbridge.RecordRejectedException DATE_IMPLAUSIBLE */
    void check(String what, String text, int column, Instant at, Facts facts) {
        if (at.getEpochSecond() < earliest.toEpochDay() * 86_400) {
            throw implausible(
                    facts,
                    column,
                    what + " \"" + Shown.text(text) + "\" is before " + earliest
                            + ", when nothing was sold yet: a till's clock may have stopped. Correct the date, or the till's"
                            + " clock, and replay, or set plausible.earliest in ");
        }
    }

    /** @throws dev.posbridge.RecordRejectedException DATE_IMPLAUSIBLE */
    public void check(String what, LocalDate day, int column, Facts facts) {
        if (day.isBefore(earliest)) {
            throw implausible(
                    facts,
                    column,
                    what + " " + day + " is before " + earliest
                            + ", when nothing was sold yet. Correct the date and replay, or set plausible.earliest in ");
        }
        if (day.isAfter(facts.latestDay())) {
            throw facts.fault(
                    column,
                    Reason.DATE_IN_FUTURE,
                    what + " " + day + " is in the future. " + Reason.DATE_IN_FUTURE.remedy());
        }
        LocalDate ofFile = facts.fileDate();
        long between = ofFile == null || days < 0 ? 0 : Math.abs(ChronoUnit.DAYS.between(ofFile, day));
        if (between > days && days >= 0) {
            throw implausible(
                    facts,
                    column,
                    what + " " + day + " is " + between + " days from " + ofFile
                            + " in the file's name, expected at most " + days
                            + ". Correct the date, or the till's clock, and replay, or set plausible.days in ");
        }
    }

    /** @throws dev.posbridge.RecordRejectedException DATE_IMPLAUSIBLE where a business date is far from the day of sale */
    public void checkTogether(LocalDate businessDate, LocalDate day, int column, Facts facts) {
        long between = days < 0 ? 0 : Math.abs(ChronoUnit.DAYS.between(businessDate, day));
        if (days >= 0 && between > days) {
            throw implausible(
                    facts,
                    column,
                    "business-date " + businessDate + " is " + between + " days from the day of sale " + day
                            + ", expected at most " + days
                            + ". Correct the date, or the till's clock, and replay, or set plausible.days in ");
        }
    }

    private static RuntimeException implausible(Facts facts, int column, String text) {
        return facts.fault(column, Reason.DATE_IMPLAUSIBLE, text + facts.profile() + ".");
    }
}
