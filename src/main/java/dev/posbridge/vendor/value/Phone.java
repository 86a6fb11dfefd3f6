package dev.posbridge.vendor.value;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import dev.posbridge.pos.Reason;

/**
 * A phone number in a column, made E.164.
 *
 * @param region two letters, where numbers without country code are from; null takes international numbers only
 */
public record Phone(Source from, String region) {
    private static final String INVALID = "";

    /** E.164 with its plus sign; null where the text is blank; {@code PHONE_INVALID} where it is no number. */
    public String of(Facts facts) {
        String text = from.of(facts);
        if (text.isBlank()) {
            return null;
        }
        String number = facts.phones(region).of(text, this::convert);
        if (number.equals(INVALID)) {
            String where = region == null ? "an international number (+...)" : "a number of region " + region;
            throw facts.fault(
                    from.column(facts),
                    Reason.PHONE_INVALID,
                    "phone number \"" + Masked.phone(text) + "\" is not valid, expected " + where + ". "
                            + Reason.PHONE_INVALID.remedy());
        }
        return number;
    }

    /**
     * A number of a possible length is taken: whether its range is in use today is a question to which any list is late.
     * One digit all over is what cashiers type for "none".
     */
    private String convert(String text) {
        try {
            PhoneNumberUtil util = PhoneNumberUtil.getInstance();
            PhoneNumber number = util.parse(text, region);
            boolean possible = util.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE;
            boolean typed =
                    Long.toString(number.getNationalNumber()).chars().distinct().count() > 1;
            return possible && typed ? util.format(number, PhoneNumberFormat.E164) : INVALID;
        } catch (NumberParseException notANumber) {
            return INVALID;
        }
    }
}
