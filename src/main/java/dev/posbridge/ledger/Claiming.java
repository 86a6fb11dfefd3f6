package dev.posbridge.ledger;

import dev.posbridge.pos.AgainPolicy;
import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.RecordKind;
import dev.posbridge.pos.Refund;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * One claim within its transaction. Walks a lane's open records in order; a customer with a record that cannot go now
 * waits with everything later, the others do not.
 */
final class Claiming {
    private static final int SMALLEST_PAGE = 32;
    private static final String OPEN_OF_LANE = OpenRecord.SELECT + "where r.file_id = :file and r.lane = :lane and "
            + RecordState.open("r") + " and r.id > :after";
    private static final String IN_ORDER = " order by r.id limit :most";

    private final Handle handle;
    private final LaneTurn turn;
    private final LaneRules rules;
    private final Predicate<Way> left;
    private final long now = LedgerClock.millis();
    private PausedRecords pauses;
    private boolean anyCorrections = true;
    private final Map<String, Long> pausedBefore = new HashMap<>();
    /** By customer the first message that waits for earlier files: files released after it wait for it. */
    private final Map<String, Long> passedMessages = new HashMap<>();

    private final Set<String> waitingCustomers = new HashSet<>();
    /**
     * What is being sent by a call of its own, or was when its sender died. It left, so it waits for nothing that is earlier, and
     * everything of its customer waits until it is known whether it arrived.
     */
    private final Set<Long> sending = new HashSet<>();

    private final LastTimes toldByJobs;
    private final Map<String, Long> lastTimes = new HashMap<>();
    private final List<Unverified> unverified = new ArrayList<>();
    private final List<Delivery> deliveries = new ArrayList<>();
    /** What goes, to be written together. */
    private final List<Attempted> attempts = new ArrayList<>();

    /** @param amount of a refund, in ten-thousandths; null of what is sent as it lies */
    private record Attempted(OpenRecord open, String customer, Long amount, long sentTime) {}

    /** @param toldByJobs what the customers' rows do not say yet */
    Claiming(Handle handle, LaneTurn turn, LaneRules rules, Predicate<Way> left, LastTimes toldByJobs) {
        this.handle = handle;
        this.turn = turn;
        this.rules = rules;
        this.left = left;
        this.toldByJobs = toldByJobs;
    }

    /** @param liveOnly true for messages alone */
    Claim claim(int limit, boolean liveOnly) {
        Segments.of(handle).window().seeOthers(handle);
        OpenInLane open = OpenInLane.read(handle, turn.lane());
        List<LaneBook.OpenFile> files = open.files();
        pauses = new PausedRecords(handle, open.beside().pauses() ? Pauses.all(handle) : List.of());
        anyCorrections = open.beside().corrections();
        if (open.beside().sending()) {
            readSending();
        }
        EarlierInFiles earlier = new EarlierInFiles(handle, turn.lane(), files);
        for (LaneBook.OpenFile file : files) {
            boolean skipped = liveOnly && !file.live() || pauses.isWhole(file.id());
            if (!skipped && claimOf(file, open.of(file), earlier, limit)) {
                break;
            }
        }
        writeAttempts();
        if (deliveries.isEmpty() && unverified.isEmpty()) {
            FileBook.closeSettled(handle);
        }
        return new Claim(unverified, deliveries);
    }

    private void readSending() {
        handle.select("select id, customer_id from record where state = 1 and job is null and lane = ?", turn.lane())
                .map((row, context) -> new OpenInLane.Waiting(row.getLong(1), row.getString(2)))
                .forEach(sent -> {
                    sending.add(sent.id());
                    waitingCustomers.add(sent.key());
                });
    }

