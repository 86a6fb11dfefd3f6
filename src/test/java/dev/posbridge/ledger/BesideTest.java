package dev.posbridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posbridge.ledger.store.LedgerAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that share a ledger store chunks beside each other, and still each receipt once. */
class BesideTest {
    private static final int SALES = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private LedgerAddress ledger;
    private LedgerDatabase one;
    private LedgerDatabase other;

    @BeforeEach
    void open(@TempDir Path folder) {
        ledger = TestLedgers.onPostgres(folder.resolve("ledger.db"));
        one = LedgerDatabase.open(ledger);
        other = LedgerDatabase.open(ledger);
        LedgerAccount.claim(one, "chain", "test", "GBP");
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        one.close();
        other.close();
    }

    @Test
    void storesChunksOfTwoIdentitiesAtOnceAndKnowsThemAgainInWhateverOrderTheyWereSeen() throws Exception {
        LedgerFile north = begin(one, "north", "first");
        LedgerFile south = begin(other, "south", "first");
        Future<?> first;
        try (Connection holding = hold(north)) {
            first = threads.submit(() -> store(one, north, 0, sales("north", 0)));
            awaitWaiting(1);
            store(other, south, 0, sales("south", 0));
            // What is seen now has higher ids than what is stored only after it.
            assertThat(find(other, south)).isEqualTo(1);
            assertThat(find(other, north)).isZero();
            holding.rollback();
        }
        first.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        release(one, north);
        release(other, south);

        for (LedgerDatabase node : List.of(one, other)) {
            for (String identity : List.of("north", "south")) {
                LedgerFile again = begin(node, identity, "again at " + node.hashCode());
                store(node, again, 0, sales(identity, 0));
                release(node, again);
                assertThat(new ReportBook(node)
                                .files(List.of(again.id()))
                                .get(0)
                                .outcomes()
                                .of("duplicate")
                                .records())
                        .isEqualTo(SALES);
            }
        }
        assertThat(new LedgerView(one).count()).isEqualTo(2 * SALES);
        assertThat(new LedgerView(one).contradictions()).isEmpty();
    }

    @Test
    void waitsForAChunkOfTheSameIdentityAndForOneWhoseOrderIdsMayBeTheSame() throws Exception {
        LedgerFile shop = begin(one, "shop", "first");
        LedgerFile till = begin(other, "shop-1", "first");
        Future<?> first;
        Future<?> second;
        // shop-1-R3 is the order id of shop's sale 1-R3, too.
        List<Entry> same = IntStream.range(0, SALES)
                .mapToObj(n -> LedgerFixture.saleNamed("shop-1-R" + n, "1-R" + n, "ann"))
                .toList();
        try (Connection holding = hold(shop)) {
            first = threads.submit(() -> store(one, shop, 0, same));
            awaitWaiting(1);
            second = threads.submit(() -> store(other, till, 0, sales("shop-1", 0)));
            awaitWaiting(2);
            holding.rollback();
        }
        first.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        second.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(new LedgerView(one).texts().stream().filter(text -> text.endsWith("order-id-collision")))
                .hasSize(SALES);
    }

    @Test
    void storesEachReceiptOnceWhereAFileAndMessagesBringItToTwoNodesAtOnce() throws Exception {
        int chunks = 12;
        LedgerFile file = begin(one, "acme", "night");
        Random random = new Random(20260131);
        List<Integer> shuffled =
                new ArrayList<>(IntStream.range(0, chunks * SALES).boxed().toList());
        Collections.shuffle(shuffled, random);
        Future<?> reading = threads.submit(() -> {
            for (int chunk = 0; chunk < chunks; chunk++) {
                store(one, file, (long) chunk * SALES, sales("acme", chunk * SALES));
            }
        });
        ChunkWriter live = new ChunkWriter(other, 64);
        for (int lot = 0; lot < chunks; lot++) {
            List<Entry> entries = shuffled.subList(lot * SALES, (lot + 1) * SALES).stream()
                    .map(n -> sale("acme", n))
                    .toList();
            other.update(handle -> live.storeLive(
                    handle, FileBook.live(handle, LedgerFixture.live("tills@today", "tills@today")), entries));
        }
        reading.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        release(one, file);

        Map<String, Long> waiting = new LedgerView(one)
                .records().stream()
                        .filter(record -> record.is(RecordState.PENDING))
                        .collect(Collectors.groupingBy(LedgerView.Seen::key, Collectors.counting()));
        assertThat(waiting).hasSize(chunks * SALES);
        assertThat(waiting.values()).containsOnly(1L);
        assertThat(new LedgerView(one).contradictions()).isEmpty();
    }

