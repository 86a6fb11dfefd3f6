package dev.posbridge.vendor.format.set;

import dev.posbridge.FileRejectedException;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.format.Columns;
import dev.posbridge.vendor.format.Format;
import dev.posbridge.vendor.format.KeptRows;
import dev.posbridge.vendor.format.Layout;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.format.RowSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The rows of all files of a set, one file after the other; all headers are read before the first row. */
final class SetRows implements RowSource {
    private static final int MADE = 2;

    private final Members members;
    private final SetFormat format;
    private final List<Opened> parts = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<String> dropped = new ArrayList<>();
    private String present;
    private int at;
    private Row ahead;

    /**
     * How rows of one kind are seen among all columns.
     *
     * @param to by their field, the number of the column
     * @param shared by the shared column, the number of that which says it; -1 where there is none
     */
    private record Seen(Layout layout, int[] to, int[] shared) {}

    /** A file that is being read. */
    private static final class Opened {
        final PartPlan plan;
        final String file;
        final RowSource rows;
        final List<String> names;
        final Map<Layout, Seen> seen = new HashMap<>();
        int offset;
        Row first;

        Opened(PartPlan plan, String file, RowSource rows) {
            this.plan = plan;
            this.file = file;
            this.rows = rows;
            this.first = rows.next();
            boolean named = rows.header() != null || plan.format().columns().isEmpty();
            List<String> ofRow = first == null ? List.of() : first.layout().names();
            this.names = named ? ofRow : plan.format().columns();
        }

        Row next() {
            Row row = first == null ? rows.next() : first;
            first = null;
            return row;
        }
    }

    private SetRows(Members members, SetFormat format) {
        this.members = members;
        this.format = format;
    }

    static SetRows open(String fileName, Members members, SetFormat format) {
        SetRows made = new SetRows(members, format);
        boolean opened = false;
        try {
            made.openParts(fileName);
            opened = true;
            return made;
        } finally {
            if (!opened) {
                made.close();
            }
        }
    }

    private void openParts(String fileName) {
        members(fileName).forEach((plan, member) -> {
            Format own = format.parts().get(plan);
            String file = member.substring(member.lastIndexOf('/') + 1);
            parts.add(new Opened(plan, file, own.open(file, members.open(member))));
        });
        present = parts.stream().map(part -> part.plan.part().name()).collect(Collectors.joining(" "));
        names.add(SetFormat.PART);
        names.add(SetFormat.PARTS);
        names.addAll(format.shared());
        for (Opened part : parts) {
            part.offset = names.size();
            for (String name : part.names) {
                String whole = part.plan.part().prefix() + name;
                names.add(whole);
                if (format.isDropped(part.plan, name)) {
                    dropped.add(whole);
                }
            }
        }
    }

    /** Which member is which part. */
    private Map<PartPlan, String> members(String fileName) {
        Map<PartPlan, String> found = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>(members.names());
        for (PartPlan plan : format.parts().keySet()) {
            List<String> fitting =
                    unknown.stream().filter(name -> plan.part().fits(name)).toList();
            if (fitting.size() > 1) {
                throw rejected(
                        fileName,
                        Reason.FILE_NAME_UNKNOWN,
                        "both " + fitting.get(0) + " and " + fitting.get(1) + " are part \""
                                + plan.part().name()
                                + "\" of the set, expected one file of each part. Remove one of them.");
            }
            if (!fitting.isEmpty()) {
                found.put(plan, fitting.get(0));
                unknown.removeAll(fitting);
            }
        }
        unknown.removeIf(format::isIgnored);
        if (!unknown.isEmpty()) {
            throw rejected(
                    fileName,
                    Reason.FILE_NAME_UNKNOWN,
                    "the set has a file \"" + unknown.get(0) + "\" that is none of its parts ("
                            + names(format.parts().keySet().stream()
                                    .map(PartPlan::part)
                                    .toList())
                            + "). Remove it, or name it under files.ignore in the profile.");
        }
        refuseIncomplete(fileName, found);
        return found;
    }

