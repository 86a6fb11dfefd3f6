package dev.posbridge.vendor;

import dev.posbridge.pos.AgainPolicy;
import dev.posbridge.settings.SettingsReader;
import dev.posbridge.vendor.yaml.Section;
import dev.posbridge.vendor.yaml.Word;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;

/** Reads what a profile says of receipts that come once more ({@code again}), and of refunds ({@code refunds}). */
final class AgainReader {
    private static final Pattern PERCENTAGE = Pattern.compile("(\\d{1,4}(?:\\.\\d{1,4})?)\\s*%");
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    private AgainReader() {}

    /**
     * @param byDay whether refunds may say only the day, which is read as its midnight: their sales are later that day
     * @param zone of times that name none; null where each names its own
     */
    static AgainPolicy read(Section root, boolean byDay, ZoneId zone) {
        Section again = root.section("again");
        Section refunds = root.section("refunds");
        AgainPolicy usual = AgainPolicy.DEFAULT;
        Duration tolerance = again == null ? usual.timeTolerance() : tolerance(again.word("time-tolerance"));
        BigDecimal cap = refunds == null ? usual.cap() : cap(refunds.word("cap"));
        boolean parks = refunds != null
                && refunds.choice("void-of-nothing", List.of("skip", "park"), "skip")
                        .equals("park");
        if (again != null) {
            again.refuseUnknown();
        }
        if (refunds != null) {
            refunds.refuseUnknown();
        }
        return new AgainPolicy(
                tolerance,
                cap,
                parks,
                beforeSale(root.section("plausible"), byDay && zone == null ? A_DAY : AgainPolicy.CLOCKS_DIFFER),
                byDay ? zone : null);
    }

    private static Duration tolerance(Word word) {
        Duration usual = AgainPolicy.DEFAULT.timeTolerance();
        if (word == null) {
            return usual;
        }
        Duration found = SettingsReader.parseDuration(word.text());
        if (found == null || found.compareTo(LONGEST) > 0) {
            word.problem("\"time-tolerance\" is \"" + word.text()
                    + "\", expected a time with its unit, such as 60s, of one hour at most.");
            return usual;
        }
        return found;
    }

    private static Duration beforeSale(Section plausible, Duration usual) {
        Word word = plausible == null ? null : plausible.word("refund-before-sale");
        if (word == null) {
            return usual;
        }
        if (word.text().equals("any")) {
            return null;
        }
        Duration found = SettingsReader.parseDuration(word.text());
        if (found == null || found.toSecondsPart() != 0 || found.toMillisPart() != 0) {
            word.problem("\"refund-before-sale\" is \"" + word.text()
                    + "\", expected a time with its unit, such as 90m, 24h or 3d, or any.");
            return usual;
        }
        return found;
    }

    private static BigDecimal cap(Word word) {
        if (word == null) {
            return AgainPolicy.DEFAULT.cap();
        }
        var percentage = PERCENTAGE.matcher(word.text());
        if (!percentage.matches()) {
            word.problem("\"cap\" is \"" + word.text() + "\", expected a percentage of the sale's total such as 5%.");
            return AgainPolicy.DEFAULT.cap();
        }
        return new BigDecimal(percentage.group(1)).movePointLeft(2);
    }
}
