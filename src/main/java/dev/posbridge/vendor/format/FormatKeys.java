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

    /** The first of {@link #encodings}, for formats that read bytes themselves. */
    public static Charset encoding(Section section) {
        return encodings(section).get(0);
    }

    /** {@code encoding}: one, or several to be tried in order. Never empty. */
    public static List<Charset> encodings(Section section) {
        List<Word> words = section.words("encoding");
        if (words.isEmpty()) {
            return List.of(StandardCharsets.UTF_8);
        }
        List<Charset> encodings = words.stream().map(FormatKeys::charset).toList();
        for (int index = 0; words.size() > 1 && index < words.size(); index++) {
            if (!tellsItself(encodings.get(index))) {
                words.get(index)
                        .problem(
                                "encoding \"" + words.get(index).text()
                                        + "\" writes even plain letters otherwise and cannot be one of several. Give it alone.");
            }
        }
        return encodings;
    }

    /** Writes ASCII as ASCII, or shows by its zeros what it is. */
    private static boolean tellsItself(Charset encoding) {
        String letters = "Az09,;\t\n";
        return encoding.name().startsWith("UTF-16")
                || new String(letters.getBytes(encoding), StandardCharsets.US_ASCII).equals(letters);
    }

    private static Charset charset(Word word) {
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
