package dev.posbridge.vendor;

import dev.posbridge.RecordRejectedException;
import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.RecordKind;
import dev.posbridge.pos.Refund;
import dev.posbridge.pos.Sale;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.rule.RefundRule;
import dev.posbridge.vendor.rule.Rule;
import dev.posbridge.vendor.rule.Skip;
import dev.posbridge.vendor.rule.Trailer;
import dev.posbridge.vendor.value.Condition;
import dev.posbridge.vendor.value.Facts;
import java.math.BigDecimal;
import java.util.List;

/** Finds the rule for each receipt of a file and keeps the control totals. */
final class ReceiptTranslator {
    private final Rules rules;
    private final Facts facts;
    private final ControlTotals totals;
    private ReturningKeys returning = ReturningKeys.NONE;
    private long translated;

    /** Which rule a receipt's records are made by, and under which key. */
    record Keyed(Rule rule, String key) {}

    ReceiptTranslator(Rules rules, Facts facts, ControlTotals totals) {
        this.rules = rules;
        this.facts = facts;
        this.totals = totals;
    }

    /** To be called before the first receipt is translated. */
    void refuse(ReturningKeys keys) {
        returning = keys;
    }

    /** What the records of a receipt will be called; null where nobody can know, or where it makes none. */
    Keyed keyed(Receipt receipt) {
        try {
            facts.startAt(receipt.rows().get(0));
            refuseMalformed(receipt.rows());
            List<Row> rows = kept(receipt.rows());
            Row head = rows.isEmpty() ? null : rules.agreement().head(rows, facts);
            if (head == null || isSkipped(head, rows)) {
                return null;
            }
            facts.startAt(head);
            Rule rule = ruleFor(head, rows);
            String key = rule.keyed().isEmpty() ? null : rule.heading().key().id("key", facts);
            return key == null ? null : new Keyed(rule, key);
        } catch (Condition.Incomputable | RecordRejectedException dead) {
            return null;
        }
    }

    /** Whether a row that nobody asked for would be a sale or a refund. */
    boolean wouldMakeRecord(Row row) {
        Receipt receipt = new Receipt(List.of(row), null);
        Keyed keyed = keyed(receipt);
        try {
            return keyed != null && !keyed.rule().records(facts, receipt.rows()).isEmpty();
        } catch (Condition.Incomputable | RecordRejectedException none) {
            return false;
        }
    }

    /** Whether every one of its rows is left out for itself: such rows are no receipt. */
    boolean leavesOutAll(Receipt receipt) {
        List<Row> rows = receipt.rows();
        try {
            facts.startAt(rows.get(0));
            boolean whole = receipt.flaw() == null || receipt.flaw().rowsKept();
            return whole && (kept(rows).isEmpty() || rows.size() == 1 && rules.leavesOut(rows.get(0), facts));
        } catch (Condition.Incomputable | RecordRejectedException unknown) {
            return false; // Whoever translates it says so.
        }
    }

    Translation translate(Receipt receipt) {
        List<Row> rows = receipt.rows();
        translated++;
        facts.startAt(rows.get(0));
        Rule rule = null;
        Row head = rows.get(0);
        try {
            Receipt.Flaw flaw = receipt.flaw();
            if (flaw != null && !flaw.rowsKept()) {
                throw facts.fault(0, flaw.reason(), flaw.text());
            }
            if (rows.size() == 1 && rules.leavesOut(head, facts)) {
                return Translation.skipped(Reason.BY_PROFILE);
            }
            refuseMalformed(rows);
            Left left = left(rows);
            if (left.skipped() != null) {
                return Translation.skipped(left.skipped());
            }
            rows = left.rows();
            head = rules.agreement().head(rows, facts);
            facts.startAt(head);
            if (isSkipped(head, rows)) {
                return Translation.skipped(Reason.BY_PROFILE);
            }
            Rule found = ruleFor(left, head);
            rules.agreement().check(found, head, rows, facts);
            if (found.ignored() != null) {
                return Translation.skipped(found.ignored());
            }
            rules.ofName().check(rows, facts);
            facts.startAt(head);
            if (flaw != null) {
                throw facts.fault(0, flaw.reason(), flaw.text());
            }
            rule = found;
            List<PosRecord> records = rule.records(facts, rows);
            records.forEach(this::refuseTooManyLines);
            records.forEach(this::refuseMeetingKey);
            addToTotals(rule, head, rows, records);
            return isTooEarly(rule, head, records)
                    ? Translation.salesSkipped(records, Reason.BEFORE_PROGRAMME)
                    : Translation.of(records);
        } catch (Condition.Incomputable problem) {
            totals.unknown();
            return Translation.failed(
                    facts.fault(0, Reason.ROW_MALFORMED, problem.getMessage() + ". " + Reason.ROW_MALFORMED.remedy()),
                    null);
        } catch (RecordRejectedException problem) {
            BigDecimal total = totalOf(rule, head, rows);
            addToTotals(rule, head, rows, total);
            return Translation.failed(problem, total);
        }
    }

    private boolean isTooEarly(Rule rule, Row head, List<PosRecord> records) {
        for (PosRecord made : records) {
            facts.at(head);
            if (made instanceof Sale sale && rule.isTooEarly(facts, sale)) {
                return true;
            }
        }
        return false;
    }

