package dev.posbridge.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posbridge.ledger.AuditBook;
import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.ledger.DeadLetters.DeadLetter;
import dev.posbridge.ledger.FileRecords;
import dev.posbridge.ledger.HoldBook;
import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.MonthBook;
import dev.posbridge.ledger.NightBook;
import dev.posbridge.ledger.NightBook.NightFile;
import dev.posbridge.ledger.Outcomes;
import dev.posbridge.ledger.Pauses;
import dev.posbridge.ledger.ReportFilter;
import dev.posbridge.operations.PlainReport;
import dev.posbridge.operations.ReportLines;
import dev.posbridge.operations.StatusNow;
import dev.posbridge.operations.TraceSearch;
import dev.posbridge.operations.document.AuditJson;
import dev.posbridge.operations.document.DeadLetterJson;
import dev.posbridge.operations.document.FileJson;
import dev.posbridge.operations.document.HeldJson;
import dev.posbridge.operations.document.Json;
import dev.posbridge.operations.document.MonthJson;
import dev.posbridge.operations.document.ReportJson;
import dev.posbridge.operations.document.StatusJson;
import dev.posbridge.operations.document.TraceJson;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** What programs may read. */
final class ApiDocuments {
    private static final int USUAL_PAGE = 50;
    private static final int LARGEST_PAGE = 1_000;
    private static final Duration LONGEST_SEARCH = Duration.ofSeconds(3);

    private final Workplace workplace;
    private final LedgerDatabase database;
    private final LedgerAccount account;
    private final FileFigures figures;
    private final ReportTurn reports;

    ApiDocuments(Workplace workplace, FileFigures figures, ReportTurn reports) {
        this.workplace = workplace;
        this.database = workplace.database();
        this.account = workplace.account();
        this.figures = figures;
        this.reports = reports;
    }

    void addTo(Api api) {
        api.get("/status", this::status);
        api.get("/report", this::report, "by", "vendor", "file", "from", "to");
        api.get("/files", this::files, "night", "before", "limit");
        api.get("/files/*", this::file);
        api.get("/files/*/records", this::records, "outcome", "reason", "after", "limit");
        api.get("/records/*", this::record);
        api.get("/dead-letters", this::deadLetters, "vendor", "code", "file", "level", "closed", "before", "limit");
        api.get("/dead-letters/*", this::deadLetter);
        api.get("/held", visit -> HeldJson.list(account, new HoldBook(database).held()));
        api.get("/pauses", visit -> StatusJson.pauses(account, new Pauses(database).all()));
        api.get("/trace", this::trace, "q", "store", "day", "amount");
        api.get("/audit", this::audit, "since");
    }

    private JsonNode status(Visit visit) {
        return StatusJson.node(StatusNow.of(database, account, workplace.settings(), workplace.profiles()));
    }

    private JsonNode report(Visit visit) {
        String by = visit.asked().query("by");
        ReportLines lines = ReportLines.parse(by.isEmpty() ? "file" : by);
        String vendor = Words.orNull(visit.asked().query("vendor"));
        String file = Words.orNull(visit.asked().query("file"));
        LocalDate from = visit.asked().day("from");
        LocalDate to = visit.asked().day("to");
        workplace.requireVendor(vendor);
        if (from != null && to != null && to.isBefore(from)) {
            throw new RefusedException(400, "to " + to + " lies before from " + from + ".");
        }
        if (lines.plain() == null && file != null) {
            throw new RefusedException(400, "file goes with by file, vendor, store or day, not with by " + by + ".");
        }
        return reports.take(() -> {
            if (lines.plain() == null) {
                MonthBook.Question question = new MonthBook.Question(lines.month(), vendor, from, to);
                return MonthJson.node(
                        account, lines.month(), new MonthBook(database, workplace.zone()).groups(question));
            }
            PlainReport plain = PlainReport.of(
                    database, account, workplace.settings(), lines.plain(), new ReportFilter(vendor, file, from, to));
            return ReportJson.node(plain.report(), lines.plain(), plain.groups());
        });
    }

    private JsonNode files(Visit visit) {
        LocalDate day = visit.asked().day("night");
        long before = visit.asked().id("before");
        int limit = limit(visit);
        Night night = day == null ? null : new Night(day, workplace.zone());
        List<NightFile> files = new NightBook(database)
                .page(
                        night == null ? Instant.EPOCH : night.from(),
                        night == null ? null : night.to(),
                        before == 0 ? Long.MAX_VALUE : before,
                        limit + 1);
        ObjectNode root = Json.about(account);
        ArrayNode array = root.putArray("files");
        files.stream().limit(limit).forEach(file -> array.add(FileJson.node(file)));
        root.put("next", files.size() > limit ? files.get(limit - 1).id() : null);
        return root;
    }

