package dev.posbridge.operations.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.ledger.MonthBook;
import dev.posbridge.ledger.MonthBook.By;
import dev.posbridge.ledger.MonthBook.Group;
import dev.posbridge.ledger.MonthSums;
import dev.posbridge.ledger.MonthSums.What;
import dev.posbridge.ledger.Outcomes;
import dev.posbridge.ledger.Points;
import dev.posbridge.ledger.Tally;
import dev.posbridge.operations.MonthCsv;
import dev.posbridge.operations.PointsText;
import java.util.List;

/** The report that finance takes, as programs read it. */
public final class MonthJson {
    private MonthJson() {}

    /** The groups and what they come to. */
    public static ObjectNode node(LedgerAccount account, List<By> by, List<Group> groups) {
        ObjectNode root = Json.about(account);
        root.put("report", "month").put("reportSchemaVersion", MonthCsv.SCHEMA_VERSION);
        ArrayNode names = root.putArray("by");
        by.forEach(one -> names.add(one.word()));
        ArrayNode array = root.putArray("groups");
        groups.forEach(group -> {
            ObjectNode node = array.addObject();
            for (int i = 0; i < by.size(); i++) {
                node.put(by.get(i).word(), group.names().get(i));
            }
            sums(node, group.sums());
        });
        sums(root.putObject("total"), MonthBook.total(groups));
        return root;
    }

    private static void sums(ObjectNode node, MonthSums sums) {
        tally(node.putObject("in"), sums.of(What.IN));
        Outcomes.WORDS.forEach(word -> tally(node.putObject(word), sums.of(word)));
        tally(node.putObject("members"), sums.of(What.MEMBERS));
        tally(node.putObject("late"), sums.of(What.LATE));
        tally(node.putObject("matched"), sums.of(What.MATCHED));
        Points points = sums.points();
        node.putObject("points")
                .put("earned", PointsText.known(points.earned(), points.salesUnknown()))
                .put("takenBack", PointsText.known(points.takenBack(), points.refundsUnknown()))
                .put("salesUnknown", points.salesUnknown())
                .put("refundsUnknown", points.refundsUnknown());
        ObjectNode skipped = node.putObject("skippedByReason");
        sums.skipped().forEach(skipped::put);
        node.put("deadWithoutTotal", sums.deadWithoutTotal());
    }

    private static void tally(ObjectNode node, Tally tally) {
        node.put("records", tally.records()).put("sales", tally.sales()).put("refunds", tally.refunds());
    }
}
