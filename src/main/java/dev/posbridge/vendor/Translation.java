package dev.posbridge.vendor;

import dev.posbridge.RecordRejectedException;
import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Reason;
import java.math.BigDecimal;
import java.util.List;

/**
 * What became of a receipt: exactly one of records, a reason to skip it, a problem. Records with a reason beside them are
 * kept, but the sales among them are skipped, so that what takes them back finds them.
 *
 * @param records one or more, or empty
 * @param skipped why it, or its sales, are left out on purpose, or null
 * @param problem what is wrong with it, or null
 * @param total what a receipt with a problem comes to, negative where it gives back; null where nobody can know
 */
public record Translation(List<PosRecord> records, Reason skipped, RecordRejectedException problem, BigDecimal total) {
    public Translation {
        records = List.copyOf(records);
        int outcomes = (records.isEmpty() && skipped == null ? 0 : 1) + (problem == null ? 0 : 1);
        if (outcomes != 1) {
            throw new IllegalArgumentException(
                    "a translation has records, a reason or a problem, found " + outcomes + " of them");
        }
    }

    static Translation of(List<PosRecord> records) {
        return new Translation(records, null, null, null);
    }

    static Translation salesSkipped(List<PosRecord> records, Reason reason) {
        return new Translation(records, reason, null, null);
    }

    static Translation skipped(Reason reason) {
        return new Translation(List.of(), reason, null, null);
    }

    static Translation failed(RecordRejectedException problem, BigDecimal total) {
        return new Translation(List.of(), null, problem, total);
    }
}
