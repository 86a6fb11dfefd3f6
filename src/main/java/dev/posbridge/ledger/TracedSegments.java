package dev.posbridge.ledger;

import dev.posbridge.ledger.ReceiptList.OfFile;
import dev.posbridge.ledger.segment.KeyHash;
import dev.posbridge.ledger.segment.Segment;
import dev.posbridge.ledger.segment.SegmentFilter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** What people who ask where a sale went are told of one that lies in a segment. Within one transaction. */
final class TracedSegments {
    private static final int AT_ONCE = 32;

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
        KeyHash hashes = segments.hash(handle);
        long wanted = hashes.ofCustomer(customerId);
        long ending = digits == null ? 0 : hashes.ofEnding(digits);
        List<TracedRecord> found = new ArrayList<>();
        // An ending of fewer characters than the filter knows may be anywhere.
        forEach(
                from,
                until,
                filter -> filter.mayHave(wanted) || digits != null && (ending == 0 || filter.mayHave(ending)),
                (row, columns, position) -> {
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

    /** Those whose key has the number as a part. */
    List<TracedRecord> byNumber(String number, long from, long until) {
        List<TracedRecord> found = new ArrayList<>();
        forEach(from, until, filter -> true, (row, columns, position) -> {
            if (found.size() <= TraceBook.MOST_OF_PAPER && OnPaper.isPart(number, columns.key(position))) {
                traced(row, columns, position).ifPresent(found::add);
            }
        });
        return found;
    }

    /** Those whose customer has the e-mail address, in whatever case. */
    List<TracedRecord> byEmail(String email, long from, long until) {
        String named = ("\"email\":\"" + email + '"').toLowerCase(Locale.ROOT);
        long wanted = segments.hash(handle).ofEmail(email);
        return naming(
                filter -> filter.mayHaveEmail(wanted),
                sale -> sale.toLowerCase(Locale.ROOT).contains(named),
                from,
                until);
    }

    /** Those whose customer has a mobile number that ends so. No filter knows it: what each sale says is unpacked. */
    List<TracedRecord> byMobile(String digits, long from, long until) {
        Pattern named = Pattern.compile("\"mobile\":\"\\+?\\d{0,14}" + digits + '"');
        return naming(filter -> true, sale -> named.matcher(sale).find(), from, until);
    }

    /** @param says whether what a sale says, as JSON, names whom is looked for */
    private List<TracedRecord> naming(Predicate<SegmentFilter> may, Predicate<String> says, long from, long until) {
        List<TracedRecord> found = new ArrayList<>();
        forEach(from, until, may, (row, columns, position) -> {
            if (columns.customerHash(position) != 0
                    && says.test(segments.bodies(handle, row).canonical(position))) {
                traced(row, columns, position).ifPresent(found::add);
            }
        });
        return found;
    }

    /** Keys of sales that are like that, of the oldest first. @param most of them, known ones included */
    void addKeys(OnPaper paper, Map<Long, OfFile> files, Set<String> keys, int most) {
        List<Long> some = SegmentSums.having(handle, group -> paper.mayBe(group, files.get(group.file())));
        for (int from = 0; from < some.size() && keys.size() < most; from += AT_ONCE) {
            List<Long> next = some.subList(from, Math.min(some.size(), from + AT_ONCE));
            SegmentSums.forEach(handle, SegmentSums.among(next), (row, columns, position) -> {
                if (keys.size() < most && paper.is(columns, position, files.get(row.file()))) {
                    keys.add(columns.key(position));
                }
            });
        }
    }

    /** Of the segments that may have what is looked for; those without a filter always may. */
    private void forEach(long from, long until, Predicate<SegmentFilter> may, SegmentSums.Visitor visitor) {
        List<Long> some = handle.select(
                        "select s.id, f.bits from segment_state s left join segment_filter f on f.id = s.id "
                                + "where s.id >= ? and s.id < ?",
                        from,
                        until)
                .map((row, context) -> {
                    byte[] bits = row.getBytes(2);
                    return bits == null || may.test(new SegmentFilter(bits)) ? row.getLong(1) : -1;
                })
                .filter(segment -> segment >= 0)
                .list();
        if (!some.isEmpty()) {
            SegmentSums.forEach(handle, SegmentSums.among(some), visitor);
        }
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
