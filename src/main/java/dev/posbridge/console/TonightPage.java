package dev.posbridge.console;

import dev.posbridge.console.Tonight.Look;
import dev.posbridge.engine.DataFolder;
import dev.posbridge.intake.expected.ExpectedFiles;
import dev.posbridge.intake.expected.ExpectedFiles.Missing;
import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.NightBook;
import dev.posbridge.ledger.NightBook.NightFile;
import dev.posbridge.ledger.Outcomes;
import dev.posbridge.ledger.Pauses;
import dev.posbridge.ledger.ReportBook;
import dev.posbridge.ledger.SourceFiles;
import dev.posbridge.ledger.StatusBook;
import dev.posbridge.operations.QuotaUse;
import dev.posbridge.vendor.Profile;
import dev.posbridge.vendor.Profiles;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /}: what came in a night, what did not, and how everything is now. */
final class TonightPage {
    private static final int MOST_FILES = 200;
    private static final int MOST_USUAL = 40;
    private static final int NIGHTS = 35;
    private static final int MOST_IN_CALENDAR = 50_000;
    private static final long GOOD_FOR_NANOS = 800_000_000L;

    private final Workplace workplace;
    private final Site site;
    private final NightBook nights;
    private final FileFigures figures;
    private final Progress progress = new Progress();
    private final LiveEvents events = new LiveEvents();
    private Live shown;

    /** The part that changes by itself, as it was then. */
    private record Live(Night night, String html, long at) {}

    TonightPage(Workplace workplace, Site site, FileFigures figures) {
        this.workplace = workplace;
        this.site = site;
        this.nights = new NightBook(workplace.database());
        this.figures = figures;
    }

    Answer page(Visit visit) {
        Night night = night(visit);
        Map<Long, Long> dead = nights.openDeadLetters();
        Tonight tonight = tonight(night, dead);
        List<Tonight.Day> calendar = calendar(Night.of(Instant.now(), workplace.zone()), dead);
        List<SilentStores.Silent> silent = SilentStores.of(nights, night, Instant.now());
        return Site.page(out -> JtetonightGenerated.render(
                out,
                null,
                site.frame(visit, "Night of " + night.title(), "/"),
                tonight,
                calendar,
                silent,
                workplace.zone()));
    }

    /** The part that changes by itself. */
    Answer live(Visit visit) {
        return Answer.page(200, live(night(visit)));
    }

    /** Tells when that part is another one. */
    Answer events(Visit visit) {
        Night night = night(visit);
        return events.follow(visit, () -> live(night));
    }

    /** Put together once a second, however many look. */
    private synchronized String live(Night night) {
        long now = System.nanoTime();
        if (shown == null || !shown.night().equals(night) || now - shown.at() > GOOD_FOR_NANOS) {
            Tonight tonight = tonight(night, nights.openDeadLetters());
            String html = Site.html(out -> JtetonightliveGenerated.render(
                    out, null, tonight, workplace.account().currency()));
            shown = new Live(night, html, now);
        }
        return shown.html();
    }

    private Night night(Visit visit) {
        LocalDate day = visit.asked().day("night");
        return day == null ? Night.of(Instant.now(), workplace.zone()) : new Night(day, workplace.zone());
    }

    /** @param dead open dead letters by file */
    private Tonight tonight(Night night, Map<Long, Long> dead) {
        Profiles profiles = workplace.profiles();
        List<NightFile> came = nights.between(night.from(), night.to(), MOST_FILES + 1);
        List<NightFile> shown = came.size() > MOST_FILES ? came.subList(0, MOST_FILES) : came;
        Map<Long, Outcomes> outcomes = figures.of(shown);
        Map<String, Optional<Profile>> known = new HashMap<>();
        List<Tonight.Line> lines = shown.stream()
                .map(file -> new Tonight.Line(
                        file,
                        known.computeIfAbsent(file.vendor(), profiles::find)
                                .map(profile -> profile.storeOf(file.name()))
                                .orElse(""),
                        outcomes.get(file.id()),
                        dead.getOrDefault(file.id(), 0L),
                        look(file, dead.getOrDefault(file.id(), 0L))))
                .sorted(Comparator.comparing(Tonight.Line::look).reversed())
                .toList();
        return new Tonight(
                night,
                lines,
                outcomes.values().stream().reduce(Outcomes.NONE, Outcomes::plus),
                shown.size() - outcomes.size(),
                came.size() > MOST_FILES,
                missing(night),
                usual(shown),
                now());
    }