    /**
     * Claims one record for a till, whatever waits in its lane.
     *
     * @param epoch under which the attempt is written; no lane's
     * @return empty where it is not open, or must wait
     */
    static Optional<Delivery> claimOne(Handle handle, long record, long epoch, LaneRules rules, LastTimes toldByJobs) {
        // A refund without a customer moves to its sale's lane at the first look.
        for (int look = 0; look < 2; look++) {
            Optional<Delivery> claimed = handle.select(
                            "select lane, file_id from record where id = ? and state = 0", record)
                    .map((row, context) -> {
                        LaneTurn turn = new LaneTurn(row.getInt(1), epoch);
                        Claiming claiming = new Claiming(handle, turn, rules, way -> way == Way.BY_BATCH, toldByJobs);
                        return claiming.claimOne(record, row.getLong(2));
                    })
                    .findOne()
                    .orElse(Optional.empty());
            if (claimed.isPresent()) {
                return claimed;
            }
        }
        return Optional.empty();
    }

    private Optional<Delivery> claimOne(long record, long file) {
        pauses = new PausedRecords(handle);
        if (!pauses.isWhole(file)) {
            String unpaused = OpenRecord.SELECT + "where r.id = :id and not " + pauses.condition(file);
            OpenRecord.read(pauses.bind(handle.createQuery(unpaused), file).bind("id", record))
                    .forEach(open -> consider(open, true));
            writeAttempts();
        }
        return deliveries.stream().findFirst();
    }

    /** @return true when the limit is reached */
    private boolean claimOf(LaneBook.OpenFile file, List<OpenInLane.Waiting> all, EarlierInFiles earlier, int limit) {
        int pageSize = Math.max(limit, SMALLEST_PAGE);
        return all == null
                ? claimByPage(file, earlier, limit, pageSize)
                : claimSome(file, goingOn(file, all, earlier), earlier, limit, pageSize);
    }

    /** Looks at page after page, so that records that wait do not hide the rest. */
    private boolean claimByPage(LaneBook.OpenFile file, EarlierInFiles earlier, int limit, int pageSize) {
        long last = 0;
        List<OpenRecord> page;
        do {
            page = read(file.id(), last, pageSize);
            if (file.live()) {
                earlier.look(customers(page));
            }
            if (claimOf(page, file, earlier, limit)) {
                return true;
            }
            last = page.isEmpty() ? last : page.get(page.size() - 1).id();
        } while (page.size() == pageSize);
        return false;
    }

