package dev.posbridge.ledger;

import dev.posbridge.ConfigurationException;
import dev.posbridge.harness.Failpoint;
import dev.posbridge.ledger.segment.KeyIndex;
import dev.posbridge.ledger.store.LedgerStore;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.RecordKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/**
 * Stores a chunk: its records and the file's progress in one transaction. A key that is already there is compared by
 * meaning, never overwritten. Thread-safe; chunks of one file come one after another.
 *
 * <p>Nodes that share a ledger store chunks of different identities beside each other. That concerns nobody else: keys are an
 * identity's own, nothing of the file is due yet, and whoever stores what comes by itself, replays or corrects waits until no
 * chunk is being stored. A chunk that would change what is stored already, or brings dead letters, is stored alone.
 */
public final class ChunkWriter {
    /** Differing duplicates of a file that are told one by one; the others are counted. */
    private static final int MOST_DIFFERENCES = 100;

    /** Fewer sales than these are not worth a segment: they go by calls of their own. */
    private static final int LEAST_OF_SEGMENT = 25;

    private final LedgerDatabase database;
    private final int lanes;
    private final int leastOfSegment;
    /** By identity; they never change. */
    private final Map<Long, SegmentDraft.Terms> terms = new ConcurrentHashMap<>();

    public ChunkWriter(LedgerDatabase database, int lanes) {
        this(database, lanes, true);
    }

    /** @param inSegments whether sales may lie in segments; not where each goes by a call of its own anyway */
    public ChunkWriter(LedgerDatabase database, int lanes, boolean inSegments) {
        this.database = database;
        this.lanes = lanes;
        this.leastOfSegment = inSegments ? LEAST_OF_SEGMENT : Integer.MAX_VALUE;
    }

    /** Works out what is to be stored of a chunk; nobody is kept waiting for it. */
    public NewRecords prepare(LedgerFile file, List<Entry> entries) {
        NewRecords records = NewRecords.of(entries);
        return entries.size() < leastOfSegment ? records : records.packed(leastOfSegment, terms(file.identityId()));
    }

    private SegmentDraft.Terms terms(long identity) {
        return terms.computeIfAbsent(identity, asked -> database.read(handle -> SegmentDraft.Terms.of(handle, asked)));
    }

    /**
     * A chunk of a file.
     *
     * @param receiptsBefore receipts of the file before this chunk
     * @param receipts receipts in this chunk; a record or more comes of each
     * @param bytesRead of the file so far, for those who ask how far it has come
     * @param records what is to be stored of it
     */
    public record Prepared(long receiptsBefore, int receipts, long bytesRead, NewRecords records) {
        private long receiptsWithIt() {
            return receiptsBefore + receipts;
        }
    }

    /**
     * Stores chunks that follow one another, or passes over those that are already stored (the file is read again after a
     * crash). However many they are, one commit waits for the disk, and a server is asked once.
     *
     * @param header the file's header line, or null
     */
    public void store(LedgerFile file, String header, List<Prepared> chunks) {
        boolean stored = database.isShared()
                && mayLieBeside(file, chunks)
                && database.writeBeside(
                        terms(file.identityId()).orderIds().exclusive(),
                        receiptsStored(file),
                        (handle, before) -> store(handle, file, header, chunks, before, true));
        if (!stored) {
            database.update(handle -> {
                long before =
                        handle.select(receiptsStored(file)).mapTo(Long.class).one();
                store(handle, file, header, chunks, before, false);
            });
        }
        KeyIndex keys = database.segments().keys();
        if (keys.isDue()) {
            database.read(handle -> {
                keys.catchUp(handle);
                return null;
            });
            keys.maintain(database::update);
        }
    }

    /** Whether their records are nothing but new, as long as neither the ledger nor the chunks have one of them already. */
    private boolean mayLieBeside(LedgerFile file, List<Prepared> chunks) {
        OrderIds orderIds = terms(file.identityId()).orderIds();
        return chunks.stream()
                .flatMap(chunk -> chunk.records().list().stream())
                .allMatch(record -> record.entry().state() == RecordState.PENDING
                        && record.entry().reason() == null
                        && !orderIds.isNamed(record)
                        && !(file.matchesByProduct() && record.isUnmatchedRefund()));
    }

    /** Asks how many receipts of a file are stored; -1 where nobody reads it any more. */
    private static String receiptsStored(LedgerFile file) {
        return "select coalesce(max(receipts_stored), -1) from file where id = " + file.id() + " and state = 0";
    }

