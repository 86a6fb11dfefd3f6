package dev.posbridge.operations;

import dev.posbridge.ConfigurationException;
import dev.posbridge.PosbridgeException;
import dev.posbridge.intake.AccountRules;
import dev.posbridge.intake.Replay;
import dev.posbridge.ledger.AuditBook;
import dev.posbridge.ledger.DeadLetters.DeadLetter;
import dev.posbridge.ledger.Entry;
import dev.posbridge.ledger.Forgotten;
import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.ReplayBook;
import dev.posbridge.ledger.Replayed;
import dev.posbridge.settings.Settings;
import dev.posbridge.vendor.Profiles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Dead letters once more, by today's profiles and account settings. Writes to the ledger only, so it works beside a running
 * service; a dead letter that somebody else was faster with is left alone.
 */
public final class Replaying {
    private final LedgerDatabase database;
    private final Replay replay;

    /**
     * How it went.
     *
     * @param failed what could not be replayed, and why
     * @param closed what has no record, and was closed already
     */
    public record Outcome(List<Replayed> replayed, List<String> failed, List<DeadLetter> closed) {}

    /** What is done with a dead letter that is a whole file. */
    public interface FileTaker {
        void take(DeadLetter letter);
    }

    public Replaying(LedgerDatabase database, LedgerAccount account, Settings settings, Profiles profiles) {
        this.database = database;
        this.replay = new Replay(
                profiles,
                new AccountRules(settings.account(), new Forgotten(database)),
                new ReplayBook(database, account.lanes()));
    }

    /**
     * What rows would become, as {@code check} says it; nothing is stored.
     *
     * @param corrected the rows as a person corrected them, null to take them as they were
     * @return nothing where the dead letter is closed
     * @throws ConfigurationException where they cannot take the place of its own
     */
    public List<Entry> look(DeadLetter letter, String corrected) {
        return replay.look(letter, corrected);
    }

    /**
     * In the order in which they came; nothing is begun unless all corrections can be taken.
     *
     * @param corrected the rows of each dead letter, null to take them as they were
     */
    public Outcome replay(Map<DeadLetter, String> corrected, FileTaker taker) {
        List<DeadLetter> letters = corrected.keySet().stream()
                .sorted(Comparator.comparing(letter -> letter.recordId() == null ? 0L : letter.recordId()))
                .toList();
        letters.stream()
                .filter(letter -> corrected.get(letter) != null)
                .forEach(letter -> replay.look(letter, corrected.get(letter)));
        new AuditBook(database).note("dead-letters replay", letters.size(), null);
        Outcome outcome = new Outcome(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (DeadLetter letter : letters) {
            try {
                replayOne(letter, corrected.get(letter), taker, outcome);
            } catch (PosbridgeException problem) {
                outcome.failed().add(problem.getMessage());
            }
        }
        return outcome;
    }

    private void replayOne(DeadLetter letter, String rows, FileTaker taker, Outcome outcome) {
        if (letter.recordId() != null) {
            outcome.replayed().add(replay.replay(letter, rows));
        } else if (!letter.isOpen()) {
            outcome.closed().add(letter);
        } else if (letter.isFile()) {
            taker.take(letter);
        } else {
            throw new ConfigurationException("Dead letter " + letter.id()
                    + " is a message that could not be read at all; " + "have it sent again, then discard this.");
        }
    }
}
