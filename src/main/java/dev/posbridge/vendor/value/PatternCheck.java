package dev.posbridge.vendor.value;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Refuses date patterns that cannot say what they read: java.time takes {@code hh:mm} and reads five past nine in the
 * evening as morning, takes {@code YYYY} and is a year off at New Year, takes {@code dd.mm.yyyy} and reads minutes.
 */
final class PatternCheck {
    private static final String HOURS = "HhKk";

    /** Runs of letters outside quotes: how long, and how often. */
    private final Map<Character, Integer> widths = new LinkedHashMap<>();

    private PatternCheck() {}

    /** @throws IllegalArgumentException with what is wrong and what to write instead */
    static void refuse(String pattern) {
        PatternCheck check = new PatternCheck();
        check.read(pattern);
        if (pattern.contains("'Z'")) {
            throw wrong("'Z' in quotes passes over the offset, so that UTC is read as local time. Write XXX");
        }
        check.refuseLookAlikes();
        check.refuseMissing();
        check.refuseHours();
    }

    private void read(String pattern) {
        boolean quoted = false;
        for (int index = 0; index < pattern.length(); index++) {
            char letter = pattern.charAt(index);
            quoted ^= letter == '\'';
            boolean starts = index == 0 || pattern.charAt(index - 1) != letter;
            if (quoted || !Character.isLetter(letter) || !starts) {
                continue;
            }
            int end = index;
            while (end < pattern.length() && pattern.charAt(end) == letter) {
                end++;
            }
            if (widths.put(letter, end - index) != null && pattern.indexOf('[') < 0) {
                throw wrong(letter + " stands in it twice" + (letter == 'M' ? ". Minutes are mm, months MM" : ""));
            }
        }
    }

    @SuppressWarnings("PMD.CyclomaticComplexity") // A table of letters.
    private void refuseLookAlikes() {
        if (has('Y')) {
            throw wrong("Y is the year of the week, another than the calendar's around New Year. Write yyyy");
        } else if (has('D') && (widths.get('D') != 3 || has('M') || has('d'))) {
            throw wrong("D counts the days of the year. Write dd");
        } else if (has('m') && !has('M') && !has('L') && !has('D')) {
            throw wrong("mm are minutes, and no month is named. Write MM for the month");
        }
        for (char letter : "wWeFQqcB".toCharArray()) {
            if (has(letter)) {
                throw wrong(letter + " says no day, and no time, for itself. Write day, month and year");
            }
        }
    }

    private void refuseMissing() {
        boolean day = has('d') && (has('M') || has('L')) || has('D');
        if (!day || !(has('y') || has('u'))) {
            throw wrong("it names no day, month and year");
        }
    }

    @SuppressWarnings("PMD.CyclomaticComplexity") // A table of letters.
    private void refuseHours() {
        long hours = HOURS.chars().filter(letter -> has((char) letter)).count();
        if (hours > 1) {
            throw wrong("it names the hour in two ways. Write HH, or h and a");
        } else if (has('k')) {
            throw wrong(
                    "k counts from one, and reads 24:10 as ten past midnight of the same day. Write HH, and hours: 36"
                            + " where hours go on after midnight");
        } else if ((has('h') || has('K')) && !has('a')) {
            throw wrong("h counts to twelve, and nothing says whether before or after noon. Write HH, or add a");
        } else if (has('a') && hours == 0) {
            throw wrong("a says before or after noon, but no hour is named. Add h");
        } else if (has('m') && hours == 0) {
            throw wrong("it has minutes, but no hour. Write HH:mm");
        } else if (has('s') && !has('m') || has('S') && !has('s')) {
            throw wrong("it has parts of a time without those before them. Write HH:mm:ss");
        } else if (hours == 1 && !has('m') && has('s')) {
            throw wrong("it has seconds, but no minutes");
        }
    }

    private boolean has(char letter) {
        return widths.containsKey(letter);
    }

    private static IllegalArgumentException wrong(String problem) {
        return new IllegalArgumentException(problem);
    }
}
