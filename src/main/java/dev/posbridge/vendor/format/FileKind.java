package dev.posbridge.vendor.format;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** What a file is by its first bytes, for those that came instead of the text that the profile expects. */
public final class FileKind {
    /** How many bytes tell it. */
    static final int HEAD = 512;

    private record Mark(int[] bytes, String words) {}

    private static final List<Mark> MARKS = List.of(
            new Mark(
                    new int[] {0x1F, 0x8B},
                    "is packed with gzip, expected plain text. Set unwrap: gzip in the profile, and let the name end "
                            + "in .gz."),
            new Mark(new int[] {'%', 'P', 'D', 'F', '-'}, "is a PDF, expected plain text. Have the till export data."),
            new Mark(
                    new int[] {0xD0, 0xCF, 0x11, 0xE0},
                    "is an old Excel workbook (XLS), expected plain text. Save it as CSV."),
            new Mark(new int[] {'R', 'a', 'r', '!'}, "is a RAR archive, expected plain text. Have it sent unpacked."),
            new Mark(new int[] {'7', 'z', 0xBC, 0xAF}, "is a 7z archive, expected plain text. Have it sent unpacked."),
            new Mark(
                    new int[] {'B', 'Z', 'h'},
                    "is packed with bzip2, expected plain text. Unpack it with unwrap: { steps: [command] } in the "
                            + "profile."),
            new Mark(
                    new int[] {'S', 'Q', 'L', 'i', 't', 'e'},
                    "is an SQLite database, expected plain text. Have the till export data."));

    private FileKind() {}

    /** What the bytes are instead of text, worded to follow "the file "; null where they may be text. */
    static String notText(byte[] head, int length) {
        if (starts(head, length, 'P', 'K', 3, 4)) {
            String names = new String(head, 0, length, StandardCharsets.ISO_8859_1);
            boolean workbook = names.contains("[Content_Types].xml") || names.contains("xl/");
            return workbook
                    ? "is an Excel workbook (XLSX), expected plain text. Save it as CSV, or set format.type: xlsx in "
                            + "the profile."
                    : "is a zip archive, expected plain text. Set unwrap: zip in the profile, and let the name end in "
                            + ".zip.";
        }
        return MARKS.stream()
                .filter(mark -> starts(head, length, mark.bytes()))
                .map(Mark::words)
                .findFirst()
                .orElse(null);
    }

    /** What text is that does not part into the columns expected, worded as in {@link #notText}; null where unknown. */
    public static String notRows(String start) {
        String text = start.strip().toLowerCase(Locale.ROOT);
        if (text.startsWith("<!doctype html") || text.startsWith("<html") || text.startsWith("<table")) {
            return "is a web page (HTML), expected rows of text. Have the till export CSV; some call such pages .xls.";
        }
        if (text.startsWith("<?xml") || text.startsWith("<")) {
            return "is XML, expected rows of text. Set format.type: xml in the profile.";
        }
        if (text.startsWith("{") || text.startsWith("[{") || text.equals("[")) {
            return "is JSON, expected rows of text. Set format.type: json in the profile.";
        }
        return null;
    }

    private static boolean starts(byte[] head, int length, int... mark) {
        if (length < mark.length) {
            return false;
        }
        for (int index = 0; index < mark.length; index++) {
            if ((head[index] & 0xFF) != mark[index]) {
                return false;
            }
        }
        return true;
    }
}
