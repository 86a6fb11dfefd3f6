package dev.posbridge.operations.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posbridge.ledger.FileReport;
import dev.posbridge.ledger.Outcomes;
import dev.posbridge.ledger.Points;
import dev.posbridge.ledger.Tally;
import dev.posbridge.operations.PointsText;
import dev.posbridge.operations.Report;
import dev.posbridge.operations.ReportGroup;
import java.util.List;
import java.util.function.Function;

/** A report as programs read it. */
public final class ReportJson {
    private ReportJson() {}

    public static String write(Report report) {
        return Json.text(node(report));
    }

    public static ObjectNode node(Report report) {
        ObjectNode root = Json.about(report.account());
        ArrayNode files = root.putArray("files");
        report.files().forEach(file -> file(files.addObject(), file));
        outcomes(root, report.outcomes());
        ArrayNode errors = root.putArray("firstErrors");
        report.firstErrors().forEach(error -> errors.addObject()
                .put("id", error.id())
                .put("reason", error.reason())
                .put("message", error.message()));
        ArrayNode missing = root.putArray("missingFiles");
        report.missing().forEach(file -> missing.addObject()
                .put("source", file.source())
                .put("vendor", file.vendor())
                .put("day", file.day().toString())
                .put("file", file.file())
                .put("due", file.due().toString()));
        ArrayNode gaps = root.putArray("sequenceGaps");
        report.gaps().forEach(gap -> gaps.addObject()
                .put("vendor", gap.vendor())
                .put("register", gap.register())
                .put("first", gap.first())
                .put("last", gap.last()));
        return root;
    }

    /** A report whose lines are about something else than files, which are in it all the same. */
    public static ObjectNode node(Report report, ReportGroup.By by, List<ReportGroup> groups) {
        ObjectNode root = node(report).put("by", by.name());
        ArrayNode array = root.putArray("groups");
        groups.forEach(group ->
                outcomes(array.addObject().put("name", group.name()).put("files", group.files()), group.outcomes()));
        return root;
    }

    private static void file(ObjectNode node, FileReport file) {
        node.put("id", file.id());
        node.put("vendor", file.vendor());
        node.put("name", file.name());
        node.put("businessDate", file.businessDate());
        node.put("state", Report.state(file));
        node.put("receivedAt", Report.came(file));
        node.put("rows", file.rows());
        node.put("reason", file.reason());
        node.put("message", file.message());
        ArrayNode differences = node.putArray("differences");
        file.differences().forEach(differences::add);
        outcomes(node, file.outcomes());
    }

    /** What records come to. */
    public static void outcomes(ObjectNode node, Outcomes outcomes) {
        node.put("records", outcomes.in().records());
        ObjectNode counts = node.putObject("outcomes");
        Outcomes.WORDS.forEach(word -> counts.put(word, outcomes.of(word).records()));
        ObjectNode money = node.putObject("money");
        amounts(money.putObject("sales"), outcomes, Tally::sales);
        amounts(money.putObject("refunds"), outcomes, Tally::refunds);
        ObjectNode points = node.putObject("points");
        Points known = outcomes.points();
        points.put("earned", PointsText.known(known.earned(), known.salesUnknown()));
        points.put("takenBack", PointsText.known(known.takenBack(), known.refundsUnknown()));
        points.put("salesUnknown", known.salesUnknown());
        points.put("refundsUnknown", known.refundsUnknown());
        ObjectNode reasons = node.putObject("reasons");
        outcomes.reasons().forEach(reasons::put);
        node.put("matchedByProduct", outcomes.matched());
        node.put("duplicatesDiffering", outcomes.differing());
        node.put("deadWithoutTotal", outcomes.withoutTotal());
    }

    private static void amounts(ObjectNode target, Outcomes outcomes, Function<Tally, java.math.BigDecimal> amount) {
        Outcomes.WORDS.forEach(word -> target.put(word, amount.apply(outcomes.of(word))));
        target.put("in", amount.apply(outcomes.in()));
    }
}