    @Test
    void storesAloneWhatChangesWhatIsThereAlreadyAndWhileAnOlderNodeIsThere() {
        LedgerFile first = begin(one, "north", "first");
        store(one, first, 0, sales("north", 0));
        release(one, first);
        List<Entry> changed = new ArrayList<>(sales("north", 0));
        changed.set(3, LedgerFixture.saleNamed("north-R3", "R3", "another customer"));
        LedgerFile second = begin(other, "north", "second");
        store(other, second, 0, changed);
        release(other, second);
        assertThat(new LedgerView(one).records("R3").stream().map(LedgerView.Seen::customer))
                .contains("another customer");
        assertThat(new LedgerView(one).contradictions()).isEmpty();

        assertThat(one.writeBeside(List.of("north"), "select 7", (handle, answer) -> answer == 7))
                .isTrue();
        assertThat(one.writeBeside(List.of("north"), "select 7", (handle, answer) -> false))
                .isFalse();
        TestLedgers.execute(
                ledger,
                "insert into node (id, name, version, layout, role, state, problems, ahead, seen) values "
                        + "('b:/data', 'b, process 7', '0.1.0', 10, 'takes in', 0, '', 0, clock_timestamp())");
        assertThat(one.writeBeside(List.of("north"), "select 7", (handle, answer) -> answer == 7))
                .isFalse();
    }

    private static int find(LedgerDatabase node, LedgerFile file) {
        return node.read(handle -> Segments.of(handle)
                .find(handle, file.identityId(), List.of("R3"))
                .size());
    }

    private static List<Entry> sales(String identity, int from) {
        return IntStream.range(from, from + SALES)
                .mapToObj(n -> sale(identity, n))
                .toList();
    }

    private static Entry sale(String identity, int number) {
        return LedgerFixture.saleNamed(identity + "-R" + number, "R" + number, "customer " + number % 7);
    }

    private static LedgerFile begin(LedgerDatabase node, String identity, String content) {
        return new FileBook(node)
                .begin(new FileOffer(
                        identity,
                        identity,
                        content + ".csv",
                        "inbox/" + identity + '/' + content,
                        identity + content,
                        "profile-1",
                        null,
                        null,
                        false,
                        false))
                .file();
    }

    private static void store(LedgerDatabase node, LedgerFile file, long before, List<Entry> sales) {
        ChunkWriter chunks = new ChunkWriter(node, 64);
        chunks.store(
                file, null, List.of(new ChunkWriter.Prepared(before, sales.size(), 0, chunks.prepare(file, sales))));
    }

    private static void release(LedgerDatabase node, LedgerFile file) {
        new FileBook(node).release(file.id(), SALES);
    }

    /** Whoever stores a chunk of the file waits with it until the end of this: all but the last statement is done. */
    private Connection hold(LedgerFile file) throws SQLException {
        Connection connection = DriverManager.getConnection(ledger.url(), "postgres", "");
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("select 1 from file where id = " + file.id() + " for update");
        }
        return connection;
    }

    private void awaitWaiting(int sessions) {
        await().atMost(PATIENCE)
                .until(() -> one.read(handle -> handle.select(
                                        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
                                .mapTo(Integer.class)
                                .one())
                        == sessions);
    }
}
