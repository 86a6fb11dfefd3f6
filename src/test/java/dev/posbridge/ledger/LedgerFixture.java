package dev.posbridge.ledger;

import dev.posbridge.FileRejectedException;
import dev.posbridge.pos.CustomerDetails;
import dev.posbridge.pos.CustomerUpdate;
import dev.posbridge.pos.Event;
import dev.posbridge.pos.LineItem;
import dev.posbridge.pos.Money;
import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.Redemption;
import dev.posbridge.pos.Refund;
import dev.posbridge.pos.Sale;
import dev.posbridge.pos.Store;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** A ledger on a real SQLite file, driven by hand as intake and delivery would drive it. */
final class LedgerFixture implements AutoCloseable {
    static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final LocalDate DAY = LocalDate.of(2026, 1, 31);

    private final Path path;
    private final Duration refundsWait;
    private LedgerDatabase database;

    private LedgerFixture(Path path, Duration refundsWait) {
        this.path = path;
        this.refundsWait = refundsWait;
        reopen();
    }

    static LedgerFixture in(Path folder) {
        return in(folder, Duration.ofHours(72));
    }

    static LedgerFixture in(Path folder, Duration refundsWait) {
        return new LedgerFixture(folder.resolve("ledger.db"), refundsWait);
    }

    /** Another's ledger, who closes it. */
    static LedgerFixture on(LedgerDatabase database) {
        return new LedgerFixture(database);
    }

    private LedgerFixture(LedgerDatabase database) {
        this.path = null;
        this.refundsWait = Duration.ofHours(72);
        this.database = database;
    }

    /** What a crash leaves is what was committed. */
    void reopen() {
        if (database != null) {
            database.close();
        }
        database = LedgerDatabase.open(TestLedgers.at(path));
        LedgerAccount.claim(database, "chain", "test", "GBP");
    }

    LedgerDatabase database() {
        return database;
    }

    FileBook files() {
        return new FileBook(database);
    }

    LaneBook lanes() {
        return new LaneBook(database, new LaneRules(64, refundsWait, System.nanoTime()));
    }

    DeskBook desk() {
        return new DeskBook(database, chunks(), new LaneRules(64, refundsWait, System.nanoTime()));
    }

    ChunkWriter chunks() {
        return new ChunkWriter(database, 64);
    }

    Beginning begin(String name, String content, String identity) {
        return files().begin(offer(identity, name, content));
    }

    private static FileOffer offer(String identity, String name, String content) {
        return new FileOffer("acme", identity, name, "inbox/" + name, content, "profile-1", DAY, null, false, false);
    }

    /** Under what stands what comes by itself. */
    static FileOffer live(String name, String content) {
        return offer("acme", name, content);
    }

    /** Begins the file and stores the entries, each as a receipt. */
    LedgerFile stage(String name, Entry... entries) {
        LedgerFile file = begin(name, "content of " + name, "acme").file();
        store(file, 0, entries);
        return file;
    }

    /** Stores entries, each as a receipt. @param before receipts of the file before them */
    void store(LedgerFile file, long before, Entry... entries) {
        store(database, file, before, entries);
    }

    static void store(LedgerDatabase database, LedgerFile file, long before, Entry... entries) {
        new ChunkWriter(database, 64).store(file, null, List.of(chunk(before, entries)));
    }

    static ChunkWriter.Prepared chunk(long before, Entry... entries) {
        return new ChunkWriter.Prepared(before, entries.length, 0, NewRecords.of(List.of(entries)));
    }

    LedgerFile give(String name, Entry... entries) {
        LedgerFile file = stage(name, entries);
        files().release(file.id(), entries.length);
        return file;
    }

    LedgerFile giveOfIdentity(String identity, String name, Entry... entries) {
        LedgerFile file = begin(name, "content of " + name, identity).file();
        store(file, 0, entries);
        files().release(file.id(), entries.length);
        return file;
    }

    void reject(LedgerFile file) {
        files().reject(
                        file.id(),
                        1,
                        new FileRejectedException(
                                Position.ofFile(file.name()), Reason.FILE_TRUNCATED, "it ends in the middle"));
    }

    /** Everything that is due now, claimed and left as if it were being sent. */
    List<Delivery> claimAll() {
        List<Delivery> claimed = new ArrayList<>();
        for (int lane : lanes().due()) {
            LaneTurn turn = lanes().turn(lane);
            claimed.addAll(lanes().claim(turn, 100).deliveries());
        }
        return claimed;
    }

