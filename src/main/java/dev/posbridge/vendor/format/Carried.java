package dev.posbridge.vendor.format;

import dev.posbridge.FileRejectedException;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the header records of one file have said so far. For one thread. */
public final class Carried {
    private final Carry carry;
    private final String file;
    private final List<String> names;
    private final String[] values;
    private final long[] lines;
    private final Map<String, int[]> places = new HashMap<>();

    public Carried(Carry carry, String file) {
        this.carry = carry;
        this.file = file;
        this.names = carry.names();
        this.values = new String[names.size()];
        this.lines = new long[names.size()];
    }

    /**
     * Takes what a header record says.
     *
     * @param own the columns of its type
     * @throws FileRejectedException where it does not have them: what stands behind it would be another store's
     */
    public void take(String type, List<String> own, String[] fields, long line) {
        if (fields.length != own.size()) {
            throw new FileRejectedException(
                    Position.ofRow(file, line),
                    Reason.ROW_MALFORMED,
                    "the header record of type \"" + type + "\" has " + fields.length + " fields, expected "
                            + own.size()
                            + ", and the rows behind it are what it says. Correct it, or format.types in the profile, and"
                            + " deliver the file again.");
        }
        boolean inner = false;
        for (Map.Entry<String, List<String>> one : carry.columns().entrySet()) {
            boolean mine = one.getKey().equals(type);
            for (String name : inner || mine ? one.getValue() : List.<String>of()) {
                int at = Columns.indexOf(names, name);
                values[at] = mine ? Blank.strip(fields[Columns.indexOf(own, name)]) : "";
                lines[at] = mine ? line : 0;
            }
            inner |= mine;
        }
    }

    /**
     * A row with what holds for it.
     *
     * @param layout of its own columns and those that are carried, in this order
     * @param own how many are its own
     */
    public Row row(String type, Layout layout, int own, long line, String[] fields) {
        if (fields.length != own) {
            String text =
                    "the row has " + fields.length + " fields, expected " + own + ". " + Reason.ROW_MALFORMED.remedy();
            return new Row(layout, line, fields, new Row.Mark(0, 0, text));
        }
        if (values.length > 0 && values[0] == null) {
            String head = carry.columns().keySet().iterator().next();
            String text = "no row of record type \"" + head + "\" stands before it, expected one that says "
                    + String.join(", ", carry.columns().get(head)) + " for it. Correct the file and deliver it again.";
            return new Row(layout, line, fields, new Row.Mark(0, 0, text));
        }
        int[] at = places.computeIfAbsent(type, any -> names.stream()
                .mapToInt(name -> Columns.indexOf(layout.names(), name))
                .toArray());
        String[] all = Arrays.copyOf(fields, layout.width());
        String fault = null;
        for (int index = 0; index < at.length; index++) {
            String head = values[index] == null ? "" : values[index];
            String mine = at[index] >= own ? "" : Blank.strip(all[at[index]]);
            if (mine.isEmpty()) {
                all[at[index]] = head;
            } else if (!head.isEmpty() && !mine.equals(head)) {
                fault = "\"" + names.get(index) + "\" is \"" + mine + "\" here and \"" + head
                        + "\" in the header record of line " + lines[index]
                        + ", which holds for the rows behind it. Correct the file and deliver it again, or take the column"
                        + " out of format.carry.";
            }
        }
        return fault == null ? new Row(layout, line, all) : new Row(layout, line, all, new Row.Mark(0, 0, fault));
    }
}
