package dev.posbridge.ledger;

import dev.posbridge.ledger.segment.KeyHash;
import dev.posbridge.ledger.segment.PackedRecord;
import dev.posbridge.ledger.segment.Segment;
import dev.posbridge.ledger.segment.SegmentBuilder;
import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.RecordKind;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * A segment as it will be stored: those of some records that have nothing else to them, packed. Made before the ledger is
 * locked for it where that can be, and not used where a record became another one meanwhile. Immutable.
 */
final class SegmentDraft {
    private final List<NewRecord> records;
    private final BitSet inside;
    private final byte[] states;
    private final long[] keyHashes;
    private final byte[] columns;
    private final byte[] bodies;
    private final byte[] filter;

    /**
     * By what the sales of an identity are packed.
     *
     * @param orderIds by which those are told from others that need rows of their own
     */
    record Terms(long identity, KeyHash hash, OrderIds orderIds) {
        static Terms of(Handle handle, long identity) {
            Segments segments = Segments.of(handle);
            return new Terms(identity, segments.hash(handle), new OrderIds(segments.identity(handle, identity)));
        }
    }

    private SegmentDraft(List<NewRecord> records, BitSet inside, Terms terms) {
        this.records = records;
        this.inside = inside;
        this.states = new byte[records.size()];
        SegmentBuilder builder = new SegmentBuilder();
        for (int i = 0; i < states.length; i++) {
            states[i] = inside.get(i) ? SegmentRow.PENDING : SegmentRow.ELSEWHERE;
            builder.add(inside.get(i) ? packed(records.get(i), terms) : null);
        }
        this.keyHashes = builder.keyHashes();
        this.columns = builder.columns();
        this.bodies = builder.bodies();
        this.filter = builder.filter(terms.hash());
    }

    /**
     * @param least how many such sales it takes
     * @return null where there are fewer
     */
    static SegmentDraft of(List<NewRecord> records, int least, Terms terms) {
        BitSet inside = new BitSet(records.size());
        for (int i = 0; i < records.size(); i++) {
            inside.set(i, mayLieInside(records.get(i), terms.orderIds()));
        }
        return inside.cardinality() < least ? null : new SegmentDraft(records, inside, terms);
    }

    private static boolean mayLieInside(NewRecord added, OrderIds orderIds) {
        return added.kind() == RecordKind.SALE.ordinal()
                && added.isPlain()
                && added.entry().origin() == null
                && !orderIds.isNamed(added);
    }

    private static PackedRecord packed(NewRecord added, Terms terms) {
        PosRecord posRecord = added.entry().posRecord();
        LocalDate day = RecordInserts.businessDate(posRecord);
        return new PackedRecord(
                terms.hash().ofKey(terms.identity(), added.kind(), added.key()),
                terms.hash().ofCustomer(added.customerId()),
                added.key(),
                added.customerId(),
                added.meaning(),
                added.content(),
                added.amount(),
                added.happenedAt(),
                added.entry().line(),
                day == null ? Segment.NO_DAY : (int) day.toEpochDay(),
                RecordInserts.store(posRecord),
                added.canonical(),
                added.entry().raw());
    }

    /** Whether it is still what these are: none was left out, and none became another. */
    boolean isOf(List<NewRecord> others) {
        boolean same = others.size() == records.size();
        for (int i = 0; same && i < others.size(); i++) {
            same = others.get(i) == records.get(i);
        }
        return same;
    }

    /** Positions of the records that it has. */
    BitSet inside() {
        return inside;
    }

    int count() {
        return states.length;
    }

    byte[] states() {
        return states;
    }

    /** 0 for a record that has a row of its own. */
    long[] keyHashes() {
        return keyHashes;
    }

    byte[] columns() {
        return columns;
    }

    byte[] bodies() {
        return bodies;
    }

    byte[] filter() {
        return filter;
    }
}
