package dev.posbridge.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posbridge.ledger.Replayed;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What became of replayed dead letters, in a sentence, and as JSON. */
final class ReplayedText {
    private static final Map<String, String> WORDS = Map.of(
            "due",
            "due",
            "dead",
            "dead again",
            "closed",
            "closed before",
            "superseded",
            "superseded by a newer record");

    private ReplayedText() {}

    static String of(List<Replayed> replayed) {
        Map<String, Long> counts =
                replayed.stream().collect(Collectors.groupingBy(Replayed::became, TreeMap::new, Collectors.counting()));
        String parts = counts.entrySet().stream()
                .map(count -> count.getValue() + " " + WORDS.getOrDefault(count.getKey(), count.getKey()))
                .collect(Collectors.joining(", "));
        return "Replayed " + replayed.size() + " dead letters" + (parts.isEmpty() ? "." : ": " + parts + ".");
    }

    static void add(ObjectNode root, List<Replayed> replayed) {
        ArrayNode array = root.putArray("replayed");
        replayed.forEach(one -> array.addObject()
                .put("deadLetter", one.deadLetter())
                .put("became", one.became())
                .put("reason", one.reason())
                .put("newDeadLetter", one.newDeadLetter() == 0 ? null : one.newDeadLetter()));
    }
}
