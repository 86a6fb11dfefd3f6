package dev.posbridge.ledger;

import java.time.LocalDate;

/**
 * A part of a file: what happened on one day in one store.
 *
 * @param file with the outcomes of this part alone
 * @param day business date of the file, else of the records, else the day on which the file came
 * @param store branch id; null where none is known: of duplicates, and of rows that could not be translated
 */
public record ReportSlice(FileReport file, LocalDate day, String store) {
    /** The same in a store, "" for none. */
    public ReportSlice in(String other) {
        return other.isEmpty() ? this : new ReportSlice(file, day, other);
    }
}
