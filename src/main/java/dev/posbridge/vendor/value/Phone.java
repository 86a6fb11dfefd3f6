package dev.posbridge.vendor.value;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.format.Blank;

/**
 * A mobile number in a column, made E.164. The library decides whether a number is valid and a mobile's; where a country
 * numbers both alike, as North America does, it is taken.
 *
 * @param region two letters, where numbers without country code are from; null takes international numbers only
 * @param dropped whether a receipt with a bad number goes on without it; else it is refused
 * @param mixed whether e-mail addresses stand in the same column
 */
public record Phone(Source from, String region, boolean dropped, boolean mixed) {
    private static final String INVALID = "";
    private static final int MOST_CHARACTERS = 60;

    /** E.164 with its plus sign; null where there is none; {@code PHONE_INVALID} where it is no mobile number. */
    public String of(Facts facts) {
        String cell = from.of(facts);
        if (cell.isEmpty()) {
            return null;
        }
        String text = mixed ? ContactCell.withoutAddress(cell) : cell;
        if (Blank.is(text) || IdText.meansNothing(text)) {
            return null;
        }
        String number = facts.phones(region).of(text, this::convert);
        if (!number.equals(INVALID)) {
            return number;
        }
        if (dropped) {
            facts.drop("mobile");
            return null;
        }
        String where = region == null ? "an international mobile number (+...)" : "a mobile number of region " + region;
        throw facts.fault(
                from.column(facts),
                Reason.PHONE_INVALID,
                "phone number \"" + Masked.phone(Shown.text(text)) + "\" is not valid, expected " + where + ". "
                        + Reason.PHONE_INVALID.remedy());
    }

    private String convert(String text) {
        String plain = plain(text);
        if (plain.isEmpty() || plain.length() > MOST_CHARACTERS) {
            return INVALID;
        }
        String known = PlainMobiles.e164(region, plain);
        if (known != null) {
            return known;
        }
        String number = mobile(plain);
        return number.equals(INVALID) ? repaired(plain) : number;
    }

    /** In ASCII, without what a spreadsheet adds: text marks, and the decimals of a number that it took for one. */
    private static String plain(String text) {
        if (isDigits(text)) {
            return text;
        }
        StringBuilder made = new StringBuilder(text.length());
        for (char found : text.toCharArray()) {
            if (!Blank.isShapeless(found)) {
                made.append(Blank.is(found) ? ' ' : Digits.plain(found));
            }
        }
        String plain = made.toString().strip();
        if (plain.startsWith("=\"") && plain.endsWith("\"") && plain.length() > 3) {
            plain = plain.substring(2, plain.length() - 1);
        }
        plain = plain.startsWith("'") ? plain.substring(1) : plain;
        if (plain.matches(".*\\d[eE]\\+?\\d.*")) {
            return "";
        }
        return plain.replaceFirst("^(\\+?\\d{6,})[.,]0+$", "$1");
    }

    private static boolean isDigits(String text) {
        for (int index = 0; index < text.length(); index++) {
            char found = text.charAt(index);
            if ((found < '0' || found > '9') && (found != '+' || index > 0)) {
                return false;
            }
        }
        return true;
    }

    private String mobile(String text) {
        try {
            PhoneNumberUtil util = PhoneNumberUtil.getInstance();
            PhoneNumber number = util.parse(text, region);
            return !isOneDigit(number.getNationalNumber()) && isMobile(util, number)
                    ? util.format(number, PhoneNumberFormat.E164)
                    : INVALID;
        } catch (NumberParseException notANumber) {
            return INVALID;
        }
    }

    /** Typed by somebody who wanted to be asked no further. */
    private static boolean isOneDigit(long number) {
        long left = number;
        while (left >= 10 && left % 10 == left / 10 % 10) {
            left /= 10;
        }
        return left < 10;
    }

    private static boolean isMobile(PhoneNumberUtil util, PhoneNumber number) {
        return switch (util.getNumberType(number)) {
            case MOBILE, FIXED_LINE_OR_MOBILE -> true;
            default -> isOfNobody(number);
        };
    }

    /** The mobile numbers that Ofcom keeps for films, and everybody's examples use. */
    private static boolean isOfNobody(PhoneNumber number) {
        return number.getCountryCode() == 44 && number.getNationalNumber() / 1000 == 7_700_900L;
    }

    /** A country code that was put before a number that had one. */
    private String repaired(String text) {
        String digits = text.replaceAll("[\\s().-]", "").replaceFirst("^\\+", "");
        if (!digits.matches("\\d{8,22}")) {
            return INVALID;
        }
        String code = region == null ? doubledCode(digits) : code(region);
        String left = digits.replaceFirst("^0{1,2}", "");
        if (code.isEmpty() || !left.startsWith(code)) {
            return INVALID;
        }
        left = left.substring(code.length()).replaceFirst("^00", "");
        left = left.startsWith(code) ? left.substring(code.length()) : left;
        return mobile("+" + code + left);
    }

    private static String code(String region) {
        return Integer.toString(PhoneNumberUtil.getInstance().getCountryCodeForRegion(region));
    }

    /** The country code that an international number begins with twice; "" where it does not. */
    private static String doubledCode(String digits) {
        for (int length = 1; length <= 3; length++) {
            String code = digits.substring(0, length);
            boolean known = !PhoneNumberUtil.getInstance()
                    .getRegionCodeForCountryCode(Integer.parseInt(code))
                    .equals("ZZ");
            if (known) {
                return digits.substring(length).replaceFirst("^00", "").startsWith(code) ? code : "";
            }
        }
        return "";
    }
}
