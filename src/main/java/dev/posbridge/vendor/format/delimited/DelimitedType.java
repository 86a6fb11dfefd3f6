package dev.posbridge.vendor.format.delimited;

import dev.posbridge.vendor.format.Carry;
import dev.posbridge.vendor.format.FormatKeys;
import dev.posbridge.vendor.format.FormatType;
import dev.posbridge.vendor.yaml.Section;
import dev.posbridge.vendor.yaml.Word;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code format: {type: csv}}: text whose fields a delimiter parts. */
public final class DelimitedType implements FormatType {
    @Override
    public List<String> words() {
        return List.of("csv");
    }

    @Override
    public Plan read(Section format) {
        CsvSettings settings = settings(format);
        List<String> tell = settings.types().values().stream()
                .filter(names -> names != null && names.size() >= settings.recordType())
                .map(names -> names.get(settings.recordType() - 1))
                .distinct()
                .toList();
        return new Plan(settings.columns(), tell, (columns, drop) -> new CsvFormat(settings, columns, drop));
    }

    private static CsvSettings settings(Section format) {
        int recordType = format.has("record-type") ? FormatKeys.count(format, "record-type", 1) : 0;
        Map<String, List<String>> types = recordType == 0 ? Map.of() : types(format);
        boolean header = recordType == 0 && format.flag("header", true);
        if (!header && recordType == 0) {
            format.requireKey("columns");
        }
        Word delimiter = format.word("delimiter");
        CsvSettings settings = new CsvSettings(
                delimiter == null ? "," : delimiter(delimiter),
                delimiter != null,
                quote(format),
                FormatKeys.encodings(format),
                header,
                recordType == 0 ? FormatKeys.texts(format.words("columns")) : union(types),
                FormatKeys.texts(format.words("optional")),
                aliases(format),
                frame(format, header),
                recordType,
                types,
                recordType == 0 ? Carry.NONE : Carry.read(format, types),
                format.flag("trim", true),
                FormatKeys.maxRow(format),
                FormatKeys.count(format, "max-columns", 1_000),
                format.choice("final-newline", List.of("required", "optional"), "optional")
                        .equals("required"));
        if (settings.delimiter().indexOf(settings.quote()) >= 0) {
            format.problem("delimiter and quote are the same character.");
        }
        return settings;
    }

    /** Columns by the record type of their rows; {@code skip} for rows that are none of ours. */
    private static Map<String, List<String>> types(Section format) {
        format.requireKey("types");
        Section section = format.section("types");
        Map<String, List<String>> types = new LinkedHashMap<>();
        if (section != null) {
            for (String type : section.keys()) {
                List<String> names = FormatKeys.texts(section.words(type));
                types.put(type, names.equals(List.of("skip")) ? null : names);
            }
        }
        return types;
    }

    private static List<String> union(Map<String, List<String>> types) {
        return types.values().stream()
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    private static Map<String, List<String>> aliases(Section format) {
        Section section = format.section("aliases");
        if (section == null) {
            return Map.of();
        }
        Map<String, List<String>> aliases = new LinkedHashMap<>();
        section.keys().forEach(name -> aliases.put(name, FormatKeys.texts(section.words(name))));
        return aliases;
    }

    private static CsvSettings.Frame frame(Section format, boolean header) {
        int footer = format.has("footer") ? FormatKeys.count(format, "footer", 1) : 0;
        Word preamble = format.word("preamble");
        int skip = header ? CsvSettings.Frame.NARROW : 0;
        if (preamble != null && preamble.text().equals("until-header") && header) {
            skip = CsvSettings.Frame.UNTIL_HEADER;
        } else if (preamble != null && preamble.text().matches("\\d{1,3}")) {
            skip = Integer.parseInt(preamble.text());
        } else if (preamble != null) {
            preamble.problem("\"preamble\" is \"" + preamble.text() + "\", expected a number of lines up to 999"
                    + (header ? ", or until-header." : "."));
        }
        return new CsvSettings.Frame(skip, footer, true);
    }

    private static String delimiter(Word word) {
        String text = word.text();
        if (text.equalsIgnoreCase("tab")) {
            return "\t";
        }
        if (text.isEmpty() || text.length() > 8 || text.matches("(?s).*[\\r\\nA-Za-z0-9].*")) {
            word.problem("\"delimiter\" is \"" + text + "\", expected one character or a few, or tab.");
            return ",";
        }
        return text;
    }

    private static char quote(Section section) {
        Word word = section.word("quote");
        if (word == null) {
            return '"';
        }
        if (word.text().equalsIgnoreCase("none")) {
            return CsvSettings.NO_QUOTE;
        }
        if (word.text().length() == 1 && "\r\n".indexOf(word.text()) < 0) {
            return word.text().charAt(0);
        }
        word.problem("\"quote\" is \"" + word.text() + "\", expected one character, or none.");
        return '"';
    }
}