    private boolean claimSome(LaneBook.OpenFile file, List<Long> ids, EarlierInFiles earlier, int limit, int pageSize) {
        for (int from = 0; from < ids.size(); from += pageSize) {
            List<Long> some = ids.subList(from, Math.min(ids.size(), from + pageSize));
            if (claimOf(read(file.id(), some), file, earlier, limit)) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> customers(List<OpenRecord> page) {
        return page.stream()
                .map(OpenRecord::customerId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private boolean claimOf(List<OpenRecord> page, LaneBook.OpenFile file, EarlierInFiles earlier, int limit) {
        pausedBefore.putAll(pauses.firstOf(customers(page), turn.lane(), file.id()));
        for (OpenRecord open : page) {
            if (open.state() != RecordState.SENDING
                    && waitsForOthers(new OpenInLane.Waiting(open.id(), open.customerId()), file, earlier)) {
                continue;
            }
            boolean suspect = Unverified.isSuspect(open.crashes()) && open.state() == RecordState.PENDING;
            if (suspect && !deliveries.isEmpty()) {
                return true;
            }
            consider(open, file.live());
            // A suspect is claimed alone, so that a poisonous record takes no other with it.
            if (deliveries.size() + unverified.size() >= limit || suspect && !deliveries.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Those that need not be read to know that they wait: of a shop's refunds, which wait for sales in segments, nearly all. */
    private List<Long> goingOn(LaneBook.OpenFile file, List<OpenInLane.Waiting> all, EarlierInFiles earlier) {
        if (file.live()) {
            earlier.look(all.stream()
                    .map(OpenInLane.Waiting::customer)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet()));
        }
        // One whose customer's earlier record goes on is decided in its turn.
        Set<String> going = new HashSet<>();
        return all.stream()
                .filter(open -> sending.contains(open.id())
                        || going.contains(open.key())
                        || !waitingCustomers.contains(open.key())
                                && !waitsForOthers(open, file, earlier)
                                && going.add(open.key()))
                .map(OpenInLane.Waiting::id)
                .toList();
    }

    /** Whether something of its customer goes first that is not among the records of the file looked at. */
    private boolean waitsForOthers(OpenInLane.Waiting open, LaneBook.OpenFile file, EarlierInFiles earlier) {
        if (file.live()) {
            boolean waits = earlier.has(open.customer(), open.id()) || waitsForSegment(open, file);
            if (waits) {
                // What it waits for may itself wait for something that lies in a file or day that is looked at later.
                passedMessages.merge(open.customer(), open.id(), Math::min);
            }
            return waits;
        }
        boolean waits = passedMessages.getOrDefault(open.customer(), Long.MAX_VALUE) < file.releasedBefore()
                || waitsForSegment(open, file);
        if (waits) {
            waitingCustomers.add(open.key());
        }
        return waits;
    }

    private boolean waitsForSegment(OpenInLane.Waiting open, LaneBook.OpenFile file) {
        SegmentWindow window = Segments.of(handle).window();
        // A writer sees all that was committed.
        return window.hasOpenBefore(
                handle, window.released(), open.customer(), file.live(), file.releaseOrder(), open.id());
    }

    private List<OpenRecord> read(long file, List<Long> ids) {
        String unpaused = OpenRecord.SELECT + "where r.id in (select cast(value as bigint) from json_each(:ids)) and "
                + RecordState.open("r") + " and not " + pauses.condition(file) + " order by r.id";
        return ids.isEmpty()
                ? List.of()
                : OpenRecord.read(
                        pauses.bind(handle.createQuery(unpaused), file).bind("ids", ids.toString()));
    }

    private List<OpenRecord> read(long file, long after, int most) {
        String unpaused = OPEN_OF_LANE + " and not " + pauses.condition(file) + IN_ORDER;
        return OpenRecord.read(pauses.bind(handle.createQuery(unpaused), file)
                .bind("file", file)
                .bind("lane", turn.lane())
                .bind("after", after)
                .bind("most", most));
    }

    private void consider(OpenRecord open, boolean live) {
        String customer = open.waitingKey();
        if (waitingCustomers.contains(customer) && open.state() != RecordState.SENDING) {
            return;
        }
        // With an epoch nobody was left to write its outcome.
        boolean died = open.state() == RecordState.SENDING && open.epoch() > 0;
        int deaths = open.crashes() + (died ? 1 : 0);
        boolean paused = pausedBefore.getOrDefault(open.customerId(), Long.MAX_VALUE) < open.id();
        boolean elsewhere = open.state() == RecordState.SENDING
                ? open.inJob() || Math.abs(open.epoch()) == turn.epoch()
                : open.kind() == RecordKind.SALE && !Unverified.isSuspect(open.crashes()) && left.test(open.way());
        if (open.dueAt() > now || paused || elsewhere) {
            waitingCustomers.add(customer);
        } else if (open.state() == RecordState.SENDING && open.kind() == RecordKind.SALE) {
            // Jobs ask about it.
            noteDeath(open, died);
            handle.execute(
                    "update record set unclear = 1, crashes = ?, epoch = 0 where id = ? and epoch <> 0",
                    deaths,
                    open.id());
            waitingCustomers.add(customer);
        } else if (rules.isTooEarlyFor(deaths)) {
            waitingCustomers.add(customer);
        } else if (open.state() == RecordState.SENDING) {
            // The others are sent again under the same id. One that is being seen to has the epoch of its lane,
            // negative.
            noteDeath(open, died);
            handle.execute(
                    "update record set unclear = 1, crashes = ?, epoch = ? where id = ?",
                    deaths,
                    -turn.epoch(),
                    open.id());
            unverified.add(new Unverified(open.id(), open.kind(), open.orderId(), open.attempts(), deaths));
            waitingCustomers.add(customer);
        } else if (open.kind() == RecordKind.REFUND) {
            new RefundClaim(open, live).decide();
        } else {
            deliver(
                    open,
                    CanonicalJson.read(open.kind(), open.position(), open.canonical()),
                    open.customerId(),
                    null,
                    live,
                    null);
        }
    }

    private void noteDeath(OpenRecord open, boolean died) {
        if (died) {
            AttemptWriter.note(
                    handle, "record.id = :which", open.id(), null, RecordState.SENDING, AttemptWriter.BROKE_OFF);
        }
    }

    private void deliver(
            OpenRecord open, PosRecord posRecord, String customerId, Long amount, boolean live, Reason note) {
        long sentTime = sentTime(open, customerId);
        attempts.add(new Attempted(open, customerId, amount, sentTime));
        deliveries.add(new Delivery(
                open.id(),
                posRecord,
                open.orderId(),
                customerId,
                open.original(),
                amount == null ? null : Amounts.amount(amount),
                Instant.ofEpochMilli(sentTime),
                open.attempts() + 1,
                open.unclear(),
                open.standing() > 0,
                open.standing() == 2,
                live,
                note));
    }

    /** Each attempt is committed with the claim, before its call leaves. */
    private void writeAttempts() {
        write("", attempts.stream().filter(sent -> sent.amount() == null).toList());
        write(
                ", amount_e4 = :amount, customer_id = :customer",
                attempts.stream().filter(sent -> sent.amount() != null).toList());
        attempts.clear();
    }

    private void write(String more, List<Attempted> some) {
        if (some.isEmpty()) {
            return;
        }
        try (PreparedBatch rows = handle.prepareBatch(
                "update record set state = 1, attempts = attempts + 1, epoch = :epoch, sent_time = :sent, "
                        + "sent_at = :now" + more + " where id = :id")) {
            for (Attempted sent : some) {
                rows.bind("epoch", turn.epoch())
                        .bind("sent", sent.sentTime())
                        .bind("now", now)
                        .bind("id", sent.open().id());
                if (sent.amount() != null) {
                    rows.bind("amount", sent.amount()).bind("customer", sent.customer());
                }
                rows.add();
            }
            rows.execute();
        }
    }

    /** What is given back of a sale depends on what goes at the same time. */
    private void writeAttemptsOn(String sale) {
        if (attempts.stream().anyMatch(sent -> Objects.equals(sent.open().original(), sale))) {
            writeAttempts();
        }
    }

    private long sentTime(OpenRecord open, String customerId) {
        if (open.kind() == RecordKind.CUSTOMER || open.kind() == RecordKind.EVENT) {
            return open.happenedAt();
        }
        Long last = lastTimes.getOrDefault(customerId, toldByJobs.latest(customerId, open.lastTime()));
        long time = Customers.sentTime(open.happenedAt(), open.sentTime(), last);
        lastTimes.merge(customerId, time, Math::max);
        return time;
    }

    /** Closes the file of a record if that was its last open one. */
    static void settleFileOf(Handle handle, long record) {
        settleFile(
                handle,
                handle.select("select file_id from record where id = ?", record)
                        .mapTo(Long.class)
                        .one());
    }

    private static void settleFile(Handle handle, long file) {
        handle.createUpdate("update file set state = 2 where id = :file and state = 1 and not "
                        + RecordState.anyOpenIn(":file"))
                .bind("file", file)
                .execute();
    }

    /** Decides about a refund by what became of its sale. */
    private final class RefundClaim {
        private final OpenRecord refund;
        private final boolean live;

        RefundClaim(OpenRecord refund, boolean live) {
            this.refund = refund;
            this.live = live;
        }

        void decide() {
            if (hasOtherOriginals() && !isOriginalDecided() || isBeingCorrected()) {
                return;
            }
            SaleOfRefund sale = SaleOfRefund.find(handle, refund.original(), refund.id());
            if (sale == null || sale.state() == RecordState.DELIVERED) {
                sendOrPark(sale);
            } else if (sale.isOnItsWay()) {
                waitFor(sale);
            } else if (sale.state() == RecordState.SKIPPED) {
                Settling.settle(handle, refund.id(), Outcome.skipped(Reason.ORIGINAL_SKIPPED));
            } else if (sale.wasNeverSent() && posRecord().wholeSale()) {
                settleWith(sale);
            } else {
                park("its sale \"" + refund.original() + "\" is not delivered yet");
            }
        }

        /**
         * What is later of its customer waits with it. A message is looked at before the files that its sale lies in: where it names
         * nobody only files that were released after it wait, or its sale would wait for itself.
         */
        private void waitFor(SaleOfRefund sale) {
            if (refund.customerId() != null) {
                waitingCustomers.add(refund.customerId());
            } else if (live && sale.customerId() != null) {
                passedMessages.merge(sale.customerId(), refund.id(), Math::min);
            } else {
                waitingCustomers.add(sale.customerId());
            }
        }

        /** Its order was taken back, or is about to be: what stands for it since is the one to give back of. */
        private boolean isBeingCorrected() {
            Correcting.Stand stand = anyCorrections ? Correcting.of(handle, refund.original(), refund.id()) : null;
            if (stand == null) {
                return false;
            }
            if (stand.live() != null) {
                handle.execute("update record set original = ? where id = ?", stand.live(), refund.id());
            }
            waitingCustomers.add(refund.waitingKey()); // From the next claim on it is that one's.
            return true;
        }

        private boolean hasOtherOriginals() {
            return refund.canonical().contains("\"otherOriginals\":");
        }

        /**
         * The till's number may mean one of several days: of the sales that are here it is the only one, or the only one of
         * the refund's customer.
         *
         * @return whether it is the one that the record names by now
         */
        private boolean isOriginalDecided() {
            Refund posRecord = posRecord();
            Map<String, SaleOfRefund> known = new LinkedHashMap<>();
            Stream.concat(Stream.of(posRecord.originalOrderId()), posRecord.otherOriginals().stream())
                    .forEach(order -> {
                        SaleOfRefund sale = SaleOfRefund.find(handle, order, refund.id());
                        if (sale != null) {
                            known.put(order, sale);
                        }
                    });
            List<String> orders = List.copyOf(known.keySet());
            if (orders.size() > 1 && posRecord.customer() != null) {
                String buyer = posRecord.customer().id();
                orders = orders.stream()
                        .filter(order -> buyer.equals(known.get(order).customerId()))
                        .toList();
            }
            if (known.isEmpty() || orders.equals(List.of(refund.original()))) {
                return true;
            }
            if (orders.size() == 1) {
                handle.execute("update record set original = ? where id = ?", orders.get(0), refund.id());
                waitingCustomers.add(refund.waitingKey()); // From the next claim on it waits for that sale.
            } else {
                String problem = refund.position() + ": it may take back any of the sales \""
                        + String.join("\", \"", known.keySet())
                        + "\", all of which are here, and the customer does not tell which. Refund the right one at"
                        + " Gameball by hand and discard, or name it in the row and replay.";
                Settling.settle(handle, refund.id(), Outcome.dead(Reason.ORIGINAL_NOT_FOUND, problem));
            }
            return false;
        }

        private Refund posRecord() {
            return (Refund) CanonicalJson.read(RecordKind.REFUND, refund.position(), refund.canonical());
        }

        /** Neither the sale, which died or waits, nor its void is sent; whoever looks after dead letters need not. */
        private void settleWith(SaleOfRefund sale) {
            DeadLetterWriter.closeRecord(handle, sale.id());
            Settling.settle(handle, sale.id(), Outcome.skipped(Reason.VOIDED_UNSENT));
            Settling.settle(handle, refund.id(), Outcome.skipped(Reason.VOIDED_UNSENT));
        }

        /** A sale that is not in this ledger may still be at Gameball, which is asked where we know for whom. */
        private void sendOrPark(SaleOfRefund sale) {
            if (sale != null && sale.isForgotten(handle)) {
                Settling.settle(handle, refund.id(), Outcome.skipped(Reason.FORGOTTEN));
                return;
            }
            Refund posRecord = posRecord();
            String buyer = sale == null || sale.customerId() == null ? refund.customerId() : sale.customerId();
            if (sale == null && posRecord.wholeSale() && refund.original() != null) {
                voidNothing();
            } else if (buyer == null || refund.original() == null) {
                park("its sale is not known here and the till named no customer");
            } else if (Fingerprint.lane(buyer, rules.lanes()) != turn.lane()) {
                handle.afterCommit(Segments.of(handle).window()::rowsChanged);
                handle.execute(
                        "update record set customer_id = ?, lane = ? where id = ?",
                        buyer,
                        Fingerprint.lane(buyer, rules.lanes()),
                        refund.id());
            } else if (!buyer.equals(refund.customerId()) && waitingCustomers.contains(buyer)) {
                // From the next claim on it waits as what it is: the buyer's.
                handle.afterCommit(Segments.of(handle).window()::rowsChanged);
                handle.execute("update record set customer_id = ? where id = ?", buyer, refund.id());
            } else {
                send(posRecord, sale, buyer);
            }
        }

        private void send(Refund posRecord, SaleOfRefund sale, String buyer) {
            AgainPolicy policy = rules.policies().apply(refund.vendor());
            String tooEarly = sale == null
                    ? null
                    : policy.tooEarly(
                            refund.position().toString(), posRecord.returnedAt(), refund.original(), sale.soldAt());
            if (tooEarly != null) {
                Settling.settle(handle, refund.id(), Outcome.dead(Reason.DATE_IMPLAUSIBLE, tooEarly));
                return;
            }
            writeAttemptsOn(refund.original());
            RefundAmount amount = RefundAmount.of(handle, refund, posRecord, sale, policy.cap());
            if (amount.isSendable()) {
                Refund inheriting = inheriting(posRecord, sale, buyer);
                boolean moved = posRecord.customer() != null && inheriting != posRecord;
                Reason note = amount.isCapped() ? Reason.CAPPED : moved ? Reason.CUSTOMER_OF_SALE : null;
                deliver(refund, inheriting, buyer, amount.amount(), live, note);
            } else {
                Settling.settle(handle, refund.id(), amount.refusal());
            }
        }

        /** Voided before the first export: nothing is there to take back. */
        private void voidNothing() {
            if (rules.policies().apply(refund.vendor()).parksVoids()) {
                park("it takes back the whole of a sale that is not known here");
            } else {
                Settling.settle(handle, refund.id(), Outcome.skipped(Reason.VOID_OF_NOTHING));
            }
        }

        /** Points go from whoever got them: the ledger knows whom, the till's clerk may not. */
        private Refund inheriting(Refund posRecord, SaleOfRefund sale, String buyer) {
            boolean same = sale == null
                    || posRecord.customer() != null
                            && buyer.equals(posRecord.customer().id());
            return same ? posRecord : posRecord.of(sale.buyer(handle));
        }

        private void park(String why) {
            Settling.settle(
                    handle,
                    refund.id(),
                    Outcome.parked(
                            Reason.ORIGINAL_NOT_FOUND,
                            why,
                            now + rules.refundsWait().toMillis()));
        }
    }
}
