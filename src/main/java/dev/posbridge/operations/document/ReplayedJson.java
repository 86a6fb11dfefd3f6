package dev.posbridge.operations.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posbridge.ledger.Replayed;
import java.util.List;

/** What became of replayed dead letters, as programs read it. */
public final class ReplayedJson {
    private ReplayedJson() {}

    /** Adds them to a document. */
    public static void add(ObjectNode root, List<Replayed> replayed) {
        ArrayNode array = root.putArray("replayed");
        replayed.forEach(one -> array.addObject()
                .put("deadLetter", one.deadLetter())
                .put("became", one.became())
                .put("reason", one.reason())
                .put("newDeadLetter", one.newDeadLetter() == 0 ? null : one.newDeadLetter()));
    }
}
