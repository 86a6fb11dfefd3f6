package dev.posbridge.ledger;

import static dev.posbridge.ledger.LedgerFixture.saleTo;
import static dev.posbridge.ledger.LedgerFixture.storeSale;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.ledger.MonthBook.By;
import dev.posbridge.pos.CustomerDetails;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has ended is added up once; reports and searches say the same with the sums, without them and after a change. */
class SumBookTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private LedgerFixture ledger;
    private JobBook jobs;

    @BeforeEach
    void open(@TempDir Path folder) {
        ledger = LedgerFixture.in(folder);
        jobs = new JobBook(ledger.database());
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void reportsReadTheSumsOfWhatHasEndedAndTheStatesOfTheRest() {
        LedgerFile ended = ledger.give("1", sales("R", 30));
        deliver();
        List<String> before = report();
        assertThat(before)
                .containsExactly(
                        "north 30 delivered of 300.00, 0 pending, 0 dead, points 0 and 30 unknown, of members 300.00",
                        "all 30 delivered of 300.00, 0 pending, 0 dead, points 0 and 30 unknown");

        addUp();
        assertThat(report()).isEqualTo(before);

        ledger.give("2", sales("S", 25));
        // Nothing of the first file is read any more but its sum.
        ledger.database().update(handle -> handle.execute("delete from segment where id = 1"));
        assertThat(ledger.outcomes(ended).of("delivered").records()).isEqualTo(30);
        assertThat(report())
                .containsExactly(
                        "north 30 delivered of 300.00, 25 pending, 0 dead, points 0 and 30 unknown, of members 550.00",
                        "all 30 delivered of 300.00, 25 pending, 0 dead, points 0 and 30 unknown");
    }

    @Test
    void saysWhenWhatWasAddedUpArrived() {
        ledger.give("1", sales("R", 30));
        deliver();
        MonthBook book = new MonthBook(ledger.database(), ZoneOffset.ofHoursMinutes(5, 45));
        MonthBook.Question question = new MonthBook.Question(List.of(By.DELIVERED_DATE), null, null, null);
        List<String> before = book.groups(question).get(0).names();
        addUp();
        assertThat(book.groups(question)).hasSize(1);
        assertThat(book.groups(question).get(0).names()).isEqualTo(before);
        assertThat(LocalDate.parse(before.get(0)))
                .isBetween(
                        LocalDate.now(ZoneOffset.UTC),
                        LocalDate.now(ZoneOffset.UTC).plusDays(1));
    }

    @Test
    void aSaleThatGetsARowAfterItsSegmentEndedLeavesTheSum() {
        LedgerFile file = ledger.give("1", sales("R", 30));
        deliver();
        addUp();

        ledger.database().update(handle -> {
            new SegmentSales(handle).toRow(4);
            handle.execute("update record set state = 6, reason = 'gameball-refused' where id = 4");
        });

        assertThat(ledger.outcomes(file).of("delivered").records()).isEqualTo(29);
        List<String> changed = List.of(
                "north 29 delivered of 290.00, 0 pending, 1 dead, points 0 and 29 unknown, of members 300.00",
                "all 29 delivered of 290.00, 0 pending, 1 dead, points 0 and 29 unknown");
        assertThat(report()).isEqualTo(changed);
        assertThat(ledger.problems()).isEmpty();
        addUp();
        assertThat(sums()).isEqualTo(1);
        assertThat(report()).isEqualTo(changed);
        assertThat(ledger.problems()).isEmpty();
    }

    @Test
    void pointsThatGameballTellsLaterAreReported() {
        ledger.give("1", sales("R", 30));
        deliver();
        addUp();

        note(3, 12_0000);
        assertThat(report().get(1)).endsWith("points 12 and 29 unknown");
        addUp();
        assertThat(sums()).isEqualTo(1);
        assertThat(report().get(1)).endsWith("points 12 and 29 unknown");
        note(4, 1_0000);
        assertThat(report().get(1)).endsWith("points 13 and 28 unknown");
        assertThat(ledger.problems()).isEmpty();
    }

    @Test
    void whatIsStillOnItsWayIsNotAddedUp() {
        ledger.give("1", sales("R", 30));
        Job job = LedgerFixture.claim(jobs);
        addUp();
        assertThat(sums()).isZero();

        List<JobOutcome> some = new ArrayList<>(
                jobs.carried(job).stream().map(JobOutcome::delivered).toList());
        some.remove(0);
        jobs.settle(job, some, 0, "completed");
        ledger.files().closeSettled();
        addUp();
        // The one that nobody told of has a row; its file is not settled, and the segment is a small one.
        assertThat(sums()).isZero();
        assertThat(ledger.problems()).isEmpty();
    }

    @Test
    void aSearchFindsWhomItFoundWithoutFilters() {
        ledger.give("1", sales("R", 30));
        ledger.give("2", mailed("S", 30));
        TraceBook book = new TraceBook(ledger.database());
        List<Integer> with = searched(book);
        assertThat(with).containsExactly(1, 1, 1, 1, 0, 0);
        assertThat(ledger.problems()).isEmpty();

        ledger.database().update(handle -> handle.execute("delete from segment_filter"));
        assertThat(searched(book)).isEqualTo(with);

        // As in a ledger from before there were any: they are made when the segments are added up.
        deliver();
        deliver();
        addUp();
        assertThat(filters()).isEqualTo(2);
        assertThat(ledger.problems()).isEmpty();
        assertThat(searched(book)).isEqualTo(with);
    }

    @Test
    void whatIsForgottenIsInNoFilter() {
        ledger.give("1", mailed("S", 30));
        deliver();
        addUp();
        ForgetBook forget = new ForgetBook(ledger.database());

        forget.erase(forget.person("mobile_447700900104"));
        assertThat(filters()).isZero();
        assertThat(sums()).isZero();
        addUp();
        assertThat(filters()).isEqualTo(1);
        assertThat(ledger.problems()).isEmpty();
        TraceBook book = new TraceBook(ledger.database());
        assertThat(book.byCustomer("mobile_447700900104", null, LONG).records()).isEmpty();
        assertThat(book.byCustomer("mobile_447700900105", null, LONG).records()).hasSize(1);
    }

    @Test
    void aFileThatIsRejectedLeavesNoFilter() {
        ledger.reject(ledger.stage("1", sales("R", 30)));
        assertThat(filters()).isZero();
    }

    @Test
    void tellsOfASumThatIsNotThatOfItsSales() {
        ledger.give("1", sales("R", 30));
        deliver();
        addUp();
        ledger.database().update(handle -> {
            handle.execute("update segment_sum set sums = ?", PackedSums.pack(Map.of()));
            handle.execute("update segment_filter set bits = ?", new byte[8]);
        });

        assertThat(ledger.problems())
                .containsExactly(
                        "segment 1: its filter is not that of its sales, so that a search may pass over one",
                        "sum 1 of segments: it says something else than the states of its sales, so that reports are wrong");
    }

    private static List<Integer> searched(TraceBook book) {
        return Stream.of(
                        book.byCustomer("customer3", null, LONG),
                        book.byCustomer("0770 0900 104", "7700900104", LONG),
                        book.byCustomer("104", "104", LONG),
                        book.byEmail("Somebody4@Example.org", LONG),
                        book.byCustomer("nobody", "7700900999", LONG),
                        book.byEmail("nobody@example.org", LONG))
                .map(found -> found.records().size())
                .toList();
    }

    /** A line for each store and day of arrival, and what the other report says of all. */
    private List<String> report() {
        List<String> lines = new ArrayList<>();
        MonthBook.Question question = new MonthBook.Question(List.of(By.STORE, By.VENDOR), null, null, null);
        for (MonthBook.Group group : new MonthBook(ledger.database(), ZoneOffset.UTC).groups(question)) {
            lines.add(group.names().get(0) + " "
                    + told(group.sums()::of, group.sums().points())
                    + ", of members " + group.sums().of(MonthSums.What.MEMBERS).sales());
        }
        Outcomes all = new ReportBook(ledger.database())
                .slices(new ReportFilter(null, null, null, null)).stream()
                        .map(slice -> slice.file().outcomes())
                        .reduce(Outcomes.NONE, Outcomes::plus);
        lines.add("all " + told(all::of, all.points()));
        return lines;
    }

    private static String told(Function<String, Tally> of, Points points) {
        return of.apply("delivered").records() + " delivered of "
                + of.apply("delivered").sales() + ", "
                + of.apply("pending").records() + " pending, "
                + of.apply("dead").records() + " dead, points "
                + points.earned().stripTrailingZeros().toPlainString() + " and " + points.salesUnknown() + " unknown";
    }

    private void note(int position, long points) {
        ledger.database()
                .update(handle -> SegmentPoints.note(handle, SegmentRow.of(handle, 1), Map.of(position, points)));
    }

    private void addUp() {
        new SumBook(ledger.database()).steps(100);
    }

    private long sums() {
        return count("segment_sum");
    }

    private long filters() {
        return count("segment_filter");
    }

    private long count(String table) {
        return ledger.database().read(handle -> handle.select("select count(*) from " + table)
                .mapTo(Long.class)
                .one());
    }

    private void deliver() {
        Job job = LedgerFixture.claim(jobs);
        jobs.settle(job, jobs.carried(job).stream().map(JobOutcome::delivered).toList(), 0, "completed");
        ledger.files().closeSettled();
    }

    private static Entry[] sales(String key, int count) {
        Entry[] sales = new Entry[count];
        for (int n = 0; n < count; n++) {
            sales[n] = storeSale(key + n, "customer" + n, "north");
        }
        return sales;
    }

    private static Entry[] mailed(String key, int count) {
        Entry[] sales = new Entry[count];
        for (int n = 0; n < count; n++) {
            String number = "4477009001" + (n < 10 ? "0" : "") + n;
            sales[n] = saleTo(CustomerDetails.of("mobile_" + number, "SomeBody" + n + "@example.org", null), key + n);
        }
        return sales;
    }
}
