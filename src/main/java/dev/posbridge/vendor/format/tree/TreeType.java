package dev.posbridge.vendor.format.tree;

import dev.posbridge.vendor.format.Columns;
import dev.posbridge.vendor.format.FormatKeys;
import dev.posbridge.vendor.format.FormatType;
import dev.posbridge.vendor.yaml.Section;
import dev.posbridge.vendor.yaml.Word;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code format: {type: xml}}, {@code json} and {@code json-lines}: documents whose columns are paths. */
public final class TreeType implements FormatType {
    /** A receipt may hold so many times what a row may. */
    private static final int RECEIPT = 64;

    @Override
    public List<String> words() {
        return List.of("xml", "json", "json-lines");
    }

    @Override
    public Plan read(Section format) {
        String type = format.choice("type", words(), "xml");
        boolean xml = type.equals("xml");
        List<List<String>> receipts = new ArrayList<>();
        boolean anchored = false;
        for (Word word : format.words("receipt")) {
            anchored |= word.text().startsWith("/");
            List<String> names = names(word, xml);
            if (!names.isEmpty()) {
                receipts.add(names);
            }
        }
        Map<String, TreePath> columns = columns(format, xml);
        List<TreePlan.RowKind> kinds = kinds(format, columns, xml);
        if (columns.isEmpty() && kinds.isEmpty()) {
            format.problem("\"columns\" is missing: say by their paths what values there are.");
        }
        Charset encoding = format.has("encoding") || !xml ? FormatKeys.encoding(format) : null;
        int value = FormatKeys.maxRow(format);
        boolean finalNewline = type.equals("json-lines")
                && format.choice("final-newline", List.of("required", "optional"), "optional")
                        .equals("required");
        Limits limits = new Limits(value, (int) Math.min(64L << 20, (long) value * RECEIPT));
        TreePlan plan = new TreePlan(receipts, anchored, columns, kinds, limits);
        TreeFormat.Kind kind = new TreeFormat.Kind(xml, type.equals("json-lines"), encoding, finalNewline);
        return new Plan(plan.names(), (used, drop) -> new TreeFormat(kind, plan, used, drop));
    }

    private static List<String> names(Word word, boolean xml) {
        String written = word.text().startsWith("/") ? word.text().substring(1) : word.text();
        List<String> names = new ArrayList<>();
        try {
            for (TreePath.Step step : PathParser.steps(written, xml)) {
                names.add(step.name());
                if (!step.tests().isEmpty() || step.name().equals("*")) {
                    word.problem("\"receipt\" takes names only: what follows is not read yet when a receipt begins."
                            + " Use a column and skip.");
                }
            }
        } catch (PathParser.BadPathException problem) {
            report(word, problem);
        }
        return names;
    }

    private static Map<String, TreePath> columns(Section section, boolean xml) {
        Map<String, TreePath> columns = new LinkedHashMap<>();
        Section own = section.section("columns");
        if (own == null) {
            return columns;
        }
        own.allWords().forEach((name, word) -> {
            if (Columns.contains(columns.keySet(), name)) {
                word.problem("column \"" + name + "\" is there already: names are compared without case and blanks.");
            } else if (name.equals(TreePlan.NUMBER)) {
                word.problem("\"" + name + "\" is the receipt's number in its file. Use another name.");
            }
            try {
                columns.put(name, PathParser.path(word.text(), xml));
            } catch (PathParser.BadPathException problem) {
                report(word, problem);
                columns.put(name, new TreePath(".", 0, List.of(), null, TreePath.Taking.ONLY, null));
            }
        });
        return columns;
    }

    private static List<TreePlan.RowKind> kinds(Section format, Map<String, TreePath> shared, boolean xml) {
        List<TreePlan.RowKind> kinds = new ArrayList<>();
        Section rows = format.section("rows");
        if (rows == null) {
            return kinds;
        }
        if (Columns.contains(shared.keySet(), TreePlan.TYPE)) {
            rows.problem("with \"rows\", the column \"" + TreePlan.TYPE + "\" says which of them a row is. Use another"
                    + " name for the column of yours.");
        }
        for (String type : rows.keys()) {
            Section row = rows.section(type);
            if (row == null) {
                continue;
            }
            Word at = row.requiredWord("at");
            Map<String, TreePath> columns = columns(row, xml);
            for (String name : columns.keySet()) {
                if (Columns.contains(shared.keySet(), name) || Columns.contains(List.of(TreePlan.TYPE), name)) {
                    row.problem("column \"" + name + "\" of \"" + type + "\" is a column of the receipt, too. Use"
                            + " another name.");
                }
            }
            row.refuseUnknown();
            if (at != null) {
                try {
                    kinds.add(new TreePlan.RowKind(type, PathParser.steps(at.text(), xml), columns));
                } catch (PathParser.BadPathException problem) {
                    report(at, problem);
                }
            }
        }
        return kinds;
    }

    private static void report(Word word, PathParser.BadPathException problem) {
        word.problemAt(problem.offset(), "path \"" + word.text() + "\": " + problem.getMessage() + ".");
    }
}
