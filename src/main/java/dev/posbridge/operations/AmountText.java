package dev.posbridge.operations;

import java.math.BigDecimal;
import java.util.Locale;

/** Money without its currency: all digits that it has, and two decimals at least. A fils is not rounded away. */
public final class AmountText {
    private AmountText() {}

    /** For people: {@code 1,234.50}. */
    public static String shown(BigDecimal amount) {
        int decimals = Math.max(2, amount.stripTrailingZeros().scale());
        return String.format(Locale.ROOT, "%,." + decimals + "f", amount);
    }

    /** For programs: {@code 1234.50}. */
    public static String plain(BigDecimal amount) {
        return (amount.scale() < 2 ? amount.setScale(2) : amount).toPlainString();
    }
}
