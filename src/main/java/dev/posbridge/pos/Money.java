package dev.posbridge.pos;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Objects;

/** An exact amount in a currency. Two amounts are equal when their values are: 1.5 is 1.50. */
public record Money(BigDecimal amount, Currency currency) {
    public Money {
        Objects.requireNonNull(amount, "amount");
        Objects.requireNonNull(currency, "currency");
        amount = amount.stripTrailingZeros();
        if (amount.scale() < 0) {
            amount = amount.setScale(0);
        }
    }

    public boolean isNegative() {
        return amount.signum() < 0;
    }

    @Override
    public String toString() {
        int digits = Math.max(amount.scale(), Math.max(0, currency.getDefaultFractionDigits()));
        return amount.setScale(digits).toPlainString() + " " + currency.getCurrencyCode();
    }
}
