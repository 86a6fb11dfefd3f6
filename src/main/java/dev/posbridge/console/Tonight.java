package dev.posbridge.console;

import dev.posbridge.intake.expected.ExpectedFiles.Missing;
import dev.posbridge.ledger.HealthBook.Concern;
import dev.posbridge.ledger.NightBook.NightFile;
import dev.posbridge.ledger.NightBook.Usual;
import dev.posbridge.ledger.Outcomes;
import dev.posbridge.ledger.Pauses.Pause;
import dev.posbridge.operations.QuotaUse;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What came in a night.
 *
 * @param total of what is counted of the files
 * @param counting files that are not counted yet
 * @param more whether more files came than are shown
 */
record Tonight(
        Night night,
        List<Line> files,
        Outcomes total,
        int counting,
        boolean more,
        List<Missing> missing,
        List<UsualLine> usual,
        Now now) {

    /** @param outcomes null while it is being counted */
    record Line(NightFile file, String store, Outcomes outcomes, long dead, Look look) {
        long records() {
            return outcomes == null ? file.receipts() : outcomes.in().records();
        }
    }

    /** How a file, or a night, is, in a word and a colour. */
    enum Look {
        NOTHING("nothing came"),
        GOOD("arrived"),
        KNOWN("known already"),
        ANSWERED("rejected, answered"),
        WORKING("under way"),
        LOOK("look at it"),
        HELD("held"),
        REJECTED("rejected");

        private final String word;

        Look(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        String style() {
            return (this == ANSWERED ? KNOWN : this).name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** A store's day beside its usual one. @param percent of the usual sales, null where there is none */
    record UsualLine(String vendor, Usual usual, Long percent) {}

    /** A cell of the calendar. */
    record Day(Night night, Look look, int files) {}

    /** How everything is at this moment. @param holder who runs on the data folder, empty for nobody */
    record Now(
            Optional<String> holder,
            Progress.Pace pace,
            List<Reading> reading,
            List<Concern> concerns,
            List<QuotaUse> quotas,
            List<Pause> pauses,
            ZoneId zone) {}

    /** A file that is being read. */
    record Reading(String vendor, String name, long receipts, int percent) {}

    Bar records() {
        return Bar.ofRecords(total);
    }

    Bar sales() {
        return Bar.ofSales(total);
    }

    /** The page that helps with it; null for none. */
    String pathOf(Concern concern) {
        return switch (concern.name()) {
            case "dead letters", "rejected files" -> "/dead-letters";
            case "held files" -> "/held";
            default -> null;
        };
    }

    long waiting() {
        return files.stream().filter(line -> line.look() == Look.WORKING).count();
    }

    long toLookAt() {
        return files.stream()
                .filter(line -> line.look() == Look.LOOK || line.look() == Look.HELD || line.look() == Look.REJECTED)
                .count();
    }
}