    /** @return false where it has to be done alone, and nothing was written */
    private boolean store(
            Handle handle, LedgerFile file, String header, List<Prepared> chunks, long stored, boolean beside) {
        if (stored < 0) {
            throw new IllegalStateException(
                    file.name() + ": is no longer being read; another process or file took its place");
        }
        long before = chunks.get(0).receiptsBefore();
        if (stored < before) {
            throw new IllegalStateException(file.name() + ": receipts " + stored + " to " + before
                    + " are not stored, so what follows them must wait");
        }
        Prepared last = chunks.get(chunks.size() - 1);
        if (stored < last.receiptsWithIt()) {
            List<NewRecords> left = chunks.stream()
                    .filter(chunk -> stored < chunk.receiptsWithIt())
                    .map(Prepared::records)
                    .toList();
            Chunk chunk = new Chunk(handle, file);
            chunk.progress = List.of(new LedgerStore.Change(
                    "update file set receipts_stored = ?, bytes_read = ?, header = ?, deaths = 0 where id = ?",
                    last.receiptsWithIt(),
                    last.bytesRead(),
                    header,
                    file.id()));
            if (!(beside ? chunk.storeBeside(left) : chunk.store(left))) {
                return false;
            }
            Failpoint.WITHIN_CHUNK.reach();
        }
        return true;
    }

    /**
     * Stores what comes by itself, not in a file that is read to its end: it is due at once. A record that differs from an
     * earlier one of the same day takes its place, as one of a later file would, and a key that a file holds that is not
     * yet released becomes the newcomer's.
     *
     * @return the lanes of those to be delivered
     */
    Set<Integer> storeLive(Handle handle, LedgerFile day, List<Entry> entries) {
        Chunk chunk = new Chunk(handle, day);
        chunk.takenOver = new TakenOver(handle, day);
        chunk.takenOver.supersede(entries);
        chunk.store(List.of(NewRecords.of(entries)));
        Contenders.settle(handle, day.id());
        if (entries.stream().anyMatch(entry -> entry.state() == RecordState.SKIPPED)) {
            Settling.wakeRefundsOfSkippedSales(handle);
        }
        return chunk.touched;
    }

    /**
     * Stores what a replay made of a dead record, under its id; the record itself is gone by now.
     *
     * @param entries of its receipt; of a part of a credit note, that part alone
     */
    static void storeReplayed(Handle handle, LedgerFile file, int lanes, DeadRecord dead, List<Entry> entries) {
        boolean reading = handle.select(
                        "select 1 from file where identity_id = ? and state = 0 limit 1", file.identityId())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
        if (reading) {
            throw new ConfigurationException(
                    file.vendor() + ": a file of this vendor is being read just now, and may hold "
                            + "the same receipts. Replay when it is taken in.");
        }
        Chunk chunk = new ChunkWriter(null, lanes, false).new Chunk(handle, file);
        chunk.replaced = dead;
        chunk.store(List.of(NewRecords.of(entries)));
    }

    /** One chunk within its transaction, or a few that follow one another. */
    private final class Chunk {
        private final Handle handle;
        private final LedgerFile file;
        private final KnownKeys known;
        private final RefundMatching matching;
        private final List<NewRecord> waiting = new ArrayList<>();
        /** Of those that wait; kept only where refunds look for their sales. */
        private final Set<String> waitingCustomers = new HashSet<>();

        /** Records of earlier files that have rows, whether they lay in a segment or not. */
        private final Set<Long> hasRows = new HashSet<>();

        /** The segment that the records at hand make if each of them is stored as it came; null for none. */
        private SegmentDraft draft;

        private RecordInserts inserts;

        /** What is noted of the file along with it. */
        private List<LedgerStore.Change> progress = List.of();

        private long duplicates;
        private long duplicateSales;
        private long duplicateRefunds;
        private long differing;
        /** What the file had before this chunk; -1 while nobody asked. */
        private long differingStored = -1;

        /** The dead record whose place the first one takes; null outside a replay. */
        private DeadRecord replaced;

        private boolean placeTaken;

        /** Lanes of what is to be delivered; only of what comes by itself is it asked. */
        private final Set<Integer> touched = new HashSet<>();

        /** Null but for what comes by itself. */
        private TakenOver takenOver;

