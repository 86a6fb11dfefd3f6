package dev.posbridge.console;

import dev.posbridge.ledger.Attempt;
import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.ledger.DeadLetters.DeadLetter;
import dev.posbridge.ledger.TraceBook;
import dev.posbridge.ledger.TracedRecord;
import dev.posbridge.operations.PointsText;
import dev.posbridge.operations.TraceSearch;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** {@code /trace}: one box for whatever somebody holds in the hand, and the story of the sale. */
final class TracePage {
    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final int LONGEST_TEXT = 200;

    private final Workplace workplace;
    private final Site site;
    private final DeadLetters letters;
    private final TraceBook book;

    /** A record with its dead letters. @param points as a person reads them */
    record Line(TracedRecord record, List<Attempt> attempts, List<DeadLetter> letters, String points) {}

    /** @param found null where nobody asked yet */
    record Traced(String q, String store, String day, String amount, TraceSearch.Found found, List<Line> lines) {}

    TracePage(Workplace workplace, Site site) {
        this.workplace = workplace;
        this.site = site;
        this.letters = new DeadLetters(workplace.database());
        this.book = new TraceBook(workplace.database());
    }

    Answer page(Visit visit) {
        String q = visit.asked().query("q").strip();
        String store = visit.asked().query("store").strip();
        String day = visit.asked().query("day").strip();
        String amount = visit.asked().query("amount").strip();
        boolean asked = !(q + store + day + amount).isEmpty();
        TraceSearch search = search(visit);
        boolean can = asked && (search.sought() != null || search.amount() != null);
        TraceSearch.Found found = can ? search.in(workplace.database(), LONGEST) : null;
        List<Line> lines = found == null
                ? List.of()
                : found.records().stream().map(this::line).toList();
        Traced traced = new Traced(q, store, day, amount, found, lines);
        return Site.page(out -> JtetraceGenerated.render(
                out, null, site.frame(visit, "Trace", "/trace"), traced, asked && !can, visit, workplace.zone()));
    }

    /** What the address asks for. */
    static TraceSearch search(Visit visit) {
        String q = visit.asked().query("q").strip();
        String store = visit.asked().query("store").strip();
        if (q.length() > LONGEST_TEXT || store.length() > LONGEST_TEXT) {
            throw new RefusedException(400, "That is too long to be a receipt, an order or a customer.");
        }
        return new TraceSearch(
                Words.orNull(q),
                Words.orNull(store),
                visit.asked().day("day"),
                amount(visit.asked().query("amount").strip()));
    }

    private Line line(TracedRecord record) {
        boolean has =
                "delivered".equals(record.state()) && ("sale".equals(record.kind()) || "refund".equals(record.kind()));
        String points = record.points() != null
                ? PointsText.plain(record.points())
                : has ? "unknown: Gameball did not say" : null;
        return new Line(record, book.attempts(record), letters.ofRecord(record.id()), points);
    }

    private static BigDecimal amount(String text) {
        if (text.isEmpty()) {
            return null;
        }
        if (!text.matches("\\d{1,12}(\\.\\d{1,4})?")) {
            throw new RefusedException(400, "amount is \"" + text + "\", expected a total such as 12.50.");
        }
        return new BigDecimal(text);
    }
}
