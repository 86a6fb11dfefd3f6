package dev.posbridge.vendor.draft;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a file's name says, as the pattern that a profile has for names: its day, and its store where one number is left. */
final class FileNameDraft {
    private static final Pattern DAY = Pattern.compile("(?<!\\d)(20\\d{2}-\\d{2}-\\d{2}|20\\d{6})(?!\\d)");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    /** Of an export, a layout or a vendor: no store. */
    private static final Pattern VERSION = Pattern.compile("(?i)(?<![a-z])v\\d+");

    private FileNameDraft() {}

    /** Empty where the name has no day: one without is often another every night. */
    static Optional<String> of(String name) {
        Matcher day = DAY.matcher(name);
        if (!day.find() || !isDay(day.group(1)) || name.indexOf('\'') >= 0) {
            return Optional.empty();
        }
        String written = day.group(1).length() == 8 ? "\\d{8}" : "\\d{4}-\\d{2}-\\d{2}";
        String before = name.substring(0, day.start());
        String after = name.substring(day.end());
        boolean oneNumber = !VERSION.matcher(before).find()
                && NUMBER.matcher(before).results().count() == 1
                && NUMBER.matcher(after).results().findAny().isEmpty();
        return Optional.of((oneNumber ? withStore(before) : literal(before)) + "(?<businessDate>" + written + ")"
                + literal(after));
    }

    private static boolean isDay(String text) {
        try {
            DateTimeFormatter form = text.length() == 8 ? DateTimeFormatter.BASIC_ISO_DATE : DateTimeFormatter.ISO_DATE;
            return LocalDate.parse(text, form).getYear() > 0;
        } catch (DateTimeException other) {
            return false;
        }
    }

    private static String withStore(String text) {
        Matcher number = NUMBER.matcher(text);
        return number.find()
                ? literal(text.substring(0, number.start())) + "(?<store>\\d+)" + literal(text.substring(number.end()))
                : literal(text);
    }

    /** Other numbers count something that differs from file to file. */
    private static String literal(String text) {
        return text.replaceAll("[.+*?()\\[\\]{}|^$\\\\]", "\\\\$0").replaceAll("\\d+", "\\\\d+");
    }
}