        Chunk(Handle handle, LedgerFile file) {
            this.handle = handle;
            this.file = file;
            this.known = new KnownKeys(handle, file.identityId());
            this.matching = new RefundMatching(handle, file);
        }

        /** @return false where others are concerned; then nothing was written */
        boolean storeBeside(List<NewRecords> pieces) {
            List<NewRecord> all = all(pieces);
            known.load(all);
            if (known.isAnyTwice()) {
                return false;
            }
            for (NewRecord candidate : all) {
                KnownKeys.Known current = known.find(candidate);
                boolean own = current == null ? !known.orderIdTaken(candidate) : isDuplicate(candidate, current);
                if (!own) {
                    return false;
                }
            }
            inserts = new RecordInserts(
                    handle, file, lanes, known.orderIds(), count -> database.nextIdsAside("record", count));
            return storeLoaded(pieces, all.size());
        }

        boolean store(List<NewRecords> pieces) {
            List<NewRecord> all = all(pieces);
            known.load(all);
            changedToRows(all);
            inserts = new RecordInserts(handle, file, lanes, known.orderIds());
            return storeLoaded(pieces, all.size());
        }

        private static List<NewRecord> all(List<NewRecords> pieces) {
            return pieces.stream().flatMap(piece -> piece.list().stream()).toList();
        }

        private boolean storeLoaded(List<NewRecords> pieces, int count) {
            inserts.expect(count);
            for (NewRecords piece : pieces) {
                draft = piece.draft();
                for (NewRecord candidate : piece.list()) {
                    add(knownAsReplaced(candidate));
                }
                flush();
            }
            inserts.write(progress);
            if (duplicates > 0) {
                countDuplicates();
            }
            return true;
        }

        private void countDuplicates() {
            OutcomeCounts.count(handle, "duplicate", "", duplicates);
            handle.createUpdate(
                            "update file set duplicates = duplicates + :duplicates, "
                                    + "duplicate_sales_e4 = duplicate_sales_e4 + :sales, "
                                    + "duplicate_refunds_e4 = duplicate_refunds_e4 + :refunds, differing = differing + :differing where id = :file")
                    .bind("duplicates", duplicates)
                    .bind("sales", duplicateSales)
                    .bind("refunds", duplicateRefunds)
                    .bind("differing", differing)
                    .bind("file", file.id())
                    .execute();
        }

        /** What may be replaced, or replaces, needs more than a state; many at once cost little more than one. */
        private void changedToRows(List<NewRecord> candidates) {
            if (known.isEmpty()) {
                return;
            }
            List<Long> changed = new ArrayList<>();
            for (NewRecord candidate : candidates) {
                KnownKeys.Known current = known.find(candidate);
                if (current != null
                        && current.unstored() == null
                        && candidate.entry().reason() != Reason.FORGOTTEN
                        && !known.wasReplaced(candidate)
                        && !isDuplicate(candidate, current)) {
                    changed.add(current.id());
                }
            }
            new SegmentSales(handle).toRows(SegmentSales.longs(changed), Way.EITHER);
            hasRows.addAll(changed);
        }

        private NewRecord knownAsReplaced(NewRecord candidate) {
            return replaced != null && replaced.part()
                    ? candidate.knownAs(replaced.meaning(), replaced.content()).asPart()
                    : candidate;
        }

        private void add(NewRecord candidate) {
            KnownKeys.Known current = known.find(candidate);
            if (replaced == null && known.wasReplaced(candidate)) {
                countDuplicate(candidate);
            } else if (current == null) {
                addNew(candidate);
            } else if (candidate.entry().reason() == Reason.FORGOTTEN) {
                // Whatever it was once, nothing of it is compared any more.
                countDuplicate(candidate);
            } else if (isDuplicate(candidate, current)) {
                countDuplicate(candidate);
                if (current.content() != candidate.content() && current.posRecord(handle, candidate) != null) {
                    noteDifference(candidate, current);
                }
            } else {
                if (current.unstored() == null && !hasRows.contains(current.id())) {
                    new SegmentSales(handle).toRow(current.id());
                }
                addSuccessor(candidate, current);
            }
        }

        /** What was skipped is no duplicate of itself: it may come again with what it lacked. */
        private boolean isDuplicate(NewRecord candidate, KnownKeys.Known current) {
            boolean wanted =
                    current.state() == RecordState.SKIPPED && candidate.entry().state() == RecordState.PENDING;
            boolean same = isTwiceInFile(current)
                    ? current.content() == candidate.content()
                    : current.sameAs(candidate, file.timeTolerance());
            return same && !wanted;
        }

