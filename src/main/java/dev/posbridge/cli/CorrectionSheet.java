package dev.posbridge.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.posbridge.ConfigurationException;
import dev.posbridge.PrivateFiles;
import dev.posbridge.ledger.DeadLetters.DeadLetter;
import dev.posbridge.operations.SpreadsheetCell;
import dev.posbridge.vendor.Profile;
import dev.posbridge.vendor.format.Table;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Dead letters as a CSV file for a person to correct in a spreadsheet: {@code dead-letter-id}, {@code reason}, the vendor's
 * own columns, then where it stood and what is wrong with it; one row a row of the till, so the rows of one receipt carry the
 * same id. The message comes last because it quotes what is wrong: whoever replaces by a tool meets the value first. UTF-8 with
 * a byte order mark, which spreadsheets need to see the encoding.
 */
final class CorrectionSheet {
    static final List<String> OWN_COLUMNS = List.of("dead-letter-id", "reason");

    /** What a person reads, at the end; nobody reads them back, and a sheet without them, or with them elsewhere, is as good. */
    static final List<String> TOLD_COLUMNS = List.of("dead-letter-file", "dead-letter-line", "dead-letter-message");

    private final Profile profile;
    private final String header;

    private CorrectionSheet(Profile profile, String header) {
        this.profile = profile;
        this.header = header;
    }

    /** Whether its rows can be corrected: those of a file, or of a part of a credit note, cannot. */
    static boolean takes(DeadLetter letter) {
        return letter.raw() != null && !letter.raw().isEmpty() && !letter.part();
    }

    /** @throws ConfigurationException where the dead letters' files differ in their headers */
    static CorrectionSheet of(Profile profile, List<DeadLetter> letters) {
        Set<String> headers =
                letters.stream().map(letter -> String.valueOf(letter.header())).collect(Collectors.toSet());
        if (headers.size() > 1) {
            String files = letters.stream()
                    .map(DeadLetter::fileName)
                    .distinct()
                    .limit(5)
                    .collect(Collectors.joining(", "));
            throw new ConfigurationException("These dead letters come from files with " + headers.size()
                    + " different headers (" + files + "), expected one. Export them one by one with --file.");
        }
        return new CorrectionSheet(profile, letters.get(0).header());
    }

    /** @throws ConfigurationException where the file exists or cannot be written */
    void write(List<DeadLetter> letters, Path to, char delimiter) {
        List<List<String>> rows = rows(letters);
        try (Writer text = Files.newBufferedWriter(to, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW)) {
            PrivateFiles.restrict(to);
            text.write('\ufeff');
            try (CsvWriter csv = CsvWriter.builder()
                    .fieldSeparator(delimiter)
                    .lineDelimiter(LineDelimiter.CRLF)
                    .build(text)) {
                rows.forEach(csv::writeRecord);
            }
        } catch (FileAlreadyExistsException problem) {
            throw new ConfigurationException(to + ": is there already. Name another file with --to.", problem);
        } catch (IOException problem) {
            throw new ConfigurationException(
                    to + ": cannot be written (" + problem.getMessage() + "). Name a file in a folder that is there.",
                    problem);
        }
    }

    private List<List<String>> rows(List<DeadLetter> letters) {
        List<List<String>> rows = new ArrayList<>();
        Table table = profile.table(letters.get(0).fileName(), header);
        rows.add(table.names());
        List<DeadLetter> ofRows = new ArrayList<>();
        for (DeadLetter letter : letters) {
            for (List<String> cells : profile.split(table, letter.fileName(), header, letter.raw())) {
                rows.add(cells);
                ofRows.add(letter);
            }
        }
        int width = rows.stream().mapToInt(List::size).max().orElse(0);
        List<List<String>> sheet = new ArrayList<>();
        sheet.add(row(OWN_COLUMNS, rows.get(0), width, TOLD_COLUMNS));
        for (int index = 0; index < ofRows.size(); index++) {
            DeadLetter letter = ofRows.get(index);
            List<String> own = List.of(Long.toString(letter.id()), letter.reason());
            sheet.add(row(own, rows.get(index + 1), width, told(letter)));
        }
        return sheet;
    }

    private static List<String> told(DeadLetter letter) {
        String file = String.valueOf(letter.fileName());
        String place = letter.position().startsWith(file + ':')
                ? letter.position().substring(file.length() + 1)
                : letter.position();
        return List.of(
                SpreadsheetCell.shown(file),
                SpreadsheetCell.shown(place.replaceFirst("^(\\d+):.*", "$1")),
                SpreadsheetCell.shown(letter.message()));
    }

    /** @param width to which the vendor's fields are filled up, so that what is told stands in one column */
    private static List<String> row(List<String> own, List<String> fields, int width, List<String> told) {
        List<String> row = new ArrayList<>(own);
        fields.forEach(field -> row.add(SpreadsheetCell.shown(field)));
        row.addAll(Collections.nCopies(width - fields.size(), ""));
        row.addAll(told);
        return row;
    }
}