    private void refuseIncomplete(String fileName, Map<PartPlan, String> found) {
        List<PartName> missing = format.parts().keySet().stream()
                .filter(plan -> !found.containsKey(plan))
                .map(PartPlan::part)
                .filter(part -> part.missing() == PartName.Missing.REFUSED)
                .toList();
        if (!missing.isEmpty()) {
            throw rejected(
                    fileName,
                    Reason.SET_INCOMPLETE,
                    "the set has no " + names(missing) + ", found: "
                            + (found.isEmpty() ? "nothing" : String.join(", ", found.values())) + ". "
                            + Reason.SET_INCOMPLETE.remedy());
        }
        List<PartName> there = found.keySet().stream().map(PartPlan::part).toList();
        PartName lead = there.get(0);
        List<String> said = lead.captured(found.get(plan(found, lead)), lead.captures());
        for (PartName part : there) {
            List<String> here = part.captured(found.get(plan(found, part)), lead.captures());
            if (!here.equals(said)) {
                throw rejected(
                        fileName,
                        Reason.SET_INCOMPLETE,
                        "the set's files do not belong together: " + found.get(plan(found, lead)) + " says "
                                + String.join(", ", said) + ", " + found.get(plan(found, part)) + " says "
                                + String.join(", ", here) + ". " + Reason.SET_INCOMPLETE.remedy());
            }
        }
    }

    private static PartPlan plan(Map<PartPlan, String> found, PartName part) {
        return found.keySet().stream()
                .filter(plan -> plan.part() == part)
                .findFirst()
                .orElseThrow();
    }

    private static String names(List<PartName> parts) {
        return parts.stream()
                .map(part -> "\"" + part.name() + "\" (" + part.file() + ")")
                .collect(Collectors.joining(", "));
    }

    private static FileRejectedException rejected(String file, Reason reason, String text) {
        return new FileRejectedException(Position.ofFile(file), reason, text);
    }

    @Override
    public Row next() {
        Row row = ahead == null ? read() : ahead;
        ahead = null;
        return row;
    }

    private Row read() {
        while (at < parts.size()) {
            Opened part = parts.get(at);
            Row row = part.next();
            if (row != null) {
                return joined(part, row);
            }
            at++;
        }
        return null;
    }

    /** The row under the columns of all parts. */
    private Row joined(Opened part, Row row) {
        refuseCutOff(part, row);
        Seen seen = part.seen.computeIfAbsent(row.layout(), own -> see(part, own));
        String[] fields = new String[names.size()];
        Arrays.fill(fields, "");
        fields[0] = part.plan.part().name();
        fields[1] = present;
        List<String> found = row.fields();
        for (int index = 0; index < found.size() && index < seen.to().length; index++) {
            fields[seen.to()[index]] = found.get(index);
        }
        for (int index = 0; index < seen.shared().length; index++) {
            fields[MADE + index] = seen.shared()[index] < 0 ? "" : fields[seen.shared()[index]];
        }
        return new Row(
                seen.layout(), row.line(), fields, new Row.Mark(row.mark().column(), 0, fault(row)));
    }

    private Seen see(Opened part, Layout own) {
        int[] to = new int[own.names().size()];
        int[] places = new int[names.size()];
        for (int index = 0; index < to.length; index++) {
            to[index] = part.offset + Columns.indexOf(part.names, own.names().get(index));
            places[to[index]] = index + 1;
        }
        int[] shared = new int[format.shared().size()];
        for (int index = 0; index < shared.length; index++) {
            String name = format.shared().get(index);
            int there = part.plan.joined()
                    ? Columns.indexOf(own.names(), part.plan.key().getOrDefault(name, name))
                    : -1;
            shared[index] = there < 0 ? -1 : to[there];
            places[MADE + index] = there + 1;
        }
        Layout layout = KeptRows.layout(part.file, names, format.columns(), dropped, places, MADE + shared.length);
        return new Seen(layout, to, shared);
    }

    /** A row of another width is a fault here, because under the columns of all parts it has them all. */
    private static String fault(Row row) {
        if (row.fault() != null || row.width() == row.expectedWidth()) {
            return row.fault();
        }
        return "the row has " + row.width() + " fields, expected " + row.expectedWidth() + ". "
                + Reason.ROW_MALFORMED.remedy();
    }

    private static void refuseCutOff(Opened part, Row row) {
        if (row.width() < row.expectedWidth() && part.rows.atEnd() && !part.rows.endedCleanly()) {
            throw new FileRejectedException(
                    row.position(),
                    Reason.FILE_TRUNCATED,
                    "the last row has " + row.width() + " of " + row.expectedWidth() + " fields and no line end. "
                            + Reason.FILE_TRUNCATED.remedy());
        }
    }

    @Override
    public String header() {
        return KeptRows.header(names);
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
            parts.forEach(part -> part.rows.close());
        } finally {
            members.close();
        }
    }
}
