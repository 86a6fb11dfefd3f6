package dev.posbridge.vendor.format;

import dev.posbridge.vendor.yaml.Section;
import java.util.List;

/**
 * A kind of file that a profile can name in {@code format.type}, with the keys it reads there. A new one is a package of
 * its own beside {@code delimited} and a line in the list of {@code FormatReader}; nothing else knows it.
 */
public interface FormatType {
    /** What profiles may call it. */
    List<String> words();

    /**
     * Reads its keys; problems are reported to the section, and then something harmless is returned. Unknown keys are
     * refused by the caller.
     */
    Plan read(Section format);

    /**
     * A format before the profile's columns are known.
     *
     * @param columns all that rows can have, empty where only the file will tell
     * @param telling those that say a row's record type: they differ from row to row of one receipt
     */
    record Plan(List<String> columns, List<String> telling, Maker maker) {
        public Plan {
            columns = List.copyOf(columns);
            telling = List.copyOf(telling);
        }

        /** Of files whose rows are all alike. */
        public Plan(List<String> columns, Maker maker) {
            this(columns, List.of(), maker);
        }
    }

    /** Makes the format once the whole profile was read. */
    interface Maker {
        /**
         * @param columns those that the profile uses
         * @param drop names of those whose values must not be kept
         */
        Format make(Columns columns, List<String> drop);
    }
}
