package dev.posbridge.vendor;

import dev.posbridge.vendor.format.Columns;
import dev.posbridge.vendor.format.FormatKeys;
import dev.posbridge.vendor.rule.Sum;
import dev.posbridge.vendor.rule.Trailer;
import dev.posbridge.vendor.value.Amount;
import dev.posbridge.vendor.value.Condition;
import dev.posbridge.vendor.value.Plausible;
import dev.posbridge.vendor.value.Source;
import dev.posbridge.vendor.yaml.Section;
import dev.posbridge.vendor.yaml.Word;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;

/** Reads what a file must come to before it is trusted. */
final class ControlReader {
    private ControlReader() {}

    /** Null where files have no trailer. */
    static Trailer trailer(Section root, ValueReader values, Currency currency) {
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
        SumReader sums = new SumReader(values, currency);
        Sum of = sums.readAs(section, "of", "trailer.of");
        if (of != null && of.usesLines()) {
            section.problem("\"of\" is what the till counts, expected a column or a sum of columns.");
        } else if (of != null && total == null) {
            section.problem("\"of\" says what \"total\" is the sum of, but \"total\" is missing.");
        }
        BigDecimal tolerance = SumReader.tolerance(section.word("tolerance"));
        boolean onlyTold = section.choice("mismatch", List.of("rejects", "is-told"), "rejects")
                .equals("is-told");
        section.refuseUnknown();
        Columns columns = own.vocabulary().columns();
        Source countSource = count == null ? null : own.vocabulary().source(count);
        Condition condition = own.vocabulary().conditionOverColumns(when);
        return new Trailer(condition, names, columns, countSource, ofReceipts, total, of, tolerance, onlyTold);
    }

    /** Which times tills can mean. */
    static Plausible plausible(Section root) {
        Section section = root.section("plausible");
        if (section == null) {
            return Plausible.DEFAULT;
        }
        Word earliest = section.word("earliest");
        Word days = section.word("days");
        LimitsReader.KEYS.forEach(section::word);
        section.word("refund-before-sale"); // Of refunds, and read with them.
        section.refuseUnknown();
        LocalDate first = Plausible.DEFAULT.earliest();
        if (earliest != null) {
            try {
                first = LocalDate.parse(earliest.text());
            } catch (DateTimeException noDay) {
                earliest.problem("\"earliest\" is \"" + earliest.text() + "\", expected a day such as 2015-01-01.");
            }
        }
        boolean any = days != null && days.text().equals("any");
        if (days != null && !any && !days.text().matches("\\d{1,4}")) {
            days.problem("\"days\" is \"" + days.text() + "\", expected a number of days, or any.");
            return Plausible.DEFAULT;
        }
        int most = days == null ? Plausible.DEFAULT.days() : any ? -1 : Integer.parseInt(days.text());
        return new Plausible(first, most);
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