    /** Sends what is due, round after round, until nothing is. */
    List<Delivery> deliverAll() {
        return deliverAll(delivery -> Outcome.delivered(null).noting(delivery.note()));
    }

    List<Delivery> deliverAll(Function<Delivery, Outcome> outcome) {
        List<Delivery> sent = new ArrayList<>();
        for (List<Integer> due = lanes().due(); !due.isEmpty(); due = lanes().due()) {
            for (int lane : due) {
                LaneTurn turn = lanes().turn(lane);
                List<Delivery> claimed = lanes().claim(turn, 100).deliveries();
                sent.addAll(claimed);
                lanes().settle(
                                claimed.stream()
                                        .map(delivery -> new Settlement(delivery.recordId(), outcome.apply(delivery)))
                                        .toList(),
                                List.of());
            }
        }
        return sent;
    }

    /** A list of all that a job may carry now. */
    static Job claim(JobBook jobs) {
        return jobs.claim(jobs.walk(sale -> true, () -> false).next(1_000), System.currentTimeMillis() + 3_600_000)
                .orElseThrow();
    }

    /** In what the ledger contradicts itself. */
    List<String> problems() {
        return new LedgerCheck(database).check().problems();
    }

    /** As if Gameball did not know the sale of a refund; the refund is parked for three days. */
    static Outcome notThere(Delivery delivery) {
        return Outcome.parked(
                Reason.ORIGINAL_NOT_FOUND,
                "not there",
                System.currentTimeMillis() + Duration.ofHours(72).toMillis());
    }

    static List<String> ids(List<Delivery> deliveries) {
        return deliveries.stream().map(Delivery::orderId).toList();
    }

    /** Every record as {@code sale R-1 delivered}, with its reason if it has one, in the order in which they came. */
    List<String> records() {
        return new LedgerView(database).texts();
    }

    List<String> deadLetters() {
        return new DeadLetters(database)
                .first(0, 100).stream().map(DeadLetters.DeadLetter::message).toList();
    }

    Outcomes outcomes(LedgerFile file) {
        return new ReportBook(database).filesAfter(file.id() - 1).get(0).outcomes();
    }

    FileReport report(LedgerFile file) {
        return new ReportBook(database).files(List.of(file.id())).get(0);
    }

    List<FileReport> reports() {
        return new LedgerView(database).files();
    }

    static Entry sale(String key, String customer, String total) {
        return Entry.pending(saleRecord(key, customer, total, NOON), "raw " + key);
    }

    /** A sale whose order id does not follow from its key. */
    static Entry saleNamed(String orderId, String key, String customer) {
        return Entry.pending(saleRecord(key, orderId, customer, "10.00", NOON, null), "raw " + key);
    }

    static Entry saleAt(String key, String customer, Instant at) {
        return Entry.pending(saleRecord(key, customer, "10.00", at), "raw " + key);
    }

    static Entry saleOf(String key, String customer, Instant at, LineItem... lines) {
        return Entry.pending(
                saleRecord(key, "acme-" + key, CustomerDetails.ofId(customer), "10.00", at, null, List.of(lines)),
                "raw " + key);
    }

    /** To somebody of whom more is known than the id. */
    static Entry saleTo(CustomerDetails customer, String key) {
        return Entry.pending(saleRecord(key, "acme-" + key, customer, "10.00", NOON, null, List.of()), "raw " + key);
    }

    static LineItem line(String product, String title, String quantity, String price) {
        return new LineItem(
                product, null, title, new BigDecimal(quantity), new BigDecimal(price), null, null, null, null);
    }

    static Entry storeSale(String key, String customer, String store) {
        Sale sale = saleRecord(key, customer, "10.00", NOON, new Store(null, null, store, null));
        return Entry.pending(sale, "raw " + key);
    }

    static Entry skippedSale(String key, String customer, String total) {
        Sale sale = saleRecord(key, customer, total, NOON);
        return Entry.skipped(sale, sale.position(), "raw " + key, Reason.BEFORE_PROGRAMME);
    }

    static Entry deadSale(String key, String customer, String total) {
        Sale sale = saleRecord(key, customer, total, NOON);
        return Entry.dead(sale, sale.position(), "raw " + key, Reason.CURRENCY_REFUSED, "wrong currency");
    }