    /** How many receipts were translated. */
    long translated() {
        return translated;
    }

    private void addToTotals(Rule rule, Row head, List<Row> rows, List<PosRecord> records) {
        if (counted() == null) {
            records.forEach(totals::add);
        } else {
            facts.at(head);
            totals.add(counted().of(facts, rows, rule instanceof RefundRule));
        }
    }

    /** The trailer, where it counts something else than what earns; else null. */
    private Trailer counted() {
        return rules.trailer() == null || rules.trailer().of() == null ? null : rules.trailer();
    }

    /** What a receipt that is bad for another reason comes to; null where its amount cannot be read. */
    private BigDecimal totalOf(Rule rule, Row head, List<Row> rows) {
        if (rule == null) {
            return null;
        }
        try {
            facts.startAt(head);
            return rule.control(facts, rows);
        } catch (RecordRejectedException | Condition.Incomputable unreadable) {
            return null;
        }
    }

    /** It still counts in the control total, where its amount can be read. */
    private void addToTotals(Rule rule, Row head, List<Row> rows, BigDecimal total) {
        if (rule == null || counted() == null) {
            totals.add(total);
            return;
        }
        try {
            facts.startAt(head);
            totals.add(counted().of(facts, rows, rule instanceof RefundRule));
        } catch (RecordRejectedException | Condition.Incomputable unreadable) {
            totals.unknown();
        }
    }

    private void refuseMeetingKey(PosRecord record) {
        if (returning == ReturningKeys.NONE || record.kind() == RecordKind.CUSTOMER) {
            return;
        }
        String problem = returning.problem(record.kind(), record.key());
        if (problem != null) {
            throw facts.fault(0, Reason.KEY_REPEATED, problem);
        }
    }

    private void refuseTooManyLines(PosRecord record) {
        int lines = record instanceof Sale sale
                ? sale.lines().size()
                : record instanceof Refund refund ? refund.lines().size() : 0;
        int most = rules.assembly().maxLines();
        if (lines > most) {
            throw facts.fault(
                    0,
                    Reason.RECEIPT_TOO_LARGE,
                    "the receipt has " + lines + " line items, expected at most " + most
                            + ". Correct it and replay, or raise receipt.max-lines in " + facts.profile() + ".");
        }
    }

    private void refuseMalformed(List<Row> rows) {
        for (Row row : rows) {
            if (row.fault() != null) {
                facts.at(row);
                throw facts.fault(0, Reason.ROW_MALFORMED, row.fault());
            }
            if (row.width() != row.expectedWidth()) {
                facts.at(row);
                throw facts.fault(
                        0,
                        Reason.ROW_MALFORMED,
                        "the row has " + row.width() + " fields, expected " + row.expectedWidth() + ". "
                                + Reason.ROW_MALFORMED.remedy());
            }
        }
    }

    /** What counts of a receipt's rows; or why nothing does; or that they are rows that no receipt names. */
    private record Left(List<Row> rows, Reason skipped, boolean stray) {}

    private Left left(List<Row> all) {
        List<Row> rows = kept(all);
        Joining joining = rules.joining();
        if (rows.isEmpty() || joining != null && joining.lostLead(all, rows)) {
            return new Left(rows, Reason.BY_PROFILE, false);
        }
        if (joining == null) {
            return new Left(rows, null, false);
        }
        if (joining.isStray(rows)) {
            return new Left(rows, null, true);
        }
        List<Row> joined = joining.of(rows, facts);
        return new Left(joined, joined.isEmpty() ? Reason.VOIDED : null, false);
    }

    /** Without the rows that are left out one by one. */
    private List<Row> kept(List<Row> rows) {
        List<Row> kept = rows;
        for (Skip skip : rules.skip()) {
            if (skip.rowOnly()) {
                kept = kept.stream()
                        .filter(row -> !skip.when().holds(row, facts))
                        .toList();
            }
        }
        return kept;
    }

    private boolean isSkipped(Row head, List<Row> rows) {
        for (Skip skip : rules.skip()) {
            if (!skip.rowOnly() && rules.agreement().skips(skip, head, rows, facts)) {
                return true;
            }
        }
        return false;
    }

    private Rule ruleFor(Left left, Row head) {
        return left.stray() ? ruleForStray(head, left.rows()) : ruleFor(head, left.rows());
    }

    /** Such rows make no record; what the profile leaves out by name is no fault. */
    private Rule ruleForStray(Row head, List<Row> rows) {
        for (Rule rule : rules.records()) {
            if (rules.agreement().isFor(rule, head, rows, facts)) {
                if (rule.ignored() != null) {
                    return rule;
                }
                break;
            }
        }
        throw rules.joining().stray(rows.get(0), facts);
    }

    private Rule ruleFor(Row head, List<Row> rows) {
        for (Rule rule : rules.records()) {
            if (rules.agreement().isFor(rule, head, rows, facts)) {
                return rule;
            }
        }
        throw facts.fault(
                0, Reason.KIND_UNKNOWN, "no rule under records holds for this row. " + Reason.KIND_UNKNOWN.remedy());
    }
}
