package dev.posbridge.vendor.rule;

import dev.posbridge.pos.LineItem;
import dev.posbridge.pos.Money;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.Store;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.value.Condition;
import dev.posbridge.vendor.value.DayEnd;
import dev.posbridge.vendor.value.Facts;
import dev.posbridge.vendor.value.Moments;
import dev.posbridge.vendor.value.Source;
import dev.posbridge.vendor.value.Template;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Objects;

/**
 * What sales and refunds share.
 *
 * @param currencyFrom where a row names its own currency, or null
 * @param orderId template over {@code identity} and {@code key}
 * @param total the amount, or null where a refund takes back all of its sale
 * @param balance what the amount must come to, or null
 * @param lines null where the file has no line items
 * @param businessDate null for the file's, else the day of sale
 * @param dayEnds when the day of sale ends, null for midnight
 * @param earnFrom first day on which the receipt's store earns, null for all
 * @param storeParts templates of merchant id, merchant name, branch id, branch name; each may be null
 */
public record Receipts(
        Currency currency,
        Source currencyFrom,
        Template orderId,
        Sum total,
        Balance balance,
        LinesPlan lines,
        Moments businessDate,
        DayEnd dayEnds,
        Moments earnFrom,
        Template[] storeParts) {

    public Receipts withTotal(Sum amount) {
        return new Receipts(
                currency, currencyFrom, orderId, amount, balance, lines, businessDate, dayEnds, earnFrom, storeParts);
    }

    public Receipts withBalance(Balance own) {
        return new Receipts(
                currency, currencyFrom, orderId, total, own, lines, businessDate, dayEnds, earnFrom, storeParts);
    }

    public Receipts withDays(DayEnd ends, Moments earning) {
        return new Receipts(
                currency, currencyFrom, orderId, total, balance, lines, businessDate, ends, earning, storeParts);
    }

    public Receipts withLines(LinesPlan plan, Moments day) {
        return new Receipts(currency, currencyFrom, orderId, total, balance, plan, day, dayEnds, earnFrom, storeParts);
    }

    /** @param amountKey what the profile calls the amount */
    Fact.Collector facts(Fact.Collector facts, String amountKey) {
        return facts.add("currency", currencyFrom)
                .add(amountKey, total)
                .add("balance", balance == null ? null : balance.of())
                .add("balance", balance == null ? null : balance.with())
                .add("business-date", businessDate, row -> businessDate.dateOrNull(row))
                .add("day-ends", dayEnds == null ? null : dayEnds.from())
                .add("earn-from", earnFrom, row -> earnFrom == null ? null : earnFrom.dateOrNull(row))
                .add("merchant id", storeParts[0])
                .add("merchant name", storeParts[1])
                .add("branch id", storeParts[2])
                .add("branch name", storeParts[3]);
    }

    /** The column in which rows state the branch's id; null where they do not, or where it is made of several. */
    public Source branchColumn() {
        Source only = storeParts[2] == null ? null : storeParts[2].only();
        return only instanceof Source.Column || only instanceof Source.Blanked ? only : null;
    }

    List<Condition> rowConditions() {
        List<Condition> conditions = new ArrayList<>(lines == null ? List.of() : lines.conditions());
        for (Sum sum :
                Arrays.asList(total, balance == null ? null : balance.of(), balance == null ? null : balance.with())) {
            if (sum != null) {
                sum.terms().stream()
                        .map(Sum.Term::when)
                        .filter(Objects::nonNull)
                        .forEach(conditions::add);
            }
        }
        return conditions;
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

    int digits() {
        return Math.max(0, currency.getDefaultFractionDigits());
    }

    Basket basket(Facts facts, List<Row> rows) {
        return lines == null ? Basket.empty(digits()) : lines.of(facts, rows);
    }

    /** As {@link #basket}, with what was taken back put aside. */
    Basket exchange(Facts facts, List<Row> rows) {
        return lines.of(facts, rows, true);
    }

    /** The receipt's amount, after its parts were compared with each other. */
    Money total(Facts facts, List<Row> rows, Basket basket) {
        Money found = new Money(total.required(facts, rows, basket), currency);
        if (balance != null) {
            balance.check(facts, rows, basket);
        }
        return found;
    }

    /** The items as Gameball takes them. */
    List<LineItem> legal(Facts facts, Basket basket) {
        if (basket.sum().signum() < 0) {
            throw facts.fault(
                    0,
                    Reason.AMOUNT_INVALID,
                    "the lines come to " + basket.sum().toPlainString() + ", expected zero or more. Correct the row and"
                            + " replay; lines that are given back belong to a rule of kind refund (with sign: reversed)"
                            + " or exchange in " + facts.profile() + ".");
        }
        return basket.legal();
    }

    BigDecimal control(Facts facts, List<Row> rows) {
        checkCurrency(facts);
        Basket basket = total.usesLines() ? basket(facts, rows) : Basket.empty(digits());
        return total.required(facts, rows, basket);
    }

    /** The order id of the sale with that key. */
    String orderId(String key, Facts facts) {
        String before = facts.key();
        facts.key(key);
        String made = Heading.bounded("order id", orderId.required("order-id", facts), facts);
        facts.key(before);
        return made;
    }

    LocalDate businessDate(Facts facts, Moments.Moment sold) {
        LocalDate written = businessDate == null ? null : businessDate.dateOrNull(facts);
        if (written != null) {
            facts.plausible().check("business-date", written, businessDate.column(facts), facts);
            facts.plausible().checkTogether(written, sold.date(), businessDate.column(facts), facts);
            return written;
        }
        if (facts.fileDate() != null) {
            return facts.fileDate();
        }
        return dayOf(sold, facts);
    }

    /** The business day of a time. */
    LocalDate dayOf(Moments.Moment time, Facts facts) {
        return dayEnds == null ? time.date() : dayEnds.dayOf(LocalDateTime.ofInstant(time.at(), time.zone()), facts);
    }

    /** Whether a sale of that day earns nothing, because its store was not part of the programme yet. */
    boolean isTooEarly(Facts facts, LocalDate day) {
        LocalDate first = earnFrom == null ? null : earnFrom.dateOrNull(facts);
        return first != null && day.isBefore(first);
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
