import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the sandbox holds beside what had to come, and beside the ledger's report. Of what was damaged nobody knows what had
 * to come of it: of that only the sums are compared, and that all of it has an end.
 */
final class Books {
    /** Ids of what is known beforehand; nothing else of theirs may be there. */
    private static final List<String> KNOWN = List.of(" acme-5-", " acme-7-", " acme-8-", " generic-csv-good-");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NAMED = 4;

    final Map<String, Held> held = new HashMap<>();
    final Map<String, Integer> events = new HashMap<>();
    final Map<String, Manifest.Expected> expected = new LinkedHashMap<>();
    final Map<String, Long> outcomes = new HashMap<>();
    final Map<String, BigDecimal> money = new HashMap<>();
    final Set<String> told;
    private final List<String> findings = new ArrayList<>();

    /** Something at the sandbox. */
    record Held(String customer, BigDecimal amount, long sequence, boolean refund) {}

    Books(List<Manifest> manifests, Stream<String> orders, Stream<String> refunds, Stream<String> eventLines, String report) throws Exception {
        manifests.forEach(manifest -> {
            // A return may have the number of a sale.
            manifest.orders.forEach((id, one) -> expected.put("order " + id, one));
            manifest.refunds.forEach((id, one) -> expected.put("refund " + id, one));
        });
        told = manifests.stream().flatMap(manifest -> manifest.events.stream()).collect(java.util.stream.Collectors.toSet());
        orders.forEach(line -> hold(line, "orderId", "totalPaid", false));
        refunds.forEach(line -> hold(line, "refundId", "amount", true));
        eventLines.forEach(line -> events.merge(tree(line).path("name").asText(), 1, Integer::sum));
        JsonNode root = tree(report.substring(report.indexOf("\n{") + 1));
        outcomes.put("records", root.path("records").asLong());
        fields(root.path("outcomes")).forEach(one -> outcomes.put(one.getKey(), one.getValue().asLong()));
        for (String kind : List.of("sales", "refunds")) {
            money.put(kind, new BigDecimal(root.path("money").path(kind).path("delivered").asText()));
        }
    }

    /** A copy, to be spoilt. */
    Books(Books other) {
        held.putAll(other.held);
        events.putAll(other.events);
        expected.putAll(other.expected);
        outcomes.putAll(other.outcomes);
        money.putAll(other.money);
        told = other.told;
    }

    /** What is wrong; empty where nothing is. */
    List<String> findings() {
        findings.clear();
        say("lost", lost());
        say("not expected", held.keySet().stream().filter(id -> KNOWN.stream().anyMatch(id::contains) && !expected.containsKey(id)));
        say("of wrong money", expected.keySet().stream().filter(id -> held.containsKey(id)
                && held.get(id).amount().movePointRight(2).compareTo(BigDecimal.valueOf(expected.get(id).cents())) != 0));
        say("of another customer", expected.keySet().stream()
                .filter(id -> held.containsKey(id) && !held.get(id).customer().equals(expected.get(id).customer())));
        say("told twice", events.keySet().stream().filter(name -> told.contains(name) && events.get(name) > 1));
        say("out of order", outOfOrder());
        long waiting = outcomes.getOrDefault("pending", 0L) + outcomes.getOrDefault("held", 0L);
        say("not settled", Stream.of(waiting + " records").filter(text -> waiting > 0));
        long accounted = outcomes.entrySet().stream().filter(one -> !one.getKey().equals("records")).mapToLong(Map.Entry::getValue).sum();
        say("without an end", Stream.of(outcomes.get("records") + " records in, " + accounted + " ends")
                .filter(text -> accounted != outcomes.get("records")));
        differ("sales", false);
        differ("refunds", true);
        return List.copyOf(findings);
    }

    /** What had to come and is not there, as "order ID" and "refund ID". */
    Stream<String> lost() {
        return expected.keySet().stream().filter(id -> !held.containsKey(id));
    }

    private void differ(String kind, boolean refunds) {
        BigDecimal there = held.values().stream().filter(one -> one.refund() == refunds).map(Held::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        say("different in the books", Stream.of(kind + ": ledger " + money.get(kind) + ", sandbox " + there)
                .filter(text -> there.compareTo(money.get(kind)) != 0));
    }

    private Stream<String> outOfOrder() {
        Map<String, Long> last = new HashMap<>();
        return expected.entrySet().stream()
                .filter(one -> held.containsKey(one.getKey()))
                .sorted(Comparator.comparingInt(one -> one.getValue().position()))
                .filter(one -> {
                    Held there = held.get(one.getKey());
                    long before = last.merge(one.getValue().source() + ' ' + there.customer(), there.sequence(), Math::max);
                    return there.sequence() < before;
                })
                .map(Map.Entry::getKey);
    }

    private void say(String what, Stream<String> ids) {
        List<String> all = ids.toList();
        if (!all.isEmpty()) {
            findings.add(all.size() + " " + what + ": " + String.join(", ", all.subList(0, Math.min(NAMED, all.size()))));
        }
    }

    String summary() {
        return held.size() + " orders and refunds at the sandbox, " + expected.size() + " of them expected; records " + outcomes;
    }

    private void hold(String line, String id, String amount, boolean refund) {
        JsonNode one = tree(line);
        held.put((refund ? "refund " : "order ") + one.path(id).asText(), new Held(one.path("customerId").asText(), new BigDecimal(one.path(amount).asText()),
                one.path("sequence").asLong(), refund));
    }

    private static Stream<Map.Entry<String, JsonNode>> fields(JsonNode node) {
        Iterator<Map.Entry<String, JsonNode>> fields = node.properties().iterator();
        List<Map.Entry<String, JsonNode>> all = new ArrayList<>();
        fields.forEachRemaining(all::add);
        return all.stream();
    }

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (com.fasterxml.jackson.core.JsonProcessingException broken) {
            throw new IllegalStateException("no JSON: " + json, broken);
        }
    }
}
