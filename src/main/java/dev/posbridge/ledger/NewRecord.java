package dev.posbridge.ledger;

import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.Refund;
import dev.posbridge.pos.Sale;

/**
 * A record on its way into the ledger, with what it is compared by.
 *
 * @param canonical its JSON, or null for a row that could not be translated
 * @param current whether it is its key's current record; otherwise it stands beside it as a revision
 * @param matched whether its sale was found by product
 * @param part whether it is one of several refunds into which a credit note was split
 */
record NewRecord(
        Entry entry,
        int kind,
        String key,
        String canonical,
        long meaning,
        long content,
        boolean current,
        boolean matched,
        boolean part) {

    /** The kind of a row that could not be translated. */
    static final int UNTRANSLATED = 9;

    NewRecord(Entry entry) {
        this(entry, entry.posRecord() == null ? null : CanonicalJson.write(entry.posRecord()));
    }

    private NewRecord(Entry entry, String canonical) {
        this(entry, canonical, Fingerprint.of(canonical == null ? entry.key() : canonical));
    }

    private NewRecord(Entry entry, String canonical, long content) {
        this(
                entry,
                canonical == null ? UNTRANSLATED : entry.posRecord().kind().ordinal(),
                entry.key(),
                canonical,
                canonical == null ? content : Fingerprint.meaning(entry.posRecord(), content),
                content,
                true,
                false,
                false);
    }

    /** Part of this refund for one of the sales it takes back; known again by what the whole refund was. */
    NewRecord part(Refund refund) {
        Entry part = entry.of(refund);
        return new NewRecord(
                part,
                kind,
                refund.key(),
                CanonicalJson.write(refund),
                meaning,
                content,
                current,
                refund.original() != null,
                this.part);
    }

    /** This refund as one of several that came of the same credit note. */
    NewRecord asPart() {
        return new NewRecord(entry, kind, key, canonical, meaning, content, current, matched, true);
    }

    /** Known again by what another record was known by, so that the same rows sent once more are its duplicates. */
    NewRecord knownAs(long itsMeaning, long itsContent) {
        return new NewRecord(entry, kind, key, canonical, itsMeaning, itsContent, current, matched, part);
    }

    NewRecord dead(Reason reason, String message) {
        return with(entry.as(RecordState.DEAD, reason, message), current);
    }

    NewRecord parked(Reason reason) {
        return with(entry.as(RecordState.PARKED, reason, null), current);
    }

    NewRecord contending() {
        return with(entry.as(RecordState.CONTENDER, entry.reason(), entry.message()), false);
    }

    NewRecord revised() {
        return with(entry, false);
    }

    boolean isUnmatchedRefund() {
        return entry.state() == RecordState.PENDING
                && entry.posRecord() instanceof Refund refund
                && refund.original() == null;
    }

    /** Whether it is new, waits to be delivered, and has nothing else to it. */
    boolean isPlain() {
        return current
                && entry.state() == RecordState.PENDING
                && entry.reason() == null
                && original() == null
                && !matched
                && !part;
    }

    String orderId() {
        PosRecord posRecord = entry.posRecord();
        if (posRecord instanceof Sale sale) {
            return sale.orderId();
        }
        return posRecord instanceof Refund refund ? refund.refundId() : null;
    }

    /** Milliseconds since 1970; 0 for a row that could not be translated. */
    long happenedAt() {
        return entry.posRecord() == null ? 0 : entry.posRecord().at().toEpochMilli();
    }

    /** Whether it says what was given back of a sale up to now. */
    boolean isSoFar() {
        return entry.posRecord() instanceof Refund refund && refund.soFar();
    }

    String original() {
        return entry.posRecord() instanceof Refund refund ? refund.originalOrderId() : null;
    }

    /** The customer's, or that of its own key. */
    int lane(int lanes) {
        return Fingerprint.lane(customerId() == null ? key : customerId(), lanes);
    }

    String customerId() {
        return entry.customerId();
    }

    /** @see Entry#amount */
    long amount() {
        return entry.amount();
    }

    private NewRecord with(Entry newEntry, boolean isCurrent) {
        return new NewRecord(newEntry, kind, key, canonical, meaning, content, isCurrent, matched, part);
    }
}
