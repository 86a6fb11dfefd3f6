package dev.posbridge.console;

import dev.posbridge.ledger.MonthBook;
import dev.posbridge.ledger.MonthBook.By;
import dev.posbridge.ledger.MonthBook.Group;
import dev.posbridge.ledger.MonthSums;
import dev.posbridge.ledger.MonthSums.What;
import dev.posbridge.operations.MonthCsv;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code /report}: what came in and what became of it, by day, store, vendor or kind, and the table that finance takes. The whole
 * ledger is added up for it, so nothing is until somebody asks, and one asks at a time.
 */
final class ReportPage implements AutoCloseable {
    private static final String PATH = "/report";
    private static final int MOST_LINES = 500;
    private static final int WIDTH = 1_000;

    private final Workplace workplace;
    private final Site site;
    private final MonthBook book;
    private final ReportTurn reports;
    private final ReportShelf shelf;

    /**
     * What is asked for, as the address says it.
     *
     * @param asked whether anything is, so that it is to be added up
     */
    record Question(boolean asked, List<By> by, String vendor, LocalDate from, LocalDate to) {
        boolean isBy(By one) {
            return by.contains(one);
        }

        String address() {
            StringBuilder address = new StringBuilder("?vendor=" + URLEncoder.encode(vendor, StandardCharsets.UTF_8));
            by.forEach(one -> address.append("&by=").append(one.word()));
            address.append("&from=").append(text(from)).append("&to=").append(text(to));
            return address.toString();
        }

        static String text(LocalDate day) {
            return day == null ? "" : day.toString();
        }
    }

    /** @param waits whether it is being added up still */
    record Shown(Question question, boolean waits, Summary summary, List<By> kinds, List<String> vendors) {
        List<Line> lines() {
            return summary.lines();
        }

        long more() {
            return summary.more();
        }

        MonthSums total() {
            return summary.total();
        }
    }

    /** @param more lines that are not shown, all the same in the table for finance; at when it was so */
    record Summary(List<Line> lines, long more, MonthSums total, Instant at) {}

    /**
     * A line, and its bars of {@link #WIDTH}.
     *
     * @param sales what tills sold, delivered what of it arrived
     */
    record Line(String name, MonthSums sums, String sales, String delivered) {}

    ReportPage(Workplace workplace, Site site, ReportTurn reports) {
        this.workplace = workplace;
        this.site = site;
        this.reports = reports;
        this.shelf = new ReportShelf(reports);
        this.book = new MonthBook(workplace.database(), workplace.zone());
    }

    Answer page(Visit visit) {
        Question question = question(visit);
        Optional<Summary> known = question.asked() ? shelf.soon(question, () -> summary(question)) : Optional.empty();
        boolean waits = question.asked() && known.isEmpty();
        Summary summary = known.orElseGet(() -> new Summary(List.of(), 0, new MonthSums(), Instant.now()));
        Shown shown = new Shown(question, waits, summary, List.of(By.values()), workplace.vendors());
        Answer answer = Site.page(out ->
                JtereportGenerated.render(out, null, site.frame(visit, "Report", PATH), shown, workplace.zone()));
        return waits ? answer.with("Refresh", "1") : answer;
    }

    private Summary summary(Question question) {
        Instant now = Instant.now();
        List<Group> groups = added(question);
        return new Summary(lines(groups), Math.max(0, groups.size() - MOST_LINES), MonthBook.total(groups), now);
    }

    /** The same as {@code posbridge report --csv}, byte for byte. */
    Answer csv(Visit visit) {
        Question question = question(visit);
        StringWriter table = new StringWriter();
        new MonthCsv(workplace.account(), question.by()).print(groups(question), table);
        String name = "report-" + workplace.account().name().replaceAll("[^A-Za-z0-9._-]", "_")
                + (question.from() == null ? "" : "-" + question.from())
                + (question.to() == null ? "" : "-" + question.to()) + ".csv";
        return Answer.of("text/csv; charset=utf-8", table.toString().getBytes(StandardCharsets.UTF_8))
                .with("Content-Disposition", "attachment; filename=\"" + name + "\"");
    }

    private List<Group> groups(Question question) {
        return reports.take(() -> added(question));
    }

    private List<Group> added(Question question) {
        String vendor = question.vendor().isEmpty() ? null : question.vendor();
        return book.groups(new MonthBook.Question(question.by(), vendor, question.from(), question.to()));
    }

    private static List<Line> lines(List<Group> groups) {
        BigDecimal most =
                groups.stream().map(group -> group.sums().of(What.IN).sales()).reduce(BigDecimal.ZERO, BigDecimal::max);
        return groups.stream()
                .limit(MOST_LINES)
                .map(group -> new Line(
                        String.join(", ", group.names()),
                        group.sums(),
                        width(group.sums().of(What.IN).sales(), most),
                        width(group.sums().of("delivered").sales(), most)))
                .toList();
    }

    private static String width(BigDecimal part, BigDecimal most) {
        double width = most.signum() == 0 ? 0 : part.doubleValue() * WIDTH / most.doubleValue();
        return String.format(Locale.ROOT, "%.2f", width);
    }

    private Question question(Visit visit) {
        List<By> by = new ArrayList<>();
        for (String word : visit.asked().queries("by")) {
            by.add(Arrays.stream(By.values())
                    .filter(one -> one.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new RefusedException(
                            400,
                            "by is \"" + word
                                    + "\", expected business-date, delivered-date, month, store, vendor or kind.")));
        }
        LocalDate from = visit.asked().day("from");
        LocalDate to = visit.asked().day("to");
        if (from != null && to != null && to.isBefore(from)) {
            throw new RefusedException(400, "to " + to + " lies before from " + from + ".");
        }
        boolean asked = !by.isEmpty();
        return new Question(
                asked,
                asked ? by.stream().distinct().toList() : List.of(By.BUSINESS_DATE),
                visit.asked().query("vendor"),
                from,
                to);
    }

    @Override
    public void close() {
        shelf.close();
    }
}
