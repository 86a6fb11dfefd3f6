package dev.posbridge.operations;

import dev.posbridge.ledger.AuditBook;
import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.ledger.LedgerDatabase;
import java.util.Collection;
import java.util.List;

/** Dead letters closed for good: nothing of them will be sent, and somebody said why. */
public final class Discarding {
    private Discarding() {}

    /** @return those that were open until now */
    public static List<Long> discard(LedgerDatabase database, Collection<Long> ids, String why) {
        DeadLetters book = new DeadLetters(database);
        List<Long> discarded = ids.stream().filter(id -> book.discard(id, why)).toList();
        if (!discarded.isEmpty()) {
            new AuditBook(database).note("dead-letters discard", discarded.size(), why);
        }
        return discarded;
    }
}
