package dev.posbridge.vendor.value;

import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.format.Blank;
import dev.posbridge.vendor.format.Row;
import java.math.BigDecimal;
import java.util.Map;

/**
 * A number in a column, with its rules.
 *
 * @param what as the profile calls it ({@code total-paid}), for messages
 * @param sign what becomes of the till's sign
 * @param decimals the most it may have; {@link #ANY} where a price of fuel or a tax may be finer than its currency
 * @param impliedDecimals how many of the last digits are decimals without a mark before them; 0 for none
 */
public record Amount(String what, Source from, Numbers numbers, Sign sign, int decimals, int impliedDecimals) {
    /** As many decimals as there are. */
    public static final int ANY = -1;

    private static final int MOST_DIGITS = 12;
    private static final int GROUP = 3;
    private static final int LARGEST_GROUP = 1000;
    private static final String REFUND =
            "A sale that gives money back is a refund: give such rows a rule of kind refund or exchange in ";
    private static final String LINE =
            "A line that lowers what was paid is a reward, a discount or a return: say so under lines in ";
    /** What to do about a negative one; dropping its sign is right only where tills write what they mean as less. */
    private static final Map<String, String> NEGATIVE = Map.of(
            "amount",
            "Correct the row and replay, or set sign: reversed where refunds are written so, in ",
            "total-discount",
            "Correct the row and replay, or set absolute in ",
            "discount",
            "Correct the row and replay, or set absolute in ",
            "total-paid",
            REFUND,
            "total-price",
            REFUND,
            "price",
            LINE,
            "quantity",
            LINE);

    /** The number, not negative; a blank one is {@code VALUE_MISSING}. */
    public BigDecimal required(Facts facts) {
        return present(optional(facts), facts);
    }

    /** As {@link #signed}, but a blank one is {@code VALUE_MISSING}. */
    public BigDecimal requiredSigned(Facts facts) {
        return present(signed(facts), facts);
    }

    private BigDecimal present(BigDecimal found, Facts facts) {
        if (found == null) {
            throw facts.fault(
                    from.column(facts),
                    Reason.VALUE_MISSING,
                    what + " in \"" + name() + "\" is blank, expected a number. " + Reason.VALUE_MISSING.remedy());
        }
        return found;
    }

    /** The number, not negative; null where the text is blank. */
    public BigDecimal optional(Facts facts) {
        BigDecimal found = signed(facts);
        if (found == null || found.signum() >= 0) {
            return found;
        }
        if (sign.isDropped()) {
            return found.negate();
        }
        String remedy = NEGATIVE.get(what);
        if (sign.policy() == Sign.Policy.REVERSED) {
            throw invalid(
                    facts,
                    "has no minus, but sign: reversed says that such amounts have one. Correct the row and replay, or"
                            + " give rows that go the other way a rule of their own in " + facts.profile() + ".");
        }
        if (sign.flag() != null) {
            throw invalid(
                    facts,
                    "is negative by its sign in \"" + sign.flag().name() + "\", expected zero or more. "
                            + (REFUND.equals(remedy)
                                    ? remedy + facts.profile() + "."
                                    : "Correct the row and replay, or correct what negative and positive mean under sign in "
                                            + facts.profile() + "."));
        }
        throw invalid(
                facts,
                "is negative, expected zero or more. "
                        + (remedy == null ? "Correct the row and replay." : remedy + facts.profile() + "."));
    }

    /** Whether nothing but its marks can be what is wrong with it: no profile makes a number of a letter. */
    private boolean mayHaveOtherMarks(String text) {
        return impliedDecimals == 0 && text.chars().noneMatch(Character::isLetter);
    }

    /** Whether the till's sign says nothing. */
    public boolean dropsSign() {
        return sign.isDropped();
    }

    /** The number with its sign; one that is to be dropped is still there. Null where the text is blank. */
    public BigDecimal signed(Facts facts) {
        String text = from.of(facts);
        if (text.isEmpty() || Blank.is(text)) {
            return null;
        }
        BigDecimal found = numbers.parse(text);
        if (found == null) {
            throw invalid(
                    facts,
                    "is not a number. Correct the row and replay"
                            + (mayHaveOtherMarks(text) ? ", or set decimal in " + facts.profile() + "." : "."));
        }
        if (found.precision() - found.scale() > MOST_DIGITS) {
            throw facts.fault(
                    from.column(facts),
                    Reason.AMOUNT_INVALID,
                    what + " has more than " + MOST_DIGITS
                            + " digits before the point: that is another column's number. "
                            + Reason.AMOUNT_INVALID.remedy());
        }
        refuseForeign(text, facts);
        refuseTooFine(found, facts);
        BigDecimal written = impliedDecimals == 0 ? found : implied(found, facts);
        return sign.flag() == null ? sign.meant(written, what, facts) : meantByItsRow(written, facts);
    }

    /** A sign in a column of its own stands in the row of the number, which may be a later one of the receipt. */
    private BigDecimal meantByItsRow(BigDecimal written, Facts facts) {
        int[] slot = {-1};
        from.columns(each -> slot[0] = slot[0] < 0 ? each : slot[0]);
        Row head = facts.row();
        try {
            facts.at(slot[0] < 0 ? head : head.stating(slot[0]));
            return sign.meant(written, what, facts);
        } finally {
            facts.at(head);
        }
    }

    private BigDecimal implied(BigDecimal digits, Facts facts) {
        if (digits.scale() > 0) {
            throw invalid(
                    facts,
                    "has a decimal mark, expected digits of which the last " + impliedDecimals
                            + " are decimals. Correct the row and replay, or remove implied-decimals in "
                            + facts.profile() + ".");
        }
        return digits.movePointLeft(impliedDecimals);
    }

    private void refuseForeign(String text, Facts facts) {
        char first = text.charAt(0);
        char last = text.charAt(text.length() - 1);
        boolean bare = first <= '9' && first != '$' && last >= '0' && last <= '9';
        String sign = bare ? null : CurrencyWords.foreign(text, numbers.currency());
        if (sign != null) {
            throw facts.fault(
                    from.column(facts),
                    Reason.CURRENCY_REFUSED,
                    what + " \"" + Shown.text(text) + "\" has the sign " + sign + ", which is not the profile's "
                            + numbers.currency() + ". " + Reason.CURRENCY_REFUSED.remedy());
        }
    }

    /** 1.234 is 1234 in half of the world, 12.505 is a cent more or less: neither is for us to say. */
    private void refuseTooFine(BigDecimal found, Facts facts) {
        if (decimals == ANY || found.scale() <= decimals) {
            return;
        }
        boolean zeros = found.stripTrailingZeros().scale() <= decimals;
        long whole = found.abs().longValue();
        boolean mayBeGroups = found.scale() == GROUP && whole >= 1 && whole < LARGEST_GROUP;
        if (!zeros || mayBeGroups) {
            throw invalid(
                    facts,
                    "has " + found.scale() + " decimals, expected at most " + decimals
                            + (mayBeGroups ? ": it may mean " + found.unscaledValue() + ". " : ". ")
                            + "Correct the row and replay, or set "
                            + (mayBeGroups ? "decimal and thousands, or decimals, in " : "decimals in ")
                            + facts.profile()
                            + ".");
        }
    }

    private RuntimeException invalid(Facts facts, String problem) {
        return facts.fault(
                from.column(facts), Reason.AMOUNT_INVALID, what + " \"" + Shown.text(from.of(facts)) + "\" " + problem);
    }

    private String name() {
        return from.name();
    }
}
