package dev.posbridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.ledger.segment.Segment;
import dev.posbridge.pos.Reason;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Random histories of a ledger whose sales lie in segments, against what a till, a merchant and Gameball would see: whatever
 * came in stands in one outcome, its money too; nothing arrives twice; nothing of a customer overtakes what is earlier.
 *
 * <p>{@code -Dposbridge.histories=10000} tries more of them, {@code -Dposbridge.history=17} one alone.
 */
class SegmentHistoriesTest {
    private static final int FEW = 200;
    private static final long ENOUGH_NANOS = Duration.ofSeconds(25).toNanos();

    @Test
    void losesNothingSendsNothingTwiceAndKeepsTheOrder() throws IOException {
        Integer one = Integer.getInteger("posbridge.history");
        int wanted = Integer.getInteger("posbridge.histories", FEW);
        long end = System.nanoTime() + ENOUGH_NANOS;
        for (int seed = one == null ? 0 : one; seed < (one == null ? wanted : one + 1); seed++) {
            if (wanted == FEW && seed > 10 && System.nanoTime() > end) {
                return;
            }
            run(seed);
        }
    }

    /** A message that names no customer takes back a sale that waits, and lies in the lane of the sale's customer. */
    @Test
    void goesOnInAHistoryThatOnceStoodStill() throws IOException {
        run(26);
    }

    private static void run(int seed) throws IOException {
        Path folder = Files.createTempDirectory(memory(), "histories");
        History history = null;
        try (LedgerFixture ledger = LedgerFixture.in(folder)) {
            history = new History(ledger, seed);
            history.run();
        } catch (RuntimeException | AssertionError problem) {
            throw new AssertionError("history " + seed + ": " + history.told, problem);
        } finally {
            delete(folder);
        }
    }

