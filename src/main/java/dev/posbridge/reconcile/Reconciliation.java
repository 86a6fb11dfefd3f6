package dev.posbridge.reconcile;

import dev.posbridge.ConfigurationException;
import dev.posbridge.engine.DataFolder;
import dev.posbridge.gameball.BatchRequest;
import dev.posbridge.ledger.Compared;
import dev.posbridge.ledger.Compared.Repair;
import dev.posbridge.ledger.CorrectionBook;
import dev.posbridge.ledger.Difference;
import dev.posbridge.ledger.ForgetBook;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.ReconcileBook;
import dev.posbridge.ledger.ReconcileBook.Chunk;
import dev.posbridge.ledger.ReconcileBook.Found;
import dev.posbridge.ledger.ReconcileBook.Phase;
import dev.posbridge.ledger.ReconcileBook.Run;
import dev.posbridge.ledger.RestoreGuard;
import dev.posbridge.ledger.Stated;
import dev.posbridge.settings.Settings;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Compares the ledger with Gameball, a thousand orders a question and a few questions at once, so that memory does not grow with
 * the ledger. What was found is committed question by question: one that was killed goes on where it was.
 */
public final class Reconciliation {
    private static final int QUESTIONS_AT_ONCE = 4;

    private final LedgerDatabase database;
    private final ReconcileBook book;
    private final Histories histories;

    /** A question under way and what it is about. */
    private record Asked(Chunk chunk, Histories.Question question) {}

    public Reconciliation(LedgerDatabase database, Histories histories) {
        this.database = database;
        this.book = new ReconcileBook(database);
        this.histories = histories;
    }

    /**
     * A ledger that was put back is known as such from its first start on; compared before it, it would be compared twice.
     *
     * @param repair whether what is missing will be sent
     * @throws ConfigurationException where it would be sent of people who were forgotten since: they are forgotten again first
     */
    public static void noticeRestored(Settings settings, LedgerDatabase database, boolean repair) {
        Optional<DataFolder> free = DataFolder.tryTake(settings.folders().data(), "posbridge reconcile");
        free.ifPresent(folder -> {
            try (folder) {
                RestoreGuard.begin(database, settings.folders().ledger());
            }
        });
        int known = repair && RestoreGuard.restored(database).isPresent()
                ? new ForgetBook(database).knownAgain().size()
                : 0;
        if (known > 0) {
            throw new ConfigurationException("The ledger was put back from a copy and knows " + known
                    + (known == 1 ? " customer who was" : " customers who were")
                    + " forgotten since. Have it forget again: posbridge forget --again --reason T,"
                    + " then give this command again.");
        }
    }

    /**
     * Compares, and goes on where an earlier process was interrupted.
     *
     * @param progress told how far it has come
     * @return the comparison at its end
     */
    public Run compare(Run begun, Consumer<Run> progress) throws InterruptedException {
        Deque<Asked> asked = new ArrayDeque<>();
        Phase phase = begun.phase();
        long position = begun.position();
        while (phase != Phase.DONE || !asked.isEmpty()) {
            while (phase != Phase.DONE && asked.size() < QUESTIONS_AT_ONCE) {
                Chunk chunk = book.next(begun, phase, position, BatchRequest.LARGEST);
                phase = chunk.phase();
                position = chunk.position();
                if (phase != Phase.DONE) {
                    asked.add(new Asked(chunk, histories.ask(orders(chunk.stated()))));
                }
            }
            if (!asked.isEmpty()) {
                Asked oldest = asked.remove();
                book.note(begun, oldest.chunk(), compared(begun, oldest));
                progress.accept(book.reread(begun));
            }
        }
        return end(begun);
    }

    private static List<String> orders(List<Stated> stated) {
        return stated.stream().map(Stated::order).distinct().toList();
    }

    private List<Compared> compared(Run run, Asked asked) throws InterruptedException {
        Map<String, Optional<History>> answers = histories.answer(asked.question());
        List<Stated> stated = asked.chunk().stated();
        List<Compared> compared = new ArrayList<>();
        stated.forEach(one -> compared.add(Comparison.of(one, answers)));
        if (asked.chunk().phase() != Phase.REFUNDS) {
            compared.addAll(unknownRefunds(stated, answers));
        }
        if (!run.repair()) {
            return compared.stream()
                    .map(one -> one.difference() == null ? one : one.leftAlone())
                    .toList();
        }
        return confirmed(compared);
    }

    /** What would be sent again is asked about once more: an answer of a moment is not enough to send money twice. */
    private List<Compared> confirmed(List<Compared> compared) throws InterruptedException {
        List<Stated> missing = compared.stream()
                .filter(one -> one.repair() == Repair.SEND_AGAIN)
                .map(Compared::stated)
                .toList();
        if (missing.isEmpty()) {
            return compared;
        }
        Map<String, Optional<History>> again = histories.answer(histories.ask(orders(missing)));
        return compared.stream()
                .map(one -> one.repair() == Repair.SEND_AGAIN ? Comparison.of(one.stated(), again) : one)
                .toList();
    }

    /** Refunds of our orders that somebody else made, or that a ledger which was put back has forgotten. */
    private List<Compared> unknownRefunds(List<Stated> sales, Map<String, Optional<History>> answers) {
        Map<String, History> refunded = new HashMap<>();
        for (Stated sale : sales) {
            answers.getOrDefault(sale.orderId(), Optional.empty())
                    .filter(history -> !history.refunds().isEmpty())
                    .ifPresent(history -> refunded.put(sale.orderId(), history));
        }
        if (refunded.isEmpty()) {
            return List.of();
        }
        Set<String> known = book.knownRefunds(refunded.keySet());
        List<Compared> unknown = new ArrayList<>();
        refunded.forEach((order, history) -> history.refunds().forEach((refund, what) -> {
            if (!known.contains(refund)) {
                unknown.add(unknown(order, refund, what.amount()));
            }
        }));
        unknown.sort(java.util.Comparator.comparing(Compared::orderId));
        return unknown;
    }

    /** @param amount null where Gameball does not say */
    private static Compared unknown(String order, String refund, BigDecimal amount) {
        String found = "order \"" + order + "\": Gameball has refund \"" + refund + "\" of "
                + (amount == null ? "an amount it does not say" : Comparison.plain(amount))
                + ", which is not known here. ";
        String remedy = refund.endsWith(CorrectionBook.REVERSED)
                ? "The order was corrected (posbridge correct) after the copy that was put back was made: give the same"
                        + " command again before its returns come. What Gameball has of it is not sent twice."
                : "Somebody made it at Gameball, or its file came after the copy that was put back: take that in again.";
        return Compared.unknownHere(refund, amount == null ? BigDecimal.ZERO : amount, found + remedy);
    }

    private Run end(Run run) {
        boolean whole = run.file() == null;
        boolean settled = book.found(run).stream()
                        .filter(found -> found.difference() == Difference.NOT_NOTED
                                || found.difference() == Difference.UNANSWERED)
                        .mapToLong(found -> found.records() - found.repaired())
                        .sum()
                == 0;
        boolean lift = whole
                && (run.repair() || settled)
                && unanswered(run) == 0
                && RestoreGuard.restored(database).isPresent();
        book.end(run, lift, run.repair() ? "reconcile --repair" : "reconcile");
        return book.reread(run);
    }

    private long unanswered(Run run) {
        return book.found(run).stream()
                .filter(found -> found.difference() == Difference.UNANSWERED)
                .mapToLong(Found::records)
                .sum();
    }
}