    static Entry refund(String key, String original, String customer, String amount) {
        return Entry.pending(refundRecord(key, original, customer, money(amount)), "raw " + key);
    }

    /** What a customer brings back, of which sale the till does not say. */
    static Entry returned(String key, String customer, LineItem... lines) {
        BigDecimal total = Stream.of(lines).map(LineItem::total).reduce(BigDecimal.ZERO, BigDecimal::add);
        Refund refund = new Refund(
                row(),
                key,
                "acme-" + key,
                null,
                null,
                CustomerDetails.ofId(customer),
                NOON.plusSeconds(3600),
                DAY,
                money(total.toPlainString()),
                false,
                List.of(lines),
                null);
        return Entry.pending(refund, "raw " + key);
    }

    /** Of a sale whose key is one of two, as a profile makes it that has several templates of the original. */
    static Entry refundOfEither(String key, String first, String second, String customer, String amount) {
        Refund refund = new Refund(
                row(),
                key,
                "acme-" + key,
                first,
                "acme-" + first,
                customer == null ? null : CustomerDetails.ofId(customer),
                NOON,
                DAY,
                money(amount),
                false,
                List.of(),
                null,
                false,
                List.of("acme-" + second));
        return Entry.pending(refund, "raw " + key);
    }

    /** All that was given back of the sale so far, as a profile makes it of a growing column. */
    static Entry soFar(String original, String customer, String amount) {
        String key = original + "-refund@" + amount;
        Refund refund = new Refund(
                row(),
                key,
                "acme-" + key,
                original,
                "acme-" + original,
                CustomerDetails.ofId(customer),
                NOON,
                DAY,
                money(amount),
                false,
                List.of(),
                null,
                true);
        return Entry.pending(refund, "raw " + key);
    }

    static Entry paidByPoints(String key, String customer, String value) {
        Sale sale = new Sale(
                row(),
                key,
                "acme-" + key,
                CustomerDetails.ofId(customer),
                NOON,
                DAY,
                money("0"),
                money(value),
                money(value),
                null,
                null,
                List.of(),
                null,
                null,
                new Redemption("hold-1", null, List.of()),
                null);
        return Entry.pending(sale, "raw " + key);
    }

    static Entry voided(String key, String original) {
        return Entry.pending(refundRecord(key, original, null, null), "raw " + key);
    }

    static Entry customer(String id, String firstName) {
        CustomerDetails details = new CustomerDetails(
                id, null, null, null, firstName, null, null, null, null, null, null, null, null, null, Map.of());
        return Entry.pending(new CustomerUpdate(row(), details, NOON), firstName);
    }

    static Entry event(String key, String customer, String name) {
        PosRecord event = new Event(row(), key, CustomerDetails.ofId(customer), NOON, name, Map.of());
        return Entry.pending(event, "raw " + key);
    }

    private static Sale saleRecord(String key, String customer, String total, Instant at) {
        return saleRecord(key, customer, total, at, null);
    }

    private static Sale saleRecord(String key, String customer, String total, Instant at, Store store) {
        return saleRecord(key, "acme-" + key, customer, total, at, store);
    }

    private static Sale saleRecord(String key, String orderId, String customer, String total, Instant at, Store store) {
        CustomerDetails who = customer == null ? null : CustomerDetails.ofId(customer);
        return saleRecord(key, orderId, who, total, at, store, List.of());
    }

    private static Sale saleRecord(
            String key,
            String orderId,
            CustomerDetails customer,
            String total,
            Instant at,
            Store store,
            List<LineItem> lines) {
        return new Sale(
                row(),
                key,
                orderId,
                customer,
                at,
                DAY,
                money(total),
                null,
                null,
                null,
                null,
                lines,
                store,
                null,
                null,
                null);
    }

    private static Refund refundRecord(String key, String original, String customer, Money amount) {
        return new Refund(
                row(),
                key,
                "acme-" + key,
                original,
                "acme-" + original,
                customer == null ? null : CustomerDetails.ofId(customer),
                NOON.plusSeconds(3600),
                DAY,
                amount,
                amount == null,
                List.of(),
                null);
    }

    private static Money money(String amount) {
        return new Money(new BigDecimal(amount), Currency.getInstance("GBP"));
    }

    private static Position row() {
        return Position.ofRow("EOD.csv", 7);
    }

    @Override
    public void close() {
        database.close();
    }
}