    private JsonNode file(Visit visit) {
        NightFile file = requireFile(visit);
        Map<Long, Outcomes> counted = figures.of(List.of(file));
        ObjectNode root = Json.about(account);
        ObjectNode node = FileJson.node(file);
        Outcomes outcomes = counted.get(file.id());
        if (outcomes == null) {
            node.putNull("sums");
        } else {
            ReportJson.outcomes(node.putObject("sums"), outcomes);
        }
        root.set("file", node);
        return root;
    }

    private JsonNode records(Visit visit) {
        NightFile file = requireFile(visit);
        String outcome = visit.asked().query("outcome");
        if (!outcome.isEmpty() && !Outcomes.WORDS.contains(outcome)) {
            throw new RefusedException(
                    400, "outcome is \"" + outcome + "\", expected one of " + String.join(", ", Outcomes.WORDS) + ".");
        }
        int limit = limit(visit);
        List<FileRecords.Shown> page = new FileRecords(database)
                .page(
                        file.id(),
                        visit.asked().id("after"),
                        Words.orNull(outcome),
                        Words.orNull(visit.asked().query("reason")),
                        limit + 1);
        ObjectNode root = Json.about(account).put("file", file.id());
        ArrayNode array = root.putArray("records");
        page.stream().limit(limit).forEach(record -> array.add(FileJson.record(record)));
        root.put("next", page.size() > limit ? page.get(limit - 1).id() : null);
        return root;
    }

    private JsonNode record(Visit visit) {
        long id = visit.number(0);
        FileRecords book = new FileRecords(database);
        FileRecords.Said said = book.said(id).orElseThrow(() -> RefusedException.absent("record", id));
        ObjectNode root = Json.about(account).put("file", said.file());
        ObjectNode node = book.one(id).map(FileJson::record).orElseGet(() -> root.objectNode()
                .put("id", id));
        node.put("header", said.header()).put("raw", said.raw());
        node.set("canonical", said.canonical() == null ? null : Json.tree(said.canonical()));
        root.set("record", node);
        return root;
    }

    private JsonNode deadLetters(Visit visit) {
        DeadLetters book = new DeadLetters(database);
        var filter = ApiChanges.filter(visit.asked()::query, workplace);
        long before = visit.asked().id("before");
        int limit = limit(visit);
        List<DeadLetter> found =
                before == 0 ? book.find(filter, true, limit + 1) : book.before(filter, before, limit + 1);
        List<DeadLetter> shown = found.size() > limit ? found.subList(0, limit) : found;
        return DeadLetterJson.list(account, book.count(filter), shown)
                .put("next", found.size() > limit ? shown.get(limit - 1).id() : null);
    }

    private JsonNode deadLetter(Visit visit) {
        return DeadLetterJson.one(
                account,
                new DeadLetters(database)
                        .byId(visit.number(0))
                        .orElseThrow(() -> RefusedException.absent("dead letter", visit.number(0))));
    }

    private JsonNode trace(Visit visit) {
        TraceSearch search = TracePage.search(visit);
        if (search.sought() == null && search.amount() == null) {
            throw new RefusedException(
                    400, "Nothing is asked for, expected q (a receipt, an order or a customer), or an amount.");
        }
        return TraceJson.node(account, search.in(database, LONGEST_SEARCH), database);
    }

    private JsonNode audit(Visit visit) {
        LocalDate since = visit.asked().day("since");
        return AuditJson.node(
                account,
                new AuditBook(database)
                        .since(
                                since == null
                                        ? Instant.EPOCH
                                        : since.atStartOfDay(workplace.zone()).toInstant()));
    }

    private NightFile requireFile(Visit visit) {
        NightFile file = new NightBook(database).file(visit.number(0));
        if (file == null) {
            throw RefusedException.absent("file", visit.number(0));
        }
        return file;
    }

    private static int limit(Visit visit) {
        long limit = visit.asked().id("limit");
        if (limit > LARGEST_PAGE) {
            throw new RefusedException(400, "limit is " + limit + ", expected at most " + LARGEST_PAGE + ".");
        }
        return limit == 0 ? USUAL_PAGE : (int) limit;
    }
}
