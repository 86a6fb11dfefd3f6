package dev.posbridge.ledger;

import dev.posbridge.pos.CustomerDetails;
import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.Refund;
import dev.posbridge.pos.Sale;
import java.math.BigDecimal;

/**
 * One thing to store: a canonical record, or a row that could not become one.
 *
 * @param posRecord null for a row that could not be translated
 * @param raw the rows as they were read, without what the profile drops; may be null
 * @param state PENDING, SKIPPED or DEAD
 * @param reason why it is skipped or dead, else null
 * @param message the same for a person, else null
 * @param total what rows without a record come to, negative where they give back; null where there is a record, or nobody
 *     can know
 * @param origin the message that it came in; null for what came in a file
 */
public record Entry(
        PosRecord posRecord,
        Position position,
        String raw,
        RecordState state,
        Reason reason,
        String message,
        BigDecimal total,
        Origin origin) {

    /**
     * A message, for records that came in one.
     *
     * @param place queue and message, as told to people
     * @param number of the message in its queue's day, from 1
     * @param name file name under which the profile read it
     * @param header its header line, or null
     */
    public record Origin(String place, long number, String name, String header) {}

    public static Entry pending(PosRecord posRecord, String raw) {
        return new Entry(posRecord, posRecord.position(), raw, RecordState.PENDING, null, null, null, null);
    }

    public static Entry skipped(PosRecord posRecord, Position position, String raw, Reason reason) {
        return new Entry(posRecord, position, raw, RecordState.SKIPPED, reason, null, null, null);
    }

    /** Rows of a customer who was forgotten: nothing of them but what they come to. */
    public static Entry forgotten(Position position, BigDecimal total) {
        return new Entry(null, position, null, RecordState.SKIPPED, Reason.FORGOTTEN, null, total, null);
    }

    public static Entry dead(PosRecord posRecord, Position position, String raw, Reason reason, String message) {
        return new Entry(posRecord, position, raw, RecordState.DEAD, reason, message, null, null);
    }

    /** Rows that could not become a record. */
    public static Entry untranslated(Position position, String raw, Reason reason, String message, BigDecimal total) {
        return new Entry(null, position, raw, RecordState.DEAD, reason, message, total, null);
    }

    /** The same as part of a message. */
    public Entry in(Origin message) {
        return new Entry(posRecord, position, raw, state, reason, this.message, total, message);
    }

    /** The same, of this record. */
    Entry of(PosRecord other) {
        return new Entry(other, position, raw, state, reason, message, total, origin);
    }

    Entry as(RecordState newState, Reason newReason, String newMessage) {
        return new Entry(posRecord, position, raw, newState, newReason, newMessage, total, origin);
    }

    /** In ten-thousandths; 0 where it has no amount; negative for rows without a record that give back. */
    long amount() {
        BigDecimal amount = BigDecimal.ZERO;
        if (posRecord instanceof Sale sale) {
            amount = sale.totalPaid().amount();
        } else if (posRecord instanceof Refund refund && refund.amount() != null) {
            amount = refund.amount().amount();
        } else if (total != null) {
            amount = total;
        }
        return Amounts.stored(amount);
    }

    String customerId() {
        CustomerDetails customer = posRecord == null ? null : posRecord.customer();
        return customer == null ? null : customer.id();
    }

    /** Number of its first line in the file, or of its message in the day. */
    long line() {
        return origin == null ? position.line() : origin.number();
    }

    /** The key by which the same thing is known again; a row without a record is known by its own text. */
    String key() {
        if (posRecord != null) {
            return posRecord.key();
        }
        // Rows that the profile skips are often alike (a drawer opened twice), and none is a copy of the other.
        boolean alike = state == RecordState.SKIPPED || raw == null;
        String place = origin == null ? position.toString() : origin.place();
        return Long.toHexString(Fingerprint.of(alike ? place + " " + raw : raw));
    }
}
