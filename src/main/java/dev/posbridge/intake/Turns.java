package dev.posbridge.intake;

import dev.posbridge.ledger.TurnBook;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * One file of an identity at a time, over all nodes: while a file is staged, another that repeats its receipts must not find
 * them "duplicate", for the first might yet be rejected. Other nodes wait until the file is put away, too, since they may see
 * the same folder.
 */
final class Turns {
    private final Map<String, Semaphore> byIdentity = new ConcurrentHashMap<>();
    private final TurnBook nodes;

    Turns(TurnBook nodes) {
        this.nodes = nodes;
    }

    void await(String identity) throws InterruptedException {
        Semaphore here = byIdentity.computeIfAbsent(identity, key -> new Semaphore(1, true));
        here.acquire();
        try {
            nodes.await(name(identity));
        } catch (InterruptedException | RuntimeException none) {
            here.release();
            throw none;
        }
    }

    /** The next of this process may come. */
    void end(String identity) {
        byIdentity.get(identity).release();
    }

    /** That of another node may come. */
    void endForOthers(String identity) {
        nodes.end(name(identity));
    }

    private static String name(String identity) {
        return Intake.TURN + identity;
    }
}
