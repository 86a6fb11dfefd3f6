package dev.posbridge.ledger;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The records of a chunk with all that can be worked out before the ledger is locked for them: their JSON and what they
 * are compared by. Immutable.
 */
public final class NewRecords {
    private final List<NewRecord> records;

    private NewRecords(List<NewRecord> records) {
        this.records = records;
    }

    public static NewRecords of(List<Entry> entries) {
        List<NewRecord> records = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            records.add(new NewRecord(entry));
        }
        return new NewRecords(Collections.unmodifiableList(records));
    }

    List<NewRecord> list() {
        return records;
    }
}
