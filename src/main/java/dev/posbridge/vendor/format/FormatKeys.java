package dev.posbridge.vendor.format;

import dev.posbridge.vendor.yaml.Section;
import dev.posbridge.vendor.yaml.Word;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys under {@code format} that several kinds of file share. */
public final class FormatKeys {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s*(B|KiB|MiB)?");
    private static final int LARGEST_ROW = 16 << 20;
    private static final int USUAL_ROW = 64 * 1024;

    private FormatKeys() {}

    public static List<String> texts(List<Word> words) {
        return words.stream().map(Word::text).toList();
    }

    public static Charset encoding(Section section) {
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

    /** {@code max-row}: most characters of a row, or of what becomes one. */
    public static int maxRow(Section section) {
        Word word = section.word("max-row");
        if (word == null) {
            return USUAL_ROW;
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
        return USUAL_ROW;
    }

    public static int count(Section section, String key, int otherwise) {
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
