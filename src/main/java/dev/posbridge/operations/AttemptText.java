package dev.posbridge.operations;

import dev.posbridge.ledger.Attempt;
import dev.posbridge.ledger.JobKind;
import java.util.ArrayList;
import java.util.List;

/** An attempt in a line, the same wherever somebody reads it. */
public final class AttemptText {
    private AttemptText() {}

    /** {@code POST orders, 503, code 5000, request 8f2c: unclear, asked about. Gameball gave no usable answer ...} */
    public static String of(Attempt attempt) {
        List<String> parts = new ArrayList<>();
        if (attempt.call() != null) {
            parts.add(attempt.call());
        }
        if (attempt.list() != null) {
            parts.add(list(attempt.list()));
        }
        if (attempt.status() != null) {
            parts.add(attempt.status().toString());
        }
        if (attempt.apiCode() != null) {
            parts.add("code " + attempt.apiCode());
        }
        if (attempt.requestId() != null) {
            parts.add("request " + attempt.requestId());
        }
        String how = String.join(", ", parts);
        return how
                + (how.isEmpty() ? "" : ": ")
                + attempt.words()
                + (attempt.message() == null ? "" : ". " + attempt.message());
    }

    private static String list(Attempt.List list) {
        return (list.kind() == JobKind.VERIFICATION ? "list " + list.id() + " of questions" : "list " + list.id())
                + " (" + list.size()
                + (list.gameballId() == null ? "" : ", Gameball's job " + list.gameballId())
                + (list.result() == null ? "" : ", " + list.result()) + ')';
    }
}
