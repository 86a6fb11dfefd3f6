import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sandbox's record beside the manifest, and the ledger's beside both. What Gameball refused by id is shown as repeats:
 * harmless, but an order is asked about before it is sent again, so its repeats should be few.
 */
final class Comparison {
    private static final int NAMED = 5;

    private final Manifest manifest;
    private final Map<String, Found> orders;
    private final Map<String, Found> refunds;
    private final Map<String, Integer> events = new HashMap<>();
    private final String totals;
    private final Map<String, Long> findings = new LinkedHashMap<>();
    private final List<String> named = new ArrayList<>();

    /** What stands at the sandbox. */
    private record Found(String customer, long cents, Instant time, long sequence, long repeats) {}

    /** @param report what {@code posbridge report --json} printed once nothing ran any more */
    Comparison(Manifest manifest, Lab lab, String report) throws Exception {
        this.manifest = manifest;
        this.totals = totals(report);
        orders = found(lab.get("orders"), "orderId", "totalPaid", "orderDate");
        refunds = found(lab.get("refunds"), "refundId", "amount", "transactionTime");
        for (String line : lab.get("events").lines().toList()) {
            events.merge(text(line, "name"), 1, Integer::sum);
        }
    }

    /** Prints the table. */
    boolean isWell() {
        Map<String, Manifest.Expected> expected = new LinkedHashMap<>(manifest.orders);
        expected.putAll(manifest.refunds);
        Map<String, Found> got = new HashMap<>(orders);
        got.putAll(refunds);
        if (manifest.others != null) {
            compareSums(manifest.others);
            got.keySet().removeIf(id -> id.startsWith(manifest.others.prefix()));
        }
        long unknownEvents = reason("event-unknown");
        long missingEvents = manifest.events.stream().filter(name -> !events.containsKey(name)).count();

        count("lost", expected.keySet().stream().filter(id -> !got.containsKey(id)).toList());
        findings.put("lost events", Math.max(0, missingEvents - unknownEvents));
        count("doubled", events.keySet().stream().filter(name -> events.get(name) > 1).toList());
        count("not expected", got.keySet().stream().filter(id -> !expected.containsKey(id)).toList());
        count("wrong money", expected.keySet().stream()
                .filter(id -> got.containsKey(id) && got.get(id).cents() != expected.get(id).cents()).toList());
        count("out of order", outOfOrder(expected, got));
        findings.put("not settled", outcome("pending") + outcome("parked") + outcome("held"));
        // An event whose end nobody saw is dead by design; whatever else is dead here was not meant to be.
        long known = unknownEvents + (manifest.others == null ? 0 : manifest.others.dead());
        findings.put("dead", Math.max(0, outcome("dead") - known));
        findings.put("books differ", booksDiffer() ? 1L : 0L);

        findings.forEach((what, count) -> System.out.printf("%-16s %d%n", what, count));
        named.forEach(System.out::println);
        System.out.printf("%-16s %d orders, %d refunds, %d events%n", "at the sandbox", orders.size(), refunds.size(), events.size());
        System.out.printf("%-16s %d orders (needless), %d refunds (normal: sent again under their id after a kill)%n",
                "repeats", repeats(orders), repeats(refunds));
        return findings.values().stream().allMatch(count -> count == 0);
    }

    /** Of files that somebody else wrote only numbers and sums are known, and that a customer's orders go by their time. */
    private void compareSums(Manifest.Sums others) {
        List<Found> itsOrders = of(others, orders);
        List<Found> itsRefunds = of(others, refunds);
        difference("orders", itsOrders.size(), others.orders());
        difference("sales", sum(itsOrders), others.sales());
        difference("refunds", itsRefunds.size(), others.refunds());
        difference("refunded", sum(itsRefunds), others.refunded());
        Map<String, Instant> last = new HashMap<>();
        findings.put("out of time", itsOrders.stream()
                .sorted(Comparator.comparingLong(Found::sequence))
                .filter(order -> {
                    Instant before = last.put(order.customer(), order.time());
                    return before != null && before.isAfter(order.time());
                })
                .count());
    }

    private static List<Found> of(Manifest.Sums others, Map<String, Found> found) {
        return found.keySet().stream().filter(id -> id.startsWith(others.prefix())).map(found::get).toList();
    }

    private void difference(String what, long found, long expected) {
        findings.put(what + " differ", Math.abs(found - expected));
        if (found != expected) {
            named.add("  " + what + ": found " + found + ", expected " + expected);
        }
    }

    private static long sum(Collection<Found> found) {
        return found.stream().mapToLong(Found::cents).sum();
    }

    private void count(String what, List<String> ids) {
        findings.put(what, (long) ids.size());
        ids.stream().limit(NAMED).forEach(id -> named.add("  " + what + ": " + id));
    }

    /** Per customer and source, the sandbox's order of arrival must be the order in which the tills wrote. */
    private static List<String> outOfOrder(Map<String, Manifest.Expected> expected, Map<String, Found> got) {
        Map<String, Long> last = new HashMap<>();
        List<String> disorder = new ArrayList<>();
        expected.entrySet().stream()
                .filter(entry -> got.containsKey(entry.getKey()))
                .sorted(Comparator.comparingInt(entry -> entry.getValue().position()))
                .forEach(entry -> {
                    Found found = got.get(entry.getKey());
                    long before = last.merge(entry.getValue().source() + ' ' + found.customer(), found.sequence(), Math::max);
                    if (found.sequence() < before) {
                        disorder.add(entry.getKey() + " of " + found.customer());
                    }
                });
        return disorder;
    }

    /** What the ledger says it delivered, in money, against what arrived. */
    private boolean booksDiffer() {
        return delivered("sales") != sum(orders.values()) || delivered("refunds") != sum(refunds.values());
    }

    private long delivered(String kind) {
        return Manifest.cents(reported("\"" + kind + "\"\\s*:\\s*\\{\\s*\"delivered\"\\s*:\\s*([0-9.]+)").orElseThrow());
    }

    private long outcome(String word) {
        return Long.parseLong(reported("\"outcomes\"\\s*:\\s*\\{[^}]*\"" + word + "\"\\s*:\\s*(\\d+)").orElseThrow());
    }

    private long reason(String code) {
        return reported("\"reasons\"\\s*:\\s*\\{[^}]*\"" + code + "\"\\s*:\\s*(\\d+)").map(Long::parseLong).orElse(0L);
    }

    private Optional<String> reported(String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(totals);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static long repeats(Map<String, Found> found) {
        return found.values().stream().mapToLong(Found::repeats).sum();
    }

    private static Map<String, Found> found(String lines, String id, String amount, String time) {
        Map<String, Found> found = new HashMap<>();
        lines.lines().forEach(line -> found.put(text(line, id), new Found(
                text(line, "customerId"),
                Manifest.cents(text(line, amount)),
                Instant.parse(text(line, time)),
                Long.parseLong(text(line, "sequence")),
                Long.parseLong(text(line, "repeats")))));
        return found;
    }

    /** What stands between the files and the groups, indented less than either. */
    static String totals(String report) {
        return report.substring(report.indexOf("\n  \"records\""), report.indexOf("\n  \"firstErrors\""));
    }

    static String text(String json, String field) {
        Matcher matcher = Pattern.compile("\"" + field + "\":\"?([^\",}]*)").matcher(json);
        return matcher.find() ? matcher.group(1) : null;
    }
}
