package dev.posbridge.ledger;

import dev.posbridge.ledger.segment.Segment;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** What people who ask where a sale went are told of one that lies in a segment. Within one transaction. */
final class TracedSegments {
    private final Handle handle;
    private final Segments segments;

    TracedSegments(Handle handle) {
        this.handle = handle;
        this.segments = Segments.of(handle);
    }

    List<TracedRecord> byKeyOrOrderId(String keyOrOrderId) {
        Stream<Segments.Place> byKey = handle.select("select id from identity").mapTo(Long.class).list().stream()
                .map(identity -> segments.find(handle, identity, keyOrOrderId))
                .flatMap(Optional::stream);
        return Stream.concat(byKey, segments.ofOrder(handle, keyOrOrderId).stream())
                .map(place -> traced(place.row(), place.segment(), place.position()))
                .flatMap(Optional::stream)
                .toList();
    }

    /** @param until segments whose first record has a lower id */
    List<TracedRecord> byCustomer(String customerId, String digits, long from, long until) {
        long wanted = segments.hash(handle).ofCustomer(customerId);
        List<TracedRecord> found = new ArrayList<>();
        SegmentSums.forEach(handle, "where s.id >= " + from + " and s.id < " + until, (row, columns, position) -> {
            boolean same = columns.customerHash(position) == wanted
                    && columns.customerId(position).equals(customerId);
            boolean ends = digits != null
                    && columns.customerHash(position) != 0
                    && columns.customerId(position).endsWith(digits);
            if (same || ends) {
                traced(row, columns, position).ifPresent(found::add);
            }
        });
        return found;
    }

    /** Those whose customer has the e-mail address, in whatever case. */
    List<TracedRecord> byEmail(String email, long from, long until) {
        String named = ("\"email\":\"" + email + '"').toLowerCase(Locale.ROOT);
        List<TracedRecord> found = new ArrayList<>();
        SegmentSums.forEach(handle, "where s.id >= " + from + " and s.id < " + until, (row, columns, position) -> {
            boolean names = columns.customerHash(position) != 0
                    && segments.bodies(handle, row)
                            .canonical(position)
                            .toLowerCase(Locale.ROOT)
                            .contains(named);
            if (names) {
                traced(row, columns, position).ifPresent(found::add);
            }
        });
        return found;
    }

    private BigDecimal points(SegmentRow row, int position) {
        Long points = SegmentPoints.at(SegmentPoints.read(handle, row.first()), position);
        return points == null ? null : Amounts.amount(points);
    }

    private Optional<TracedRecord> traced(SegmentRow row, Segment columns, int position) {
        RecordState state = RecordState.ofCode(row.state(position));
        Job job =
                row.job(position) == 0 || state == RecordState.PENDING ? null : JobBook.job(handle, row.job(position));
        return handle.select(
                        "select f.vendor, f.name, i.name, (select ended_at from job where id = ?) from file f "
                                + "join identity i on i.id = f.identity_id where f.id = ? and f.state <> 0",
                        job == null ? null : job.id(),
                        row.file())
                .map((file, context) -> new TracedRecord(
                        row.first() + position,
                        file.getString(1),
                        file.getString(2),
                        columns.line(position),
                        "sale",
                        columns.key(position),
                        file.getString(3) + '-' + columns.key(position),
                        columns.customerId(position),
                        null,
                        false,
                        state.word(),
                        null,
                        Amounts.amount(columns.amount(position)),
                        job == null ? 0 : 1,
                        Instant.ofEpochMilli(columns.happenedAt(position)),
                        job == null ? null : Instant.ofEpochMilli(job.submittedAt()),
                        state == RecordState.DELIVERED && file.getObject(4) != null
                                ? Instant.ofEpochMilli(file.getLong(4))
                                : null,
                        points(row, position),
                        null,
                        null,
                        job == null ? null : job.id()))
                .findOne();
    }
}
