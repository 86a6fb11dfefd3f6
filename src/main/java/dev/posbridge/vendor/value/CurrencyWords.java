package dev.posbridge.vendor.value;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What stands beside an amount for its currency: the code, a sign, or what people there call it. Only what the currency may
 * be called is taken off; signs go whosesoever they are, and {@link #foreign} tells which were not ours.
 */
final class CurrencyWords {
    private static final Map<String, List<String>> WORDS = Map.ofEntries(
            Map.entry("AED", List.of("Dhs", "Dh", "DH", "\u062F.\u0625", "\u062F\u0631\u0647\u0645")),
            Map.entry("BHD", List.of("BD", "\u062F.\u0628", "\u062F\u064A\u0646\u0627\u0631")),
            Map.entry("BRL", List.of("R$")),
            Map.entry("CHF", List.of("Fr", "SFr")),
            Map.entry("CNY", List.of("\u00A5", "\uFFE5", "\u5143", "RMB")),
            Map.entry("CZK", List.of("K\u010D")),
            Map.entry("DKK", List.of("kr")),
            Map.entry("EGP", List.of("LE", "E\u00A3", "\u00A3", "\u062C.\u0645", "\u062C\u0646\u064A\u0647")),
            Map.entry("EUR", List.of("\u20AC", "Euro")),
            Map.entry("GBP", List.of("\u00A3")),
            Map.entry("HUF", List.of("Ft")),
            Map.entry("IDR", List.of("Rp")),
            Map.entry("ILS", List.of("\u20AA")),
            Map.entry("INR", List.of("\u20B9", "Rs", "\u20A8")),
            Map.entry("ISK", List.of("kr")),
            Map.entry("JOD", List.of("JD", "\u062F.\u0627", "\u062F\u064A\u0646\u0627\u0631")),
            Map.entry("JPY", List.of("\u00A5", "\uFFE5", "\u5186")),
            Map.entry("KRW", List.of("\u20A9", "\uC6D0")),
            Map.entry("KWD", List.of("KD", "\u062F.\u0643", "\u062F\u064A\u0646\u0627\u0631")),
            Map.entry("MYR", List.of("RM")),
            Map.entry("NGN", List.of("\u20A6")),
            Map.entry("NOK", List.of("kr")),
            Map.entry("OMR", List.of("RO", "R.O", "\u0631.\u0639", "\u0631\u064A\u0627\u0644")),
            Map.entry("PEN", List.of("S/")),
            Map.entry("PHP", List.of("\u20B1")),
            Map.entry("PKR", List.of("Rs", "\u20A8")),
            Map.entry("PLN", List.of("z\u0142")),
            Map.entry("QAR", List.of("QR", "\u0631.\u0642", "\u0631\u064A\u0627\u0644")),
            Map.entry("RON", List.of("lei")),
            Map.entry("RUB", List.of("\u20BD", "\u0440\u0443\u0431")),
            Map.entry("SAR", List.of("SR", "\u20C1", "\uFDFC", "\u0631.\u0633", "\u0631\u064A\u0627\u0644")),
            Map.entry("SEK", List.of("kr")),
            Map.entry("THB", List.of("\u0E3F")),
            Map.entry("TRY", List.of("\u20BA", "TL")),
            Map.entry("UAH", List.of("\u20B4", "\u0433\u0440\u043D")),
            Map.entry("VND", List.of("\u20AB", "\u0111")),
            Map.entry("ZAR", List.of("R")));
    private static final String DOLLARS =
            "USD AUD CAD NZD SGD HKD TWD MXN CLP COP ARS UYU DOP JMD TTD BBD BSD BND FJD XCD NAD "
                    + "BZD GYD LRD SRD KYD BMD CUP";

    private CurrencyWords() {}

    /** A sign in the text that belongs to other currencies only; null where there is none. */
    static String foreign(String text, String currency) {
        for (int index = 0; index < text.length(); index++) {
            char found = text.charAt(index);
            String sign = String.valueOf(found);
            if (isSign(found) && found != '\u00A4' && !of(currency).contains(sign) && isKnown(sign)) {
                return sign;
            }
        }
        return null;
    }

    private static boolean isKnown(String sign) {
        return sign.equals("$") || WORDS.values().stream().anyMatch(words -> words.contains(sign));
    }

    private static boolean isSign(char found) {
        return Character.getType(found) == Character.CURRENCY_SYMBOL;
    }

    /** The text without one such word, or any sign, at its start, and one at its end. */
    static String without(String text, String currency) {
        String left = withoutWords(text, currency);
        if (!left.isEmpty() && isSign(left.charAt(0))) {
            left = left.substring(1);
        }
        int last = left.length() - 1;
        return last >= 0 && isSign(left.charAt(last)) ? left.substring(0, last) : left;
    }

    private static String withoutWords(String text, String currency) {
        String left = text;
        for (String word : of(currency)) {
            if (left.regionMatches(true, 0, word, 0, word.length())) {
                left = left.substring(word.length());
                // "Rs. 12": a point behind a word, unless it begins the decimals.
                boolean point = left.startsWith(".") && (left.length() == 1 || !Character.isDigit(left.charAt(1)));
                left = point ? left.substring(1) : left;
                break;
            }
        }
        for (String word : of(currency)) {
            String trimmed = left.endsWith(word + ".") ? left.substring(0, left.length() - 1) : left;
            if (trimmed.regionMatches(true, trimmed.length() - word.length(), word, 0, word.length())) {
                return trimmed.substring(0, trimmed.length() - word.length());
            }
        }
        return left;
    }

    /** Longest first. */
    private static List<String> of(String currency) {
        List<String> words = new ArrayList<>(WORDS.getOrDefault(currency, List.of()));
        words.add(currency);
        words.add("\u00A4");
        if (DOLLARS.contains(currency)) {
            words.add("$");
            words.add(currency.substring(0, 2) + "$");
            words.add(currency.charAt(0) + "$");
        }
        words.sort(Comparator.comparingInt(String::length).reversed());
        return words;
    }
}
