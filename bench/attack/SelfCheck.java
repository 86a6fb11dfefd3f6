import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Spoils a copy of the evidence in every way that matters, and looks that each is found: a harness that finds nothing proves nothing. */
final class SelfCheck {
    private SelfCheck() {}

    /** @return what was spoilt and not found */
    static List<String> of(Books books) throws IOException {
        Map<String, Consumer<Books>> spoilt = new LinkedHashMap<>();
        String first = books.expected.keySet().stream().filter(books.held::containsKey).findFirst().orElse(null);
        if (first == null) {
            return List.of("anything: nothing was delivered");
        }
        Books.Held there = books.held.get(first);
        spoilt.put("lost", copy -> copy.held.remove(first));
        spoilt.put("not expected", copy -> copy.held.put("acme-7-1-none-20220101", there));
        spoilt.put("of wrong money", copy -> copy.held.put(first,
                new Books.Held(there.customer(), there.amount().add(new BigDecimal("0.01")), there.sequence(), there.refund())));
        spoilt.put("of another customer", copy -> copy.held.put(first, new Books.Held("nobody", there.amount(), there.sequence(), there.refund())));
        spoilt.put("out of order", SelfCheck::swap);
        spoilt.put("told twice", copy -> copy.told.stream().findFirst().ifPresent(name -> copy.events.put(name, 2)));
        spoilt.put("not settled", copy -> copy.outcomes.merge("pending", 1L, Long::sum));
        spoilt.put("without an end", copy -> copy.outcomes.merge("records", 1L, Long::sum));
        spoilt.put("different in the books", copy -> copy.money.merge("sales", BigDecimal.ONE, BigDecimal::add));
        List<String> missed = new ArrayList<>();
        spoilt.forEach((what, spoil) -> {
            Books copy = new Books(books);
            spoil.accept(copy);
            if (copy.findings().stream().noneMatch(finding -> finding.contains(' ' + what))) {
                missed.add(what);
            }
        });
        Path folder = Files.createTempDirectory("posbridge-attack-check");
        for (String word : List.of(Markers.API_KEY, Markers.SECRET_KEY, Markers.PERSON, Markers.EMAIL, "07700 900123", TillDoor.PASSWORD)) {
            Path log = Files.writeString(folder.resolve("run.log"), "a line\nWARN of " + word + "\n");
            if (new Markers().in(folder).isEmpty()) {
                missed.add("\"" + word + "\" in a log");
            }
            Files.delete(log);
        }
        Files.delete(folder);
        return missed;
    }

    /** Two of one customer and source, the other way round. */
    private static void swap(Books copy) {
        Map<String, String> last = new LinkedHashMap<>();
        List<String> ids = copy.expected.entrySet().stream()
                .filter(one -> copy.held.containsKey(one.getKey()))
                .sorted(Comparator.comparingInt(one -> one.getValue().position()))
                .map(Map.Entry::getKey)
                .toList();
        for (String id : ids) {
            String before = last.put(copy.expected.get(id).source() + copy.expected.get(id).customer(), id);
            if (before != null) {
                Books.Held one = copy.held.get(id);
                Books.Held other = copy.held.get(before);
                copy.held.put(id, new Books.Held(one.customer(), one.amount(), other.sequence(), one.refund()));
                copy.held.put(before, new Books.Held(other.customer(), other.amount(), one.sequence(), other.refund()));
                return;
            }
        }
    }
}
