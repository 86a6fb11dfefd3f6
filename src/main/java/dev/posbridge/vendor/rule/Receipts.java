package dev.posbridge.vendor.rule;

import dev.posbridge.pos.LineItem;
import dev.posbridge.pos.Money;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.Store;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.value.Amount;
import dev.posbridge.vendor.value.Facts;
import dev.posbridge.vendor.value.Moments;
import dev.posbridge.vendor.value.Source;
import dev.posbridge.vendor.value.Template;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;

/**
 * What sales and refunds share.
 *
 * @param currencyFrom where a row names its own currency, or null
 * @param orderId template over {@code identity} and {@code key}
 * @param total the amount's column, or null where it is the sum of the lines
 * @param lines null where the file has no line items
 * @param businessDate null for the file's, else the day of sale
 * @param storeParts templates of merchant id, merchant name, branch id, branch name; each may be null
 */
public record Receipts(
        Currency currency,
        Source currencyFrom,
        Template orderId,
        Amount total,
        LinesPlan lines,
        Moments businessDate,
        Template[] storeParts) {

    public Receipts withTotal(Amount amount) {
        return new Receipts(currency, currencyFrom, orderId, amount, lines, businessDate, storeParts);
    }

    public Receipts withLines(LinesPlan plan, Moments day) {
        return new Receipts(currency, currencyFrom, orderId, total, plan, day, storeParts);
    }

    /** @param amountKey what the profile calls the amount */
    Fact.Collector facts(Fact.Collector facts, String amountKey) {
        return facts.add("currency", currencyFrom)
                .add(amountKey, total)
                .add("business-date", businessDate, row -> businessDate.dateOrNull(row))
                .add("merchant id", storeParts[0])
                .add("merchant name", storeParts[1])
                .add("branch id", storeParts[2])
                .add("branch name", storeParts[3]);
    }

    int[] rowColumns() {
        return lines == null || lines.when() == null ? new int[0] : lines.when().columns();
    }

    void checkCurrency(Facts facts) {
        String found = currencyFrom == null ? "" : currencyFrom.of(facts);
        if (!found.isBlank() && !found.equalsIgnoreCase(currency.getCurrencyCode())) {
            throw facts.fault(
                    currencyFrom.column(facts),
                    Reason.CURRENCY_REFUSED,
                    "currency \"" + found + "\" is not the profile's " + currency.getCurrencyCode() + ". "
                            + Reason.CURRENCY_REFUSED.remedy());
        }
    }

    List<LineItem> lineItems(Facts facts, List<Row> rows) {
        return lines == null ? List.of() : lines.of(facts, rows);
    }

    Money total(Facts facts, List<LineItem> items) {
        if (total != null) {
            return new Money(total.required(facts), currency);
        }
        int digits = Math.max(0, currency.getDefaultFractionDigits());
        return new Money(LinesPlan.sum(items).setScale(digits, RoundingMode.HALF_UP), currency);
    }

    BigDecimal control(Facts facts, List<Row> rows) {
        checkCurrency(facts);
        return total(facts, total == null ? lineItems(facts, rows) : List.of()).amount();
    }

    /** The order id of the sale with that key. */
    String orderId(String key, Facts facts) {
        String before = facts.key();
        facts.key(key);
        String made = Heading.bounded("order id", orderId.required("order-id", facts), facts);
        facts.key(before);
        return made;
    }

    LocalDate businessDate(Facts facts, LocalDate day) {
        LocalDate written = businessDate == null ? null : businessDate.dateOrNull(facts);
        if (written != null) {
            return written;
        }
        return facts.fileDate() == null ? day : facts.fileDate();
    }

    Store store(Facts facts) {
        String merchantId = text(0, facts);
        String merchantName = text(1, facts);
        String branchId = text(2, facts);
        String branchName = text(3, facts);
        boolean nothing = merchantId == null && merchantName == null && branchId == null && branchName == null;
        return nothing ? null : new Store(merchantId, merchantName, branchId, branchName);
    }

    private String text(int index, Facts facts) {
        Template template = storeParts[index];
        return template == null ? null : template.of(facts);
    }
}
