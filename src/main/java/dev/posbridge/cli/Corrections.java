package dev.posbridge.cli;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.posbridge.ConfigurationException;
import dev.posbridge.FileProblem;
import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.ledger.DeadLetters.DeadLetter;
import dev.posbridge.operations.SpreadsheetCell;
import dev.posbridge.vendor.Profiles;
import dev.posbridge.vendor.format.Table;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Reads a sheet that {@code dead-letters export} wrote and a person corrected. Strict: nothing is guessed. */
final class Corrections {
    private final Path file;
    private final DeadLetters book;
    private final Profiles profiles;
    private List<String> columns;
    /** Where in the sheet the vendor's columns stand. */
    private int[] places;

    private int width;

    /** A corrected row, and where it stands in the sheet. */
    private record Line(long number, List<String> cells) {}

    Corrections(Path file, DeadLetters book, Profiles profiles) {
        this.file = file;
        this.book = book;
        this.profiles = profiles;
    }

    /**
     * The corrected rows of each dead letter, as its profile reads them.
     *
     * @throws ConfigurationException naming file and line, where the sheet is not what export wrote
     */
    Map<DeadLetter, String> read() {
        Map<Long, List<Line>> rows = new LinkedHashMap<>();
        for (CsvRecord row : records()) {
            List<String> fields = row.getFields();
            if (columns == null) {
                columns = header(row);
            } else if (fields.stream().anyMatch(field -> !field.isBlank())) {
                rows.computeIfAbsent(id(row), id -> new ArrayList<>())
                        .add(new Line(row.getStartingLineNumber(), values(row)));
            }
        }
        if (columns == null) {
            throw new ConfigurationException(
                    file + ": is empty, expected a header and the corrected rows. Give a file that export wrote.");
        }
        if (rows.isEmpty()) {
            throw new ConfigurationException(file
                    + ": has a header and no rows, expected at least one corrected row. Export again, correct the rows"
                    + " and keep them in the file.");
        }
        Map<DeadLetter, String> corrected = new LinkedHashMap<>();
        rows.forEach((id, itsRows) -> {
            DeadLetter letter = book.newest(DeadLetterChoice.byId(book, id));
            corrected.put(letter, text(letter, itsRows));
        });
        return corrected;
    }

    private List<CsvRecord> records() {
        try {
            String text = Files.readString(file);
            String unmarked = text.startsWith("\ufeff") ? text.substring(1) : text;
            try (CsvReader<CsvRecord> reader = CsvReader.builder()
                    .fieldSeparator(delimiter(unmarked))
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .ofCsvRecord(unmarked)) {
                return reader.stream().toList();
            }
        } catch (CharacterCodingException problem) {
            throw new ConfigurationException(
                    file + ": is not UTF-8. Save it as \"CSV UTF-8\" in the spreadsheet.", problem);
        } catch (IOException problem) {
            throw new ConfigurationException(
                    FileProblem.of(file, problem)
                            + ". Name a file that was written by: posbridge dead-letters export --to FILE",
                    problem);
        } catch (CsvParseException problem) {
            throw new ConfigurationException(file + ": is no CSV (" + problem.getMessage() + ").", problem);
        }
    }

    /** Spreadsheets save with the delimiter of their country. */
    private static char delimiter(String text) {
        String first = CorrectionSheet.OWN_COLUMNS.get(0);
        int at = text.startsWith("\"") ? first.length() + 2 : first.length();
        return text.length() > at && ",;\t".indexOf(text.charAt(at)) >= 0 ? text.charAt(at) : ',';
    }

    private List<String> header(CsvRecord row) {
        List<String> found = row.getFields();
        if (found.size() < 3 || !found.subList(0, 2).equals(CorrectionSheet.OWN_COLUMNS)) {
            throw new ConfigurationException(file + ":1: found columns \"" + String.join(", ", found)
                    + "\", expected \"dead-letter-id, reason\" and the vendor's own. Give a file that export wrote.");
        }
        width = found.size();
        places = IntStream.range(CorrectionSheet.OWN_COLUMNS.size(), width)
                .filter(at -> !CorrectionSheet.TOLD_COLUMNS.contains(found.get(at)))
                .toArray();
        return withoutBlankEnd(Arrays.stream(places).mapToObj(found::get).toList(), 0);
    }

    private long id(CsvRecord row) {
        String id = row.getField(0).strip();
        if (!id.matches("\\d{1,18}")) {
            throw new ConfigurationException(file + ":" + row.getStartingLineNumber() + ":1: dead-letter-id is \"" + id
                    + "\", expected a number. Every row of a receipt carries the receipt's id.");
        }
        return Long.parseLong(id);
    }

    /** A spreadsheet fills rows up to the widest one. */
    private List<String> values(CsvRecord row) {
        List<String> fields = row.getFields();
        List<String> values = IntStream.concat(Arrays.stream(places), IntStream.range(width, fields.size()))
                .filter(at -> at < fields.size())
                .mapToObj(fields::get)
                .toList();
        return withoutBlankEnd(values, columns.size()).stream()
                .map(SpreadsheetCell::read)
                .toList();
    }

    private static List<String> withoutBlankEnd(List<String> fields, int least) {
        int end = fields.size();
        while (end > least && fields.get(end - 1).isEmpty()) {
            end--;
        }
        return fields.subList(0, end);
    }

    private String text(DeadLetter letter, List<Line> rows) {
        if (letter.isFile()) {
            throw new ConfigurationException(file + ": dead letter " + letter.id()
                    + " is a whole file and has no rows here. Replay it by its id.");
        }
        Table table = profiles.named(letter.vendor()).table(letter.fileName(), letter.header());
        List<String> expected = table.names();
        List<String> found = columns.stream().map(SpreadsheetCell::read).toList();
        if (!withoutBlankEnd(expected, 0).equals(found)) {
            throw new ConfigurationException(file + ":1: found columns \"" + String.join(", ", found)
                    + "\", expected those of " + letter.fileName() + ": \"" + String.join(", ", expected)
                    + "\". Keep the columns and their order.");
        }
        StringBuilder text = new StringBuilder();
        rows.forEach(row -> text.append(text(table, row)).append('\n'));
        return text.toString();
    }

    private String text(Table table, Line row) {
        try {
            return table.text(row.cells());
        } catch (Table.UnfitException problem) {
            throw new ConfigurationException(file + ":" + row.number() + ": " + problem.getMessage(), problem);
        }
    }
}
