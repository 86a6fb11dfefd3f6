package dev.posbridge.vendor.draft;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.posbridge.ConfigurationException;
import dev.posbridge.FileProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * How a text file is written, judged by its beginning.
 *
 * @param encoding as a profile names it
 * @param preamble rows of a report before the table begins
 * @param hasHeader whether the table's first row names its columns; else they are called c1, c2, ...
 * @param columns their names, in the file's order
 * @param rows what follows, all as wide as the header; rows of other widths are left out
 * @param otherWidths how many were left out
 */
record FileLook(
        String encoding,
        char delimiter,
        int preamble,
        boolean hasHeader,
        List<String> columns,
        List<List<String>> rows,
        long otherWidths) {
    private static final int LOOKED_AT = 512 * 1024;
    private static final int MOST_ROWS = 5_000;
    private static final int MOST_PREAMBLE = 30;
    private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');

    /**
     * Null where no delimiter makes a table of it.
     *
     * @throws ConfigurationException where it is no text
     */
    static FileLook at(Path file) {
        byte[] bytes = beginning(file);
        refuseOthers(file, bytes);
        String encoding = encoding(bytes);
        String text = decoded(bytes, encoding);
        if (bytes.length == LOOKED_AT) {
            text = text.substring(0, Math.max(0, text.lastIndexOf('\n')) + 1);
        }
        FileLook best = null;
        for (char delimiter : DELIMITERS) {
            FileLook look = parsed(encoding, delimiter, text);
            if (look != null && (best == null || look.weight() > best.weight())) {
                best = look;
            }
        }
        return best;
    }

    /** The file's first lines, for those that no delimiter parts. */
    static List<String> lines(Path file) {
        byte[] bytes = beginning(file);
        List<String> lines = decoded(bytes, encoding(bytes))
                .lines()
                .filter(line -> !line.isBlank())
                .limit(MOST_ROWS)
                .toList();
        return bytes.length == LOOKED_AT ? lines.subList(0, lines.size() - 1) : lines;
    }

    /** The encoding as a profile names it, judged by the file's first bytes. */
    static String encodingOf(Path file) {
        return encoding(beginning(file));
    }

    /** Fields that fit: many columns over many rows are no accident. */
    private long weight() {
        return (long) (columns.size() - 1) * (rows.size() + 1);
    }

    private static byte[] beginning(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(LOOKED_AT);
        } catch (IOException problem) {
            throw new ConfigurationException(FileProblem.of(file, problem) + ". Give a file of the vendor's.", problem);
        }
    }

    @SuppressWarnings("PMD.CyclomaticComplexity") // A table of first bytes.
    private static void refuseOthers(Path file, byte[] bytes) {
        int first = bytes.length == 0 ? -1 : bytes[0] & 0xFF;
        int second = bytes.length < 2 ? -1 : bytes[1] & 0xFF;
        String found = null;
        if (first < 0) {
            found = "nothing: the file is empty";
        } else if (first == 'P' && second == 'K') {
            found = "a zip archive or a spreadsheet (XLSX)";
        } else if (first == 0x1F && second == 0x8B) {
            found = "a gzip archive";
        } else if (first == '<') {
            found = "XML or HTML";
        } else if (first == '{' || first == '[') {
            found = "JSON";
        } else if (first == '%' && second == 'P') {
            found = "a PDF";
        } else if (first == 0x03 || first == 0x83) {
            found = "a dBASE table";
        }
        if (found != null) {
            throw new ConfigurationException(file + ": found " + found
                    + ", expected delimited text. Unpack it, or copy the built-in profile whose format.type is nearest to it"
                    + " ('./posbridge vendor list') and change its columns.");
        }
    }

    private static String encoding(byte[] bytes) {
        int first = bytes[0] & 0xFF;
        int second = bytes.length < 2 ? 0 : bytes[1] & 0xFF;
        if (first == 0xFF && second == 0xFE || first == 0xFE && second == 0xFF) {
            return "utf-16";
        }
        CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = strict.decode(ByteBuffer.wrap(bytes), out, false);
        return result.isError() ? "windows-1252" : "utf-8";
    }

    private static String decoded(byte[] bytes, String encoding) {
        try {
            String text = Charset.forName(encoding)
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException impossible) {
            throw new UncheckedIOException("malformed bytes are replaced", impossible);
        }
    }

    private static FileLook parsed(String encoding, char delimiter, String text) {
        List<List<String>> all = records(delimiter, text);
        int width = commonWidth(all);
        if (width < 2) {
            return null;
        }
        int start = 0;
        while (start < all.size() && start < MOST_PREAMBLE && all.get(start).size() != width) {
            start++;
        }
        List<String> first = all.get(start);
        boolean header = isHeader(first);
        List<String> columns = new ArrayList<>();
        for (int index = 0; index < width; index++) {
            columns.add(header ? first.get(index) : "c" + (index + 1));
        }
        List<List<String>> rows = new ArrayList<>();
        long others = 0;
        for (List<String> row : all.subList(start + (header ? 1 : 0), all.size())) {
            if (row.size() == width) {
                rows.add(row);
            } else if (row.size() > 1) {
                others++;
            }
        }
        return new FileLook(encoding, delimiter, start, header, columns, rows, others);
    }

    private static List<List<String>> records(char delimiter, String text) {
        List<List<String>> all = new ArrayList<>();
        try (CsvReader<CsvRecord> reader =
                CsvReader.builder().fieldSeparator(delimiter).ofCsvRecord(text)) {
            for (CsvRecord record : reader) {
                all.add(record.getFields().stream().map(String::strip).toList());
                if (all.size() == MOST_ROWS) {
                    break;
                }
            }
        } catch (CsvParseException broken) {
            return all; // Not parted by this; what came before counts for what it is.
        } catch (IOException problem) {
            throw new UncheckedIOException("a text in memory cannot be read", problem);
        }
        return all;
    }

    private static int commonWidth(List<List<String>> rows) {
        Map<Integer, Integer> counts = new HashMap<>();
        rows.forEach(row -> counts.merge(row.size(), 1, Integer::sum));
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey() > 1)
                .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(0);
    }

    /** Names are there, differ, and are no values. */
    private static boolean isHeader(List<String> row) {
        return new HashSet<>(row).size() == row.size()
                && row.stream().noneMatch(name -> name.isBlank() || ColumnFacts.looksLikeValue(name));
    }
}
