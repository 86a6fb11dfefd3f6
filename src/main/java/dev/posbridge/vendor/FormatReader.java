package dev.posbridge.vendor;

import dev.posbridge.vendor.format.Columns;
import dev.posbridge.vendor.format.CsvFormat;
import dev.posbridge.vendor.format.CsvSettings;
import dev.posbridge.vendor.format.Format;
import dev.posbridge.vendor.yaml.Section;
import dev.posbridge.vendor.yaml.Word;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code format}. A new {@code format.type} is read here. */
final class FormatReader {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s*(B|KiB|MiB)?");
    private static final int LARGEST_ROW = 16 << 20;

    private FormatReader() {}

    /**
     * A format before the profile's columns are known.
     *
     * @param columns all that rows can have, empty where only the file will tell
     * @param format makes the format of the columns that the profile uses, and those to drop
     */
    record Plan(List<String> columns, BiFunction<Columns, List<String>, Format> format) {}

    static Plan read(Section format) {
        format.requireKey("type");
        format.choice("type", List.of("csv"), "csv");
        CsvSettings settings = csv(format);
        format.refuseUnknown();
        return new Plan(settings.columns(), (columns, drop) -> new CsvFormat(settings, columns, drop));
    }

    private static CsvSettings csv(Section format) {
        boolean header = format.flag("header", true);
        if (!header) {
            format.requireKey("columns");
        }
        CsvSettings settings = new CsvSettings(
                character(format, "delimiter", ','),
                character(format, "quote", '"'),
                encoding(format),
                header,
                texts(format.words("columns")),
                texts(format.words("optional")),
                format.flag("trim", true),
                size(format),
                count(format, "max-columns", 1_000),
                format.choice("final-newline", List.of("required", "optional"), "optional")
                        .equals("required"));
        if (settings.delimiter() == settings.quote()) {
            format.problem("delimiter and quote are the same character.");
        }
        return settings;
    }

    static List<String> texts(List<Word> words) {
        return words.stream().map(Word::text).toList();
    }

    private static char character(Section section, String key, char otherwise) {
        Word word = section.word(key);
        if (word == null) {
            return otherwise;
        }
        switch (word.text().toLowerCase(Locale.ROOT)) {
            case "tab":
                return '\t';
            case "none":
                if (key.equals("quote")) {
                    return CsvSettings.NO_QUOTE;
                }
                break;
            default:
                if (word.text().length() == 1 && "\r\n".indexOf(word.text()) < 0) {
                    return word.text().charAt(0);
                }
        }
        word.problem("\"" + key + "\" is \"" + word.text() + "\", expected one character"
                + (key.equals("quote") ? ", or none." : ", or tab."));
        return otherwise;
    }

    private static Charset encoding(Section section) {
        Word word = section.word("encoding");
        if (word == null) {
            return StandardCharsets.UTF_8;
        }
        try {
            return Charset.forName(word.text());
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            word.problem("unknown encoding \"" + word.text()
                    + "\", expected one such as utf-8, windows-1252, iso-8859-1," + " windows-1256.");
            return StandardCharsets.UTF_8;
        }
    }

    private static int size(Section section) {
        Word word = section.word("max-row");
        if (word == null) {
            return 64 * 1024;
        }
        Matcher matcher = SIZE.matcher(word.text());
        if (matcher.matches()) {
            int shift = "KiB".equals(matcher.group(2)) ? 10 : "MiB".equals(matcher.group(2)) ? 20 : 0;
            long size = Long.parseLong(matcher.group(1)) << shift;
            if (size > 0 && size <= LARGEST_ROW) {
                return (int) size;
            }
        }
        word.problem("\"max-row\" is \"" + word.text() + "\", expected a size up to 16MiB, such as 64KiB.");
        return 64 * 1024;
    }

    static int count(Section section, String key, int otherwise) {
        Word word = section.word(key);
        if (word == null) {
            return otherwise;
        }
        if (!word.text().matches("[1-9]\\d{0,5}")) {
            word.problem("\"" + key + "\" is \"" + word.text() + "\", expected a number from 1 to 999999.");
            return otherwise;
        }
        return Integer.parseInt(word.text());
    }
}
