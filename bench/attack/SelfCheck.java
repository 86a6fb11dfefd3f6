import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Spoils sound books in every way that matters, and looks that each is found: a harness that finds nothing proves nothing. */
final class SelfCheck {
    private SelfCheck() {}

    /** @return what was spoilt and not found */
    static List<String> findings() throws Exception {
        Books books = sound();
        if (!books.findings().isEmpty()) {
            return List.of("sound: " + books.findings());
        }
        Map<String, Consumer<Books>> spoilt = new LinkedHashMap<>();
        String first = "order acme-7-1-1-20220101";
        Books.Held there = books.held.get(first);
        spoilt.put("lost", copy -> copy.held.remove(first));
        spoilt.put("not expected", copy -> copy.held.put("order acme-7-1-none-20220101", there));
        spoilt.put("of wrong money", copy -> copy.held.put(first,
                new Books.Held(there.customer(), there.amount().add(new BigDecimal("0.01")), there.sequence(), there.refund())));
        spoilt.put("of another customer", copy -> copy.held.put(first, new Books.Held("nobody", there.amount(), there.sequence(), there.refund())));
        spoilt.put("out of order", SelfCheck::swap);
        spoilt.put("told twice", copy -> copy.events.put("visit-1", 2));
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

    /** Two sales and a return as they should be, and an event. */
    private static Books sound() throws Exception {
        Manifest manifest = new Manifest();
        manifest.order("acme-7-1-1-20220101", "ann", 1_000);
        manifest.order("acme-7-1-2-20220101", "ann", 500);
        manifest.refund("acme-7-1-3-20220101", "ann", 250);
        manifest.events.add("visit-1");
        String ann = "\"customerId\":\"ann\",";
        return new Books(
                List.of(manifest),
                Stream.of("{" + ann + "\"orderId\":\"acme-7-1-1-20220101\",\"totalPaid\":\"10.00\",\"sequence\":1}",
                        "{" + ann + "\"orderId\":\"acme-7-1-2-20220101\",\"totalPaid\":\"5.00\",\"sequence\":2}"),
                Stream.of("{" + ann + "\"refundId\":\"acme-7-1-3-20220101\",\"amount\":\"2.50\",\"sequence\":3}"),
                Stream.of("{\"name\":\"visit-1\"}"),
                "\n{\"records\":4,\"outcomes\":{\"delivered\":4},\"money\":{\"sales\":{\"delivered\":15.00},\"refunds\":{\"delivered\":2.50}}}");
    }

    /** The two sales, the other way round. */
    private static void swap(Books copy) {
        Books.Held one = copy.held.get("order acme-7-1-1-20220101");
        Books.Held other = copy.held.get("order acme-7-1-2-20220101");
        copy.held.put("order acme-7-1-1-20220101", new Books.Held("ann", one.amount(), other.sequence(), false));
        copy.held.put("order acme-7-1-2-20220101", new Books.Held("ann", other.amount(), one.sequence(), false));
    }
}
