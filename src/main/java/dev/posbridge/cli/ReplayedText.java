package dev.posbridge.cli;

import dev.posbridge.Count;
import dev.posbridge.ledger.Replayed;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What became of replayed dead letters, in a sentence. */
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
        return "Replayed " + Count.of(replayed.size(), "dead letter") + (parts.isEmpty() ? "." : ": " + parts + ".");
    }
}
