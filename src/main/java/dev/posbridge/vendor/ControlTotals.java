package dev.posbridge.vendor;

import dev.posbridge.FileRejectedException;
import dev.posbridge.RecordRejectedException;
import dev.posbridge.pos.Money;
import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.Refund;
import dev.posbridge.pos.Sale;
import dev.posbridge.vendor.rule.Trailer;
import dev.posbridge.vendor.value.Facts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;

/**
 * What a file's receipts come to, to be compared with what its trailer says. One amount that nobody can read makes the
 * total unknown; then only the count is compared.
 */
final class ControlTotals {
    private final Currency currency;
    private final List<Control> compared = new ArrayList<>();
    private BigDecimal sum = BigDecimal.ZERO;
    private boolean unknown;

    ControlTotals(Currency currency) {
        this.currency = currency;
    }

    void add(PosRecord record) {
        if (record instanceof Sale sale) {
            sum = sum.add(sale.totalPaid().amount());
        } else if (record instanceof Refund refund) {
            add(refund.wholeSale() ? null : refund.amount().amount().negate());
        }
    }

    /** @param amount null where nobody can know it */
    void add(BigDecimal amount) {
        if (amount == null) {
            unknown = true;
        } else {
            sum = sum.add(amount);
        }
    }

    boolean isUnknown() {
        return unknown;
    }

    void unknown() {
        unknown = true;
    }

    /** What the trailer was compared with, each as far as it came. */
    List<Control> compared() {
        return List.copyOf(compared);
    }

    /** @throws FileRejectedException CONTROL_TOTALS_WRONG, with what the trailer says and what was found */
    void check(Trailer trailer, Facts facts, long rows, long receipts) {
        if (trailer.count() != null) {
            long found = trailer.ofReceipts() ? receipts : rows;
            String declared = trailer.count().of(facts).strip();
            String what = trailer.ofReceipts() ? " receipts" : " rows";
            boolean fits = declared.matches("0*" + found);
            compared.add(new Control(what.strip(), declared, Long.toString(found), fits));
            if (!fits) {
                throw wrong(
                        facts, "the trailer says \"" + declared + "\"" + what + ", the file has " + found + what + ".");
            }
        }
        if (trailer.total() == null) {
            return;
        }
        BigDecimal declared = declared(trailer, facts);
        boolean fits = declared.subtract(sum).abs().compareTo(trailer.tolerance()) <= 0;
        compared.add(new Control(
                "money",
                new Money(declared, currency).toString(),
                unknown ? null : new Money(sum, currency).toString(),
                unknown || fits));
        if (!unknown && !fits) {
            throw wrong(
                    facts,
                    "the trailer says " + new Money(declared, currency) + ", the receipts come to "
                            + new Money(sum, currency)
                            + (trailer.tolerance().signum() == 0
                                    ? "."
                                    : ", expected the same within "
                                            + trailer.tolerance().toPlainString() + "."));
        }
    }

    private static BigDecimal declared(Trailer trailer, Facts facts) {
        String text = trailer.total().from().of(facts);
        if (trailer.total().numbers().parse(text) == null) {
            throw wrong(facts, "the trailer's total \"" + text + "\" is not a number.");
        }
        try {
            return trailer.total().signed(facts);
        } catch (RecordRejectedException problem) {
            throw new FileRejectedException(
                    facts.position(),
                    Reason.CONTROL_TOTALS_WRONG,
                    problem.getMessage().substring(problem.position().toString().length() + 2),
                    problem);
        }
    }

    private static FileRejectedException wrong(Facts facts, String text) {
        return new FileRejectedException(
                facts.position(), Reason.CONTROL_TOTALS_WRONG, text + " " + Reason.CONTROL_TOTALS_WRONG.remedy());
    }
}
