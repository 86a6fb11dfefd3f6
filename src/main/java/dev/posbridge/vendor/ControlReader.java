package dev.posbridge.vendor;

import dev.posbridge.vendor.format.Columns;
import dev.posbridge.vendor.format.FormatKeys;
import dev.posbridge.vendor.rule.Trailer;
import dev.posbridge.vendor.value.Amount;
import dev.posbridge.vendor.value.Condition;
import dev.posbridge.vendor.value.Source;
import dev.posbridge.vendor.yaml.Section;
import dev.posbridge.vendor.yaml.Word;
import java.math.BigDecimal;
import java.util.List;

/** Reads what a file must come to before it is trusted. */
final class ControlReader {
    private ControlReader() {}

    /** Null where files have no trailer. */
    static Trailer trailer(Section root, ValueReader values) {
        Section section = root.section("trailer");
        if (section == null) {
            return null;
        }
        List<String> names = FormatKeys.texts(section.words("columns"));
        ValueReader own = names.isEmpty() ? values : values.over(names);
        Word when = section.requiredWord("when");
        Word count = section.word("count");
        boolean ofReceipts =
                section.choice("count-of", List.of("rows", "receipts"), "rows").equals("receipts");
        Amount total = values == own ? values.amount(section, "total") : own.amount(section, "total");
        if (count == null && total == null) {
            section.problem("a trailer needs \"count\", \"total\" or both.");
        }
        section.refuseUnknown();
        Columns columns = own.vocabulary().columns();
        Source countSource = count == null ? null : own.vocabulary().source(count);
        Condition condition = own.vocabulary().condition(when);
        return new Trailer(condition, names, columns, countSource, ofReceipts, total);
    }

    static RejectAbove rejectAbove(Section root) {
        Section section = root.section("reject-above");
        if (section == null) {
            return RejectAbove.DEFAULT;
        }
        Word share = section.word("share");
        int atLeast = FormatKeys.count(section, "at-least", RejectAbove.DEFAULT.atLeast());
        section.refuseUnknown();
        if (share == null) {
            return new RejectAbove(RejectAbove.DEFAULT.share(), atLeast);
        }
        if (!share.text().matches("(\\d{1,2}(\\.\\d{1,4})?|100)\\s*%")) {
            share.problem("\"share\" is \"" + share.text() + "\", expected a percentage such as 2%.");
            return RejectAbove.DEFAULT;
        }
        BigDecimal percent = new BigDecimal(share.text().replace("%", "").strip());
        return new RejectAbove(percent.movePointLeft(2), atLeast);
    }
}