    private static Look look(NightFile file, long dead) {
        return switch (file.state()) {
            case REJECTED -> dead > 0 ? Look.REJECTED : Look.ANSWERED;
            case HELD -> Look.HELD;
            case KNOWN -> Look.KNOWN;
            case STAGING -> Look.WORKING;
            case RELEASED -> dead > 0 ? Look.LOOK : file.messages() ? Look.GOOD : Look.WORKING;
            default -> dead > 0 ? Look.LOOK : Look.GOOD;
        };
    }

    private List<Tonight.Day> calendar(Night last, Map<Long, Long> dead) {
        Night first = last.plus(1 - NIGHTS);
        Map<Night, List<NightFile>> byNight = new HashMap<>();
        nights.between(first.from(), last.to(), MOST_IN_CALENDAR).forEach(file -> byNight.computeIfAbsent(
                        Night.of(file.came(), workplace.zone()), key -> new ArrayList<>())
                .add(file));
        List<Tonight.Day> days = new ArrayList<>();
        for (int night = 0; night < NIGHTS; night++) {
            Night one = first.plus(night);
            List<NightFile> files = byNight.getOrDefault(one, List.of());
            Look worst = files.stream()
                    .map(file -> look(file, dead.getOrDefault(file.id(), 0L)))
                    .max(Comparator.naturalOrder())
                    .orElse(Look.NOTHING);
            days.add(new Tonight.Day(one, worst, files.size()));
        }
        return days;
    }

    private List<Missing> missing(Night night) {
        return ExpectedFiles.missing(
                        workplace.settings().sources(), workplace.profiles(), new SourceFiles(workplace.database()))
                .stream()
                .filter(one -> !one.day().isBefore(night.day())
                        && !one.day().isAfter(night.day().plusDays(1)))
                .toList();
    }

    private List<Tonight.UsualLine> usual(List<NightFile> files) {
        List<Tonight.UsualLine> lines = new ArrayList<>();
        for (NightFile file : files) {
            if (lines.size() < MOST_USUAL) {
                nights.usual(file.id(), MOST_USUAL - lines.size()).stream()
                        .filter(usual -> usual.median() != null)
                        .forEach(usual -> lines.add(new Tonight.UsualLine(file.vendor(), usual, percent(usual))));
            }
        }
        return lines;
    }

    private static Long percent(NightBook.Usual usual) {
        BigDecimal median = usual.median().sales();
        return median.signum() == 0
                ? null
                : usual.now()
                        .sales()
                        .movePointRight(2)
                        .divide(median, 0, RoundingMode.HALF_UP)
                        .longValue();
    }

    private Tonight.Now now() {
        StatusBook status = new StatusBook(workplace.database());
        Optional<String> holder = workplace.holder().map(DataFolder::command);
        return new Tonight.Now(
                holder,
                progress.now(new ReportBook(workplace.database()).open()),
                status.reading().stream().map(TonightPage::reading).toList(),
                holder.isPresent() ? new HealthBook(workplace.database()).kept() : List.of(),
                QuotaUse.of(status.callsOfWindow(), workplace.settings()),
                new Pauses(workplace.database()).all(),
                workplace.zone());
    }

    private static Tonight.Reading reading(StatusBook.Reading file) {
        long bytes;
        try {
            bytes = Files.size(file.path());
        } catch (IOException gone) {
            bytes = 0;
        }
        int percent = bytes == 0 ? 0 : (int) Math.min(100, file.bytesRead() * 100 / bytes);
        return new Tonight.Reading(file.vendor(), file.name(), file.receipts(), percent);
    }
}