        /** A file that says a receipt twice says it in the same words, or contradicts itself. */
        private boolean isTwiceInFile(KnownKeys.Known current) {
            return takenOver == null && replaced == null && current.fileId() == file.id();
        }

        private void noteDifference(NewRecord candidate, KnownKeys.Known current) {
            differing++;
            if (differing + differingBefore() <= MOST_DIFFERENCES) {
                handle.execute(
                        "insert into difference (file_id, position, kind, key, text) values (?,?,?,?,?)",
                        file.id(),
                        candidate.entry().position().toString(),
                        candidate.kind(),
                        candidate.key(),
                        differences(candidate, current).text());
            }
        }

        private long differingBefore() {
            if (differingStored < 0) {
                differingStored = handle.select("select differing from file where id = ?", file.id())
                        .mapTo(Long.class)
                        .one();
            }
            return differingStored;
        }

        private Differences differences(NewRecord candidate, KnownKeys.Known current) {
            return Differences.between(
                    current.posRecord(handle, candidate), candidate.entry().posRecord(), file.timeTolerance());
        }

        private void countDuplicate(NewRecord candidate) {
            duplicates++;
            long amount = candidate.amount();
            if (candidate.kind() == RecordKind.REFUND.ordinal() || amount < 0) {
                duplicateRefunds += Math.abs(amount);
            } else {
                duplicateSales += amount;
            }
        }

        private void addNew(NewRecord candidate) {
            if (known.orderIdTaken(candidate)) {
                addToWaiting(collision(candidate));
            } else if (file.matchesByProduct() && candidate.isUnmatchedRefund()) {
                if (waitingCustomers.contains(candidate.customerId())) {
                    // What it takes back may be among what waits.
                    flush();
                    inserts.write();
                }
                matching.match(candidate).forEach(this::addToWaiting);
            } else {
                addToWaiting(candidate);
            }
        }

        private static NewRecord collision(NewRecord candidate) {
            KnownKeys.Fault fault = KnownKeys.Fault.collision(candidate);
            return candidate.dead(fault.reason(), fault.message());
        }

        private void addSuccessor(NewRecord candidate, KnownKeys.Known current) {
            if (candidate.entry().state() == RecordState.DEAD) {
                // What cannot be sent takes nobody's place.
                addToWaiting(candidate.revised());
            } else if (known.orderIdTaken(candidate)) {
                addToWaiting(collision(candidate.revised()));
            } else if (candidate.kind() == RecordKind.CUSTOMER.ordinal()) {
                addToWaiting(candidate.contending());
            } else if (takenOver == null && current.fileId() == file.id() && current.state() != RecordState.DEAD) {
                String problem = candidate.entry().position() + ": receipt \"" + candidate.key()
                        + "\" stands in this file twice, with other content. " + Reason.KEY_REPEATED.remedy();
                addToWaiting(candidate.revised().dead(Reason.KEY_REPEATED, problem));
            } else {
                addChanged(candidate, current);
            }
        }

        private void addChanged(NewRecord candidate, KnownKeys.Known current) {
            KnownKeys.Fault fault = current.fault(handle, candidate, file.timeTolerance(), "");
            addToWaiting(
                    fault == null ? candidate.contending() : candidate.revised().dead(fault.reason(), fault.message()));
        }

        private void addToWaiting(NewRecord added) {
            waiting.add(added);
            if (file.matchesByProduct()) {
                waitingCustomers.add(added.customerId());
            }
            if (added.entry().state() == RecordState.PENDING || added.entry().state() == RecordState.CONTENDER) {
                if (takenOver != null) {
                    touched.add(added.lane(lanes));
                }
            } else {
                OutcomeCounts.count(handle, added.entry().state(), added.entry().reason(), 1);
            }
            if (added.current() || added.entry().state() == RecordState.CONTENDER) {
                known.remember(added, file.id());
            }
        }

        private void flush() {
            if (waiting.isEmpty()) {
                return;
            }
            if (replaced == null || placeTaken) {
                inserts.insert(waiting, takenOver == null ? leastOfSegment : Integer.MAX_VALUE, draft);
                if (takenOver != null) {
                    takenOver.keepReturned();
                }
            } else {
                inserts.insertInPlace(replaced.id(), waiting);
                placeTaken = true;
            }
            waiting.clear();
            waitingCustomers.clear();
        }
    }
}