    /** What is tried here is not the disk. */
    private static Path memory() {
        Path memory = Path.of("/dev/shm");
        return Files.isWritable(memory) ? memory : Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /**
     * A record as the ledger has it, wherever it lies.
     *
     * @param released of its file: its order, and the first record that came after
     */
    private record Rec(
            long id,
            String key,
            String customer,
            RecordState state,
            boolean live,
            long order,
            long releasedBefore,
            boolean inSegment) {
        boolean isOpen() {
            return state == RecordState.PENDING || state == RecordState.SENDING;
        }

        boolean isBefore(Rec other) {
            if (live && other.live) {
                // What came by another door is another till's.
                return order == other.order && id < other.id;
            }
            if (live) {
                return id < other.releasedBefore;
            }
            if (other.live) {
                return releasedBefore <= other.id;
            }
            return order < other.order || order == other.order && id < other.id;
        }
    }

    /** A job that Gameball works at. */
    private record AtWork(Job job, List<Carried> carried) {}

    private static final class History {
        private static final String[] CUSTOMERS = {"ann", "bob", "cid", "dan", "eve", null};
        private static final FileOffer TODAY =
                LedgerFixture.live("checkout-2026-01-31", DeskBook.contentOf("acme", LocalDate.of(2026, 1, 31)));
        private static final String[] STORES = {null, "north", "south"};

        private final LedgerFixture ledger;
        private final Random random;
        private final List<String> told = new ArrayList<>();
        /** What Gameball has, by order id. */
        private final Set<String> there = new HashSet<>();

        private final List<AtWork> jobs = new ArrayList<>();
        /** What came in, by file: how many and what sales and refunds come to. */
        private final Map<Long, Tally> cameIn = new HashMap<>();

        private JobBook book;
        private DeskBook desk;
        private int files;
        private int numbers;

        History(LedgerFixture ledger, long seed) {
            this.ledger = ledger;
            this.random = new Random(seed * 7_919 + 1);
            openBooks();
        }

        private void openBooks() {
            book = new JobBook(ledger.database());
            desk = ledger.desk();
        }

        @SuppressWarnings("PMD.CyclomaticComplexity") // One line for each thing that may happen.
        void run() {
            give();
            for (int step = 0; step < 40; step++) {
                switch (random.nextInt(18)) {
                    case 0, 1 -> give();
                    case 2 -> rejectOne();
                    case 3 -> message();
                    case 4 -> pause();
                    case 5, 6, 7, 8 -> batch();
                    case 9, 10 -> settleOne();
                    case 11 -> lane();
                    case 12 -> verify();
                    case 13 -> reopen();
                    case 14 -> tell("dissolve " + dissolve());
                    case 15, 16 -> till();
                    default -> killedWhileReading();
                }
                assertEverythingIsAccountedFor();
                if (step % 3 == 0) {
                    new SumBook(ledger.database()).steps(1);
                    assertEverythingIsAccountedFor();
                }
            }
            drain();
        }

        private void tell(String what) {
            told.add(what);
        }

        private void reopen() {
            tell("reopen");
            ledger.reopen();
            openBooks();
            desk.freeAll();
            Map<Long, List<Carried>> before =
                    jobs.stream().collect(Collectors.toMap(one -> one.job().id(), AtWork::carried));
            jobs.clear();
            for (Job job : book.takeOver()) {
                List<Carried> carried = book.carried(job);
                if (before.containsKey(job.id())) {
                    assertThat(carried)
                            .extracting(Carried::recordId)
                            .isEqualTo(before.get(job.id()).stream()
                                    .map(Carried::recordId)
                                    .toList());
                }
                jobs.add(new AtWork(job, carried));
            }
        }

        private void give() {
            LedgerFile file = stage("f" + files++, entries(30 + random.nextInt(40)), true);
            if (random.nextInt(4) == 0) {
                message();
            }
            release(file);
        }

        private void release(LedgerFile file) {
            tell("release " + file.name());
            ledger.files().release(file.id(), 1);
        }

        private LedgerFile stage(String name, List<Entry> entries, boolean count) {
            LedgerFile file = ledger.begin(name, "content of " + name, "acme").file();
            int half = random.nextBoolean() ? entries.size() : 28;
            if (half < entries.size() && random.nextBoolean()) {
                ledger.chunks()
                        .store(
                                file,
                                null,
                                List.of(
                                        chunk(entries.subList(0, half), 0),
                                        chunk(entries.subList(half, entries.size()), half)));
            } else {
                store(file, entries.subList(0, half), 0);
                store(file, entries.subList(half, entries.size()), half);
            }
            if (count) {
                cameIn.put(file.id(), tally(entries));
            }
            tell("stage " + name + " " + entries.size());
            return file;
        }

        private void store(LedgerFile file, List<Entry> entries, long before) {
            if (!entries.isEmpty()) {
                ledger.chunks().store(file, null, List.of(chunk(entries, before)));
            }
        }

        private static ChunkWriter.Prepared chunk(List<Entry> entries, long before) {
            return LedgerFixture.chunk(before, entries.toArray(Entry[]::new));
        }

        private void rejectOne() {
            List<Entry> entries = entries(30 + random.nextInt(30));
            LedgerFile file = stage("f" + files++, entries, false);
            List<String> held = keysHeld();
            ledger.reject(file);
            tell("reject " + file.name());
            assertThat(ledger.report(file).outcomes().in().records()).isZero();
            // Its new keys are free: the same receipts are no duplicates.
            if (random.nextBoolean()) {
                LedgerFile again = stage("f" + files++, entries, true);
                release(again);
                long known = entries.stream()
                        .map(Entry::key)
                        .filter(held::contains)
                        .distinct()
                        .count();
                long fresh = entries.stream().map(Entry::key).distinct().count() - known;
                Outcomes outcomes = ledger.report(again).outcomes();
                assertThat(outcomes.in().records() - outcomes.of("duplicate").records())
                        .isGreaterThanOrEqualTo(fresh);
            }
        }

        private List<String> keysHeld() {
            return snapshot().stream().map(Rec::key).toList();
        }

        private void killedWhileReading() {
            List<Entry> entries = entries(60);
            String name = "f" + files++;
            LedgerFile file = ledger.begin(name, "content of " + name, "acme").file();
            store(file, entries.subList(0, 30), 0);
            tell("killed reading " + name);
            reopen();
            Beginning again = ledger.begin(name, "content of " + name, "acme");
            assertThat(again.file().id()).isEqualTo(file.id());
            assertThat(again.file().receiptsStored()).isEqualTo(30);
            if (random.nextBoolean()) {
                message();
            }
            store(again.file(), entries.subList(0, 30), 0);
            store(again.file(), entries.subList(30, 60), 30);
            cameIn.put(file.id(), tally(entries));
            release(again.file());
        }

        private List<Entry> entries(int count) {
            List<Entry> entries = new ArrayList<>();
            Set<String> keys = new HashSet<>();
            for (int i = 0; i < count; i++) {
                Entry entry = random.nextInt(12) == 0 && numbers > 0 ? refund() : sale();
                // A file that says a receipt twice is another matter.
                if (keys.add(entry.key())) {
                    entries.add(entry);
                } else {
                    entries.add(fresh());
                }
            }
            return entries;
        }

        private Entry sale() {
            if (numbers == 0 || random.nextInt(4) != 0) {
                return fresh();
            }
            int number = random.nextInt(numbers);
            String total = random.nextInt(3) == 0 ? number + 1 + random.nextInt(3) + ".50" : total(number);
            return sale(number, total);
        }

        private Entry fresh() {
            return sale(numbers++, null);
        }

        private Entry sale(int number, String total) {
            String key = "R" + number;
            String customer = CUSTOMERS[number * 7 % 23 % CUSTOMERS.length];
            String said = total == null ? total(number) : total;
            dev.posbridge.pos.Sale plain = (dev.posbridge.pos.Sale)
                    LedgerFixture.sale(key, customer, said).posRecord();
            String store = STORES[number % STORES.length];
            return Entry.pending(
                    new dev.posbridge.pos.Sale(
                            plain.position(),
                            key,
                            "acme-" + key,
                            plain.customer(),
                            LedgerFixture.NOON.plusSeconds(60L * number),
                            plain.businessDate(),
                            plain.totalPaid(),
                            null,
                            null,
                            null,
                            null,
                            List.of(),
                            store == null ? null : new dev.posbridge.pos.Store(null, null, store, null),
                            null,
                            null,
                            null),
                    "raw " + key);
        }

        private static String total(int number) {
            return number + 1 + ".00";
        }

        private Entry refund() {
            int number = random.nextInt(numbers);
            String customer = random.nextBoolean() ? CUSTOMERS[number * 7 % 23 % CUSTOMERS.length] : null;
            return LedgerFixture.refund("B" + random.nextInt(1_000_000), "R" + number, customer, "1.00");
        }

        private Tally tally(List<Entry> entries) {
            Tally sum = Tally.NONE;
            for (Entry entry : entries) {
                NewRecord added = new NewRecord(entry);
                BigDecimal amount = Amounts.amount(added.amount());
                boolean refund = added.kind() == 2;
                sum = sum.plus(new Tally(1, refund ? BigDecimal.ZERO : amount, refund ? amount : BigDecimal.ZERO));
            }
            return sum;
        }

        /** As of now, or as of a count that is no longer so. */
        private int dissolve() {
            if (random.nextInt(4) > 0) {
                book.availableInSegments(1 + random.nextInt(20));
            }
            return book.sendSegmentsSingly(1 + random.nextInt(20));
        }

        private void message() {
            Entry entry = random.nextInt(5) == 0 && numbers > 0 ? refund() : sale();
            tell("message " + entry.key());
            String content = random.nextInt(3) == 0 ? "messages of the day" : "what another queue brought that day";
            FileOffer day = LedgerFixture.live("day", content);
            new MessageBook(ledger.database(), ledger.chunks())
                    .store(
                            "till",
                            day,
                            List.of(new MessageBook.Stored(
                                    new MessageBook.Key("m" + told.size(), 1), "till:1", "day", null, List.of(entry))),
                            1);
            cameIn.merge(file(day), tally(List.of(entry)), Tally::plus);
        }

        private long file(FileOffer day) {
            return ledger.database()
                    .read(handle -> handle.select("select id from file where content_hash = ?", day.contentHash())
                            .mapTo(Long.class)
                            .one());
        }

        /** A till asks at the desk and is served out of turn, unless the process dies with it in hand. */
        private void till() {
            Entry entry = random.nextInt(3) == 0 && numbers > 0 ? refund() : fresh();
            DeskRecord stored = desk.store(TODAY, entry);
            cameIn.merge(file(TODAY), tally(List.of(entry)), Tally::plus);
            Optional<Delivery> taken = desk.take(stored.id());
            int how = random.nextInt(4);
            tell("till " + entry.key() + (taken.isEmpty() ? " waits" : " " + how));
            if (taken.isEmpty()) {
                desk.give(stored.id());
                return;
            }
            if (how > 0) {
                arrive(taken.get().orderId());
            }
            if (how > 1) {
                desk.settle(taken.get(), Outcome.delivered(null), List.of());
            } else {
                reopen();
            }
        }

        private void pause() {
            Pauses pauses = new Pauses(ledger.database());
            if (pauses.all().isEmpty()) {
                String store = random.nextBoolean() ? "north" : null;
                pauses.add(store == null ? "acme" : null, store, null, "a test");
                tell("pause " + store);
            } else {
                pauses.lift();
                tell("lift");
            }
        }

        private List<DueSale> walk(int most) {
            SaleWalk walk = book.walk(sale -> random.nextInt(20) != 0, () -> false);
            List<DueSale> found = walk.next(most);
            if (random.nextInt(5) == 0 && !found.isEmpty()) {
                List<DueSale> left = found.subList(found.size() / 2, found.size());
                book.giveBack(left);
                found = found.subList(0, found.size() / 2);
            }
            return found;
        }

        private void batch() {
            List<DueSale> found = walk(1 + random.nextInt(40));
            if (found.isEmpty()) {
                return;
            }
            if (random.nextInt(12) == 0) {
                tell("singly " + found.size());
                book.sendSingly(found.stream().map(DueSale::recordId).toList());
                book.giveBack(found);
                return;
            }
            List<Rec> before = snapshot();
            Optional<Job> claimed = book.claim(found, System.currentTimeMillis() - 1_000);
            if (claimed.isEmpty()) {
                tell("claim failed");
                book.walk(sale -> true, () -> false).abandon();
                return;
            }
            Job job = claimed.get();
            assertMayGo(found.stream().map(DueSale::recordId).toList(), before);
            List<Carried> carried = book.carried(job);
            assertThat(carried)
                    .isEqualTo(found.stream()
                            .map(DueSale::carried)
                            .sorted(Comparator.comparingLong(Carried::recordId))
                            .toList());
            tell("claim " + job.id() + " " + carried.size());
            handOver(job, carried);
        }

        private void handOver(Job job, List<Carried> carried) {
            switch (random.nextInt(8)) {
                case 0 -> {
                    tell("not sent " + job.id());
                    book.notSent(job, 0);
                }
                case 1 -> {
                    tell("refused " + job.id());
                    book.refused(job, "no");
                }
                case 2 -> {
                    take(carried, 2);
                    tell("lost " + job.id());
                    book.lost(job, "nobody answered");
                }
                case 3 -> {
                    take(carried, random.nextInt(3));
                    tell("killed handing over " + job.id());
                    reopen();
                }
                default -> {
                    book.accepted(job, "g" + job.id());
                    jobs.add(new AtWork(job.named("g" + job.id()), carried));
                }
            }
        }

        /** Gameball does what it was told; or only some of it. */
        private void take(List<Carried> carried, int oneOf) {
            for (Carried sale : carried) {
                if (oneOf < 2 ? oneOf == 1 : random.nextBoolean()) {
                    arrive(sale.orderId());
                }
            }
        }

        private void arrive(String orderId) {
            assertThat(there.add(orderId)).as("%s arrives once", orderId).isTrue();
        }

        private void settleOne() {
            if (jobs.isEmpty()) {
                return;
            }
            AtWork one = jobs.remove(random.nextInt(jobs.size()));
            if (random.nextInt(6) == 0) {
                take(one.carried(), 2);
                tell("job forgotten " + one.job().id());
                book.lost(one.job(), "nobody answered");
                return;
            }
            List<JobOutcome> outcomes = new ArrayList<>();
            boolean whole = random.nextBoolean();
            for (Carried sale : one.carried()) {
                switch (whole ? 9 : random.nextInt(10)) {
                    case 0 ->
                        outcomes.add(
                                new JobOutcome(sale, Outcome.dead(Reason.CURRENCY_REFUSED, "refused"), sale.way()));
                    case 1 -> outcomes.add(new JobOutcome(sale, Outcome.again(0), Way.SINGLY));
                    case 2 -> {
                        // Nothing is said of it.
                        if (random.nextBoolean()) {
                            arrive(sale.orderId());
                        }
                    }
                    default -> {
                        arrive(sale.orderId());
                        outcomes.add(JobOutcome.delivered(sale));
                    }
                }
            }
            tell("settle " + one.job().id());
            assertThat(book.settle(one.job(), outcomes, 0, "completed")).isTrue();
            assertThat(book.settle(one.job(), outcomes, 0, "completed")).isFalse();
        }

        private void verify() {
            Optional<Job> asking = book.verify(1_000, System.currentTimeMillis() - 1_000);
            asking.ifPresent(job -> {
                book.accepted(job, "v" + job.id());
                List<JobOutcome> outcomes = book.carried(job).stream()
                        .map(sale -> there.contains(sale.orderId())
                                ? JobOutcome.delivered(sale)
                                : new JobOutcome(sale, Outcome.again(0), sale.way()))
                        .toList();
                tell("verify " + outcomes.size());
                assertThat(book.settle(job, outcomes, 0, "completed")).isTrue();
            });
        }

        private void lane() {
            List<Integer> due = ledger.lanes().due();
            if (!due.isEmpty()) {
                lane(due.get(random.nextInt(due.size())), random.nextInt(8));
            }
        }

        private void lane(int number, int how) {
            ledger.database().update(handle -> handle.execute("update record set crashes = 1 where crashes > 1"));
            LaneTurn turn = ledger.lanes().turn(number);
            List<Rec> before = snapshot();
            Claim claim = ledger.lanes().claim(turn, 1 + random.nextInt(10), way -> random.nextInt(3) == 0);
            tell("lane " + number + " " + LedgerFixture.ids(claim.deliveries()));
            assertMayGo(claim.deliveries().stream().map(Delivery::recordId).toList(), before);
            List<Settlement> settlements = new ArrayList<>();
            claim.unverified()
                    .forEach(one -> settlements.add(new Settlement(
                            one.recordId(),
                            there.contains(one.orderId()) ? Outcome.delivered(null) : Outcome.again(0))));
            Set<String> failed = new HashSet<>();
            boolean killed = how == 0;
            for (Delivery delivery : claim.deliveries()) {
                boolean waits = delivery.customerId() != null && failed.contains(delivery.customerId());
                Outcome outcome = waits ? Outcome.notSent(0) : send(delivery, how);
                if (outcome.state() != RecordState.DELIVERED && outcome.state() != RecordState.DEAD) {
                    failed.add(String.valueOf(delivery.customerId()));
                }
                settlements.add(new Settlement(delivery.recordId(), outcome));
                if (killed && random.nextInt(3) == 0) {
                    tell("killed sending " + delivery.orderId());
                    reopen();
                    return;
                }
            }
            ledger.lanes().settle(settlements, List.of());
        }

        private Outcome send(Delivery delivery, int how) {
            return switch (how < 5 ? random.nextInt(6) : 5) {
                case 0 -> Outcome.again(0);
                case 1 -> {
                    if (random.nextBoolean()) {
                        arriveUnlessKnown(delivery);
                    }
                    yield Outcome.unknown(0, "nobody saw", true);
                }
                case 2 -> delivery.sentBefore() ? Outcome.again(0) : Outcome.dead(Reason.CURRENCY_REFUSED, "refused");
                default -> {
                    arriveUnlessKnown(delivery);
                    yield Outcome.delivered(null);
                }
            };
        }

        /** Sent once more after an end that nobody saw, a refund is refused as known already: then it is delivered. */
        private void arriveUnlessKnown(Delivery delivery) {
            if (!delivery.sentBefore() || !there.contains(delivery.orderId())) {
                arrive(delivery.orderId());
            }
        }

        /** Whatever is earlier of the same customer is at its end, or goes just before it. */
        private void assertMayGo(List<Long> going, List<Rec> before) {
            Map<Long, Rec> byId = before.stream().collect(Collectors.toMap(Rec::id, one -> one));
            // A refund may have been parked just now.
            Set<Long> openNow =
                    snapshot().stream().filter(Rec::isOpen).map(Rec::id).collect(Collectors.toSet());
            Set<Long> gone = new LinkedHashSet<>();
            for (long id : going) {
                Rec one = byId.get(id);
                assertThat(one).as("record %d is there", id).isNotNull();
                assertThat(one.state()).as("record %d waits", id).isEqualTo(RecordState.PENDING);
                List<Rec> overtaken = before.stream()
                        .filter(other -> one.customer() != null && Objects.equals(other.customer(), one.customer()))
                        .filter(other -> other.isOpen()
                                && openNow.contains(other.id())
                                && !gone.contains(other.id())
                                && other.id() != id)
                        .filter(other -> other.isBefore(one) || other.state() == RecordState.SENDING)
                        .toList();
                assertThat(overtaken).as("overtaken by %s", one).isEmpty();
                gone.add(id);
            }
        }

        /** Every record of released files and of messages. */
        private List<Rec> snapshot() {
            return ledger.database().read(handle -> {
                List<Rec> all = new ArrayList<>(handle.createQuery(
                                "select r.id, r.key, r.customer_id, r.state, f.live, f.release_order, f.released_before "
                                        + "from record r join file f on f.id = r.file_id where f.state in (1, 2)")
                        .map((row, context) -> new Rec(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                RecordState.ofCode(row.getInt(4)),
                                row.getBoolean(5),
                                row.getLong(6),
                                row.getLong(7),
                                false))
                        .list());
                handle.createQuery("select s.id, s.count, s.states, c.columns, f.release_order, f.released_before "
                                + "from segment_state s join segment c on c.id = s.id join file f on f.id = s.file_id "
                                + "where f.state in (1, 2)")
                        .map((row, context) -> {
                            Segment columns = new Segment(row.getLong(1), row.getBytes(4));
                            byte[] states = row.getBytes(3);
                            for (int at = 0; at < row.getInt(2); at++) {
                                if (states[at] != 15) {
                                    all.add(new Rec(
                                            columns.first() + at,
                                            columns.key(at),
                                            columns.customerId(at),
                                            RecordState.ofCode(states[at]),
                                            false,
                                            row.getLong(5),
                                            row.getLong(6),
                                            true));
                                }
                            }
                            return columns;
                        })
                        .list();
                return all;
            });
        }

        private void assertEverythingIsAccountedFor() {
            assertThat(new LedgerCheck(ledger.database()).check().problems()).isEmpty();
            for (FileReport report : new ReportBook(ledger.database()).files(cameIn.keySet())) {
                Tally in = report.outcomes().in();
                Tally meant = cameIn.get(report.id());
                assertThat(in.records()).as(report.name()).isEqualTo(meant.records());
                assertThat(in.sales()).as(report.name()).isEqualByComparingTo(meant.sales());
                assertThat(in.refunds()).as(report.name()).isEqualByComparingTo(meant.refunds());
            }
            List<Rec> all = snapshot();
            long open = all.stream().filter(Rec::isOpen).count();
            assertThat(new ReportBook(ledger.database()).open()).isEqualTo(open);
            assertThat(new StatusBook(ledger.database())
                            .now().open().values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum())
                    .isEqualTo(open);
            assertThat(all.stream().map(Rec::id).distinct().count()).isEqualTo(all.size());
        }

        /** Nothing is in the way any more: all that is open arrives. */
        private void drain() {
            tell("drain");
            new Pauses(ledger.database()).lift();
            for (int round = 0; round < 3_000 && !new ReportBook(ledger.database()).isSettled(); round++) {
                while (!jobs.isEmpty()) {
                    settleOne();
                }
                verify();
                List<DueSale> found = book.walk(sale -> true, () -> false).next(1_000);
                if (!found.isEmpty()) {
                    List<Rec> before = snapshot();
                    Optional<Job> job = book.claim(found, System.currentTimeMillis() - 1_000);
                    if (job.isEmpty()) {
                        book.walk(sale -> true, () -> false).abandon();
                    } else {
                        assertMayGo(found.stream().map(DueSale::recordId).toList(), before);
                        List<Carried> carried = book.carried(job.get());
                        carried.forEach(sale -> arrive(sale.orderId()));
                        book.accepted(job.get(), "g");
                        book.settle(
                                job.get(),
                                carried.stream().map(JobOutcome::delivered).toList(),
                                0,
                                "completed");
                    }
                }
                for (int lane : ledger.lanes().due()) {
                    lane(lane, 7);
                }
                ledger.files().closeSettled();
            }
            assertEverythingIsAccountedFor();
            List<Rec> all = snapshot();
            assertThat(all.stream().filter(Rec::isOpen)).as("left open").isEmpty();
            assertThat(all.stream()
                            .filter(one -> one.state() == RecordState.DELIVERED)
                            .map(one -> "acme-" + one.key()))
                    .containsExactlyInAnyOrderElementsOf(there);
        }
    }
}
