package dev.posbridge.console;

import dev.posbridge.PosbridgeException;
import dev.posbridge.ledger.DeadLetters.DeadLetter;
import dev.posbridge.vendor.Profile;
import dev.posbridge.vendor.Profiles;
import dev.posbridge.vendor.format.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A dead letter's rows by the columns of its vendor, with the cell at fault marked.
 *
 * @param table as the profile knows it; null where the rows cannot be taken apart
 * @param problem why they cannot, for the person who wants to edit them; null where they can
 */
record DeadLetterRows(Table table, List<List<Cell>> rows, String problem) {
    private static final Pattern PLACE = Pattern.compile(":(\\d{1,9}):(\\d{1,5}): ");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\" (?:is|has|was|names)");

    /** A value, and what is shown of it. @param fault whether the message speaks of it */
    record Cell(String column, String value, String shown, boolean fault) {}

    /** Says what a person made of a cell. */
    interface Given {
        String cell(int row, int column);
    }

    static DeadLetterRows of(DeadLetter letter, Profiles profiles, boolean personal) {
        if (letter.raw() == null || letter.raw().isEmpty()) {
            return new DeadLetterRows(null, List.of(), "Its rows are not kept.");
        }
        if (letter.part()) {
            return new DeadLetterRows(
                    null,
                    List.of(),
                    "It is part of a credit note whose other parts were sent; its rows cannot be edited.");
        }
        try {
            Profile profile = profiles.named(letter.vendor());
            Table table = profile.table(letter.fileName(), letter.header());
            List<List<String>> split = profile.split(table, letter.fileName(), letter.header(), letter.raw());
            int[] fault = fault(letter, split);
            return new DeadLetterRows(table, cells(table, split, personal, fault[0], fault[1]), null);
        } catch (PosbridgeException unreadable) {
            return new DeadLetterRows(null, List.of(), unreadable.getMessage());
        }
    }

    /** The cells under their columns. @param faultRow where the fault is, -1 for nowhere; faultColumn the same */
    static List<List<Cell>> cells(
            Table table, List<List<String>> split, boolean personal, int faultRow, int faultColumn) {
        List<List<Cell>> rows = new ArrayList<>();
        for (int row = 0; row < split.size(); row++) {
            List<Cell> cells = new ArrayList<>();
            for (int column = 0;
                    column < Math.max(split.get(row).size(), table.names().size());
                    column++) {
                String value = column < split.get(row).size() ? split.get(row).get(column) : "";
                String name = column < table.names().size() ? table.names().get(column) : "column " + (column + 1);
                boolean at = faultRow == row && faultColumn == column;
                cells.add(new Cell(name, value, personal ? value : Personal.cell(name, value), at));
            }
            rows.add(cells);
        }
        return rows;
    }

    /** Row and column of what the message speaks of: where it says it stands, if that value stands there; else the only one. */
    private static int[] fault(DeadLetter letter, List<List<String>> rows) {
        int[] none = {-1, -1};
        Matcher quoted = QUOTED.matcher(letter.message());
        String value = quoted.find() ? quoted.group(1) : null;
        Matcher place = PLACE.matcher(letter.message());
        if (place.find()) {
            int column = Integer.parseInt(place.group(2)) - 1;
            long row = Long.parseLong(place.group(1)) - firstLine(letter);
            if (row >= 0 && row < rows.size() && column < rows.get((int) row).size()) {
                String found = rows.get((int) row).get(column);
                if (value == null || found.contains(value)) {
                    return new int[] {(int) row, column};
                }
            }
        }
        int[] only = none;
        for (int row = 0; value != null && row < rows.size(); row++) {
            for (int column = 0; column < rows.get(row).size(); column++) {
                if (rows.get(row).get(column).equals(value)) {
                    if (only[0] >= 0) {
                        return none;
                    }
                    only = new int[] {row, column};
                }
            }
        }
        return only;
    }

    private static long firstLine(DeadLetter letter) {
        Matcher line = Pattern.compile(":(\\d{1,9})$").matcher(letter.position());
        return line.find() ? Long.parseLong(line.group(1)) : 0;
    }

    /**
     * The rows as a person made them.
     *
     * @throws RefusedException where the vendor's files cannot say that
     */
    String corrected(Given given) {
        if (table == null) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        boolean changed = false;
        for (int row = 0; row < rows.size(); row++) {
            List<String> cells = new ArrayList<>();
            for (int column = 0; column < rows.get(row).size(); column++) {
                String cell = given.cell(row, column);
                changed |= !cell.equals(rows.get(row).get(column).value());
                cells.add(cell);
            }
            try {
                text.append(table.text(cells)).append('\n');
            } catch (Table.UnfitException unfit) {
                throw new RefusedException(400, "Row " + (row + 1) + ": " + unfit.getMessage(), unfit);
            }
        }
        return changed ? text.toString() : null;
    }
}
