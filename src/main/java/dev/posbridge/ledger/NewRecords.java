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
    private final SegmentDraft draft;

    private NewRecords(List<NewRecord> records, SegmentDraft draft) {
        this.records = records;
        this.draft = draft;
    }

    public static NewRecords of(List<Entry> entries) {
        List<NewRecord> records = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            records.add(new NewRecord(entry));
        }
        return new NewRecords(Collections.unmodifiableList(records), null);
    }

    /** The same, packed. */
    NewRecords packed(int leastOfSegment, SegmentDraft.Terms terms) {
        return new NewRecords(records, SegmentDraft.of(records, leastOfSegment, terms));
    }

    /** The segment that they make as long as none of them becomes another; null for none. */
    SegmentDraft draft() {
        return draft;
    }

    List<NewRecord> list() {
        return records;
    }
}
