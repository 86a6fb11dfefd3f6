package dev.posbridge.gameball;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Hides who a text is about, for logs and messages: {@code +966500001234} becomes {@code +9665****234}, and
 * {@code jane@x.org} becomes {@code j***@x.org}. Finds mobile numbers by their plus sign or by a word such
 * as the {@code mobile_} of our customer ids; bare digits are left alone, for they are receipts and order ids.
 */
public final class Masking {
    private static final Pattern EMAIL = Pattern.compile(
            "([\\p{L}\\p{N}])[\\p{L}\\p{N}._%+'-]{0,63}@((?:[\\p{L}\\p{N}-]{1,63}+\\.){1,8}[\\p{L}\\p{N}-]{2,63}+)");

    private static final Pattern MOBILE = Pattern.compile(
            "(?<![\\p{L}\\p{N}])(\\+|(?:mobile|phone|tel)[_:= \"-]{0,4}\\+?)(\\d(?:[ ().-]{0,2}\\d){6,14})(?!\\d)");

    private static final int SHOWN_BEFORE = 4;
    private static final int SHOWN_AFTER = 3;
    private static final int LONG_ENOUGH = 10;

    private Masking() {}

    /** The text with what is personal masked; null stays null. */
    public static String mask(String text) {
        if (text == null) {
            return null;
        }
        String withoutEmail = EMAIL.matcher(text).replaceAll("$1***@$2");
        return MOBILE.matcher(withoutEmail).replaceAll(Masking::masked);
    }

    private static String masked(MatchResult mobile) {
        String digits = mobile.group(2).replaceAll("\\D", "");
        int before = digits.length() >= LONG_ENOUGH ? SHOWN_BEFORE : 2;
        int after = digits.length() >= LONG_ENOUGH ? SHOWN_AFTER : 2;
        return mobile.group(1) + digits.substring(0, before) + "****" + digits.substring(digits.length() - after);
    }
}
