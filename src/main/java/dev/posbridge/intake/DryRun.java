package dev.posbridge.intake;

import dev.posbridge.ConfigurationException;
import dev.posbridge.FileProblem;
import dev.posbridge.FileRejectedException;
import dev.posbridge.ledger.Entry;
import dev.posbridge.vendor.Control;
import dev.posbridge.vendor.Profile;
import dev.posbridge.vendor.value.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads and translates a file exactly as intake does, and stores nothing. Thread-safe. */
public final class DryRun {
    private final Profile profile;
    private final Translator translator;

    /**
     * How a file was read.
     *
     * @param bad receipts that cannot be translated
     * @param drops how often attributes of customers would be left out because they are none
     * @param rejection why the file as a whole would be rejected, or null
     * @param unused columns that the profile neither uses nor drops
     * @param tally what the profile's computed amounts came to
     * @param controls what the trailer says beside what was found
     * @param header line of the file's columns, with which its rows can be taken apart; null where there is none
     */
    public record Outcome(
            long rows,
            long receipts,
            long bad,
            Map<String, Long> drops,
            List<String> unused,
            FileRejectedException rejection,
            Tally tally,
            List<Control> controls,
            String header) {
        public Outcome {
            drops = Collections.unmodifiableMap(new TreeMap<>(drops));
        }
    }

    public DryRun(Profile profile, AccountRules rules) {
        this.profile = profile;
        this.translator = new Translator(rules);
    }

    /** @param each is told of what would be stored, in the file's order; void where the file is rejected */
    public Outcome read(Path file, Consumer<Entry> each) {
        try (Reading reading = new Reading(file, profile, null, profile.open(file))) {
            FileRejectedException rejection = readAll(reading, each);
            return new Outcome(
                    reading.rows(),
                    reading.receipts(),
                    reading.bad(),
                    reading.document().drops(),
                    reading.document().unusedColumns(),
                    rejection,
                    reading.document().tally(),
                    reading.document().controls(),
                    reading.document().header());
        } catch (FileRejectedException unreadable) {
            return new Outcome(0, 0, 0, Map.of(), List.of(), unreadable, new Tally(), List.of(), null);
        } catch (IOException problem) {
            throw new ConfigurationException(
                    FileProblem.of(file, problem) + ". Correct the path or its permissions.", problem);
        }
    }

    private FileRejectedException readAll(Reading reading, Consumer<Entry> each) {
        try {
            while (reading.hasNext()) {
                translator.translate(reading.next()).entries().forEach(each);
            }
            reading.check();
            return null;
        } catch (FileRejectedException rejection) {
            return rejection;
        }
    }
}
