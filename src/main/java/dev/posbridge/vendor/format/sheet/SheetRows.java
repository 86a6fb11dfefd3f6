package dev.posbridge.vendor.format.sheet;

import dev.posbridge.FileRejectedException;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.format.KeptRows;
import dev.posbridge.vendor.format.Layout;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.format.RowSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;

/** The rows of one sheet. Blank rows are no rows. */
final class SheetRows implements RowSource {
    /** Something of the library's, which fails in many ways on a workbook that is none. */
    private interface Reading<T> {
        T read() throws IOException;
    }

    private final String file;
    private final SheetSettings settings;
    private final Path spooled;
    private ReadableWorkbook workbook;
    private Stream<org.dhatim.fastexcel.reader.Row> stream;
    private Iterator<org.dhatim.fastexcel.reader.Row> rows;
    private CellText text;
    private List<String> names = List.of();
    private Layout layout;
    private String header;
    private Row ahead;
    private int line;

    private SheetRows(String file, SheetSettings settings, Path spooled) {
        this.file = file;
        this.settings = settings;
        this.spooled = spooled;
    }

    static SheetRows open(String file, InputStream bytes, SheetSettings settings) {
        SheetRows opened = null;
        boolean ready = false;
        try (bytes) {
            opened = new SheetRows(file, settings, Workbooks.spool(bytes, settings.maxBytes()));
            opened.start();
            ready = true;
            return opened;
        } catch (Workbooks.UnfitException problem) {
            throw rejected(Position.ofFile(file), problem);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } finally {
            if (opened != null && !ready) {
                opened.close();
            }
        }
    }

    private void start() {
        reading(() -> {
            Workbooks.check(spooled, settings.maxBytes());
            workbook = new ReadableWorkbook(spooled.toFile(), new ReadingOptions(true, false));
            text = new CellText(Workbooks.countsFrom1904(spooled));
            stream = sheet().openStream();
            rows = stream.iterator();
            return rows;
        });
        String[] found = readFields();
        while (found != null && line < settings.headerRow()) {
            found = readFields();
        }
        if (found == null || line != settings.headerRow()) {
            throw rejected(
                    Reason.HEADER_WRONG,
                    "row " + settings.headerRow() + " is blank, expected the names of the columns.");
        }
        names = Arrays.stream(found).map(String::strip).toList();
    }

    private Sheet sheet() {
        List<Sheet> all = workbook.getSheets().toList();
        List<Sheet> meant = all.stream()
                .filter(sheet -> settings.sheet() == null
                        ? sheet.getVisibility() == SheetVisibility.VISIBLE
                        : sheet.getName().equals(settings.sheet()))
                .toList();
        if (meant.size() == 1) {
            return meant.get(0);
        }
        String there = all.stream().map(Sheet::getName).collect(Collectors.joining(", "));
        throw rejected(
                Reason.HEADER_WRONG,
                settings.sheet() == null
                        ? "the workbook has these sheets: " + there
                                + "; nobody says which is meant. Set format.sheet in the" + " profile."
                        : "the workbook has no sheet \"" + settings.sheet() + "\". It has: " + there + ".");
    }

    List<String> names() {
        return names;
    }

    void under(Layout found) {
        layout = found;
        header = KeptRows.header(names);
    }

    @Override
    public Row next() {
        Row row = ahead == null ? read() : ahead;
        ahead = null;
        return row;
    }

    private Row read() {
        String[] fields = readFields();
        if (fields == null) {
            return null;
        }
        // Cells behind the last one that is filled need not be in the file.
        return new Row(layout, line, fields.length < names.size() ? padded(fields, names.size()) : fields);
    }

    private static String[] padded(String[] fields, int width) {
        String[] all = Arrays.copyOf(fields, width);
        Arrays.fill(all, fields.length, width, "");
        return all;
    }

    /** The next row that is not blank, up to its last cell that is not; null at the end. */
    @SuppressWarnings("PMD.ReturnEmptyCollectionRatherThanNull")
    private String[] readFields() {
        while (true) {
            org.dhatim.fastexcel.reader.Row row = reading(() -> rows.hasNext() ? rows.next() : null);
            if (row == null) {
                return null;
            }
            line = Math.max(line, row.getRowNum());
            String[] fields = reading(() -> fields(row));
            if (fields.length > 0) {
                return fields;
            }
        }
    }

    private String[] fields(org.dhatim.fastexcel.reader.Row row) {
        int count = row.getCellCount();
        if (count > settings.maxColumns()) {
            throw rejected(Reason.ROW_TOO_LONG, "the row has more than " + settings.maxColumns() + " fields.");
        }
        String[] fields = new String[count];
        int used = 0;
        int characters = 0;
        for (int index = 0; index < count; index++) {
            fields[index] = text.of(row.getCell(index));
            characters += fields[index].length();
            used = fields[index].isBlank() ? used : index + 1;
        }
        if (characters > settings.maxRow()) {
            throw rejected(Reason.ROW_TOO_LONG, "the row is longer than " + settings.maxRow() + " characters.");
        }
        return used == count ? fields : Arrays.copyOf(fields, used);
    }

    /** The library throws whatever comes its way, so all of it is the file's fault but what is ours already. */
    @SuppressWarnings("PMD.PreserveStackTrace") // The message tells all there is.
    private <T> T reading(Reading<T> reading) {
        try {
            return reading.read();
        } catch (FileRejectedException ours) {
            throw ours;
        } catch (Workbooks.UnfitException problem) {
            throw rejected(Position.ofFile(file), problem);
        } catch (IOException | RuntimeException problem) {
            String words =
                    String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
            throw rejected(
                    Reason.ROW_MALFORMED,
                    "this workbook cannot be read on: " + (words.length() > 200 ? words.substring(0, 200) : words)
                            + ". Is it an XLSX file, and whole?");
        }
    }

    private FileRejectedException rejected(Reason reason, String message) {
        Position position = line == 0 ? Position.ofFile(file) : Position.ofRow(file, line);
        return new FileRejectedException(position, reason, message + " " + reason.remedy());
    }

    private static FileRejectedException rejected(Position position, Workbooks.UnfitException problem) {
        Reason reason = problem.tooLarge() ? Reason.ROW_TOO_LONG : Reason.FILE_EMPTY;
        return new FileRejectedException(position, reason, problem.getMessage() + ". " + reason.remedy());
    }

    @Override
    public String header() {
        return header;
    }

    @Override
    public boolean atEnd() {
        if (ahead == null) {
            ahead = read();
        }
        return ahead == null;
    }

    @Override
    public boolean endedCleanly() {
        return true;
    }

    @Override
    public void close() {
        try {
            if (stream != null) {
                stream.close();
            }
            if (workbook != null) {
                workbook.close();
            }
            Files.deleteIfExists(spooled);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
