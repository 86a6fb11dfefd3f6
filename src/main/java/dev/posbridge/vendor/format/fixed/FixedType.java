package dev.posbridge.vendor.format.fixed;

import dev.posbridge.vendor.format.Carry;
import dev.posbridge.vendor.format.FormatKeys;
import dev.posbridge.vendor.format.FormatType;
import dev.posbridge.vendor.yaml.Section;
import dev.posbridge.vendor.yaml.Word;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code format: {type: fixed-width}}: fields by their place in the line. */
public final class FixedType implements FormatType {
    private static final Pattern PLACE = Pattern.compile("(\\d{1,5})(?:\\s*-\\s*(\\d{1,5}))?");

    @Override
    public List<String> words() {
        return List.of("fixed-width");
    }

    @Override
    public Plan read(Section format) {
        FixedField type = field("record-type", format.word("record-type"));
        Map<String, FixedRecord> records = new LinkedHashMap<>();
        if (type == null) {
            format.requireKey("columns");
            records.put("", FixedRecord.of("", null, fields(format.section("columns"))));
        } else {
            format.requireKey("types");
            readTypes(format.section("types"), type, records);
        }
        FixedSettings settings = new FixedSettings(
                FormatKeys.encodings(format),
                type,
                records,
                type == null ? Carry.NONE : Carry.read(format, names(records)),
                format.choice("short-lines", List.of("refused", "blank"), "refused")
                        .equals("blank"),
                format.choice("long-lines", List.of("refused", "cut"), "refused")
                        .equals("cut"),
                FormatKeys.maxRow(format),
                format.choice("final-newline", List.of("required", "optional"), "optional")
                        .equals("required"));
        return new Plan(
                settings.columns(), telling(settings), (columns, drop) -> new FixedFormat(settings, columns, drop));
    }

    private static Map<String, List<String>> names(Map<String, FixedRecord> records) {
        Map<String, List<String>> names = new LinkedHashMap<>();
        records.forEach((type, record) -> names.put(type, record.names()));
        return names;
    }

    /** The fields in which the record type stands. */
    private static List<String> telling(FixedSettings settings) {
        return settings.type() == null
                ? List.of()
                : settings.records().values().stream()
                        .flatMap(record -> record.fields().stream())
                        .filter(field -> field.covers(settings.type()))
                        .map(FixedField::name)
                        .distinct()
                        .toList();
    }

    private static void readTypes(Section types, FixedField place, Map<String, FixedRecord> records) {
        if (types == null) {
            return;
        }
        for (String type : types.keys()) {
            if (types.hasSection(type)) {
                records.put(type, FixedRecord.of(type, place, fields(types.section(type))));
                continue;
            }
            Word word = types.word(type);
            if (word != null && !word.text().equals("skip")) {
                word.problem("record type \"" + type + "\" is \"" + word.text()
                        + "\", expected its columns such as { No: 3-8 }, or skip.");
            }
            records.put(type, FixedRecord.of(type, place, List.of()));
        }
    }

    private static List<FixedField> fields(Section section) {
        List<FixedField> fields = new ArrayList<>();
        if (section != null) {
            for (String name : section.keys()) {
                FixedField field = section.hasSection(name)
                        ? padded(name, section.section(name))
                        : field(name, section.word(name));
                if (field != null) {
                    fields.add(field);
                }
            }
        }
        return fields;
    }

    private static FixedField padded(String name, Section section) {
        FixedField plain = field(name, section.requiredWord("at"));
        Word pad = section.word("pad");
        boolean right =
                section.choice("justify", List.of("left", "right"), "right").equals("right");
        section.refuseUnknown();
        if (pad != null && pad.text().length() != 1) {
            pad.problem("\"pad\" is \"" + pad.text() + "\", expected one character such as \"0\".");
            return plain;
        }
        if (pad != null && !right && Character.isDigit(pad.text().charAt(0))) {
            pad.problem(
                    "\"pad\" is \"" + pad.text() + "\" behind the value (justify: left), where a filling digit cannot"
                            + " be told from the value's own: \"1250\" would be 125, too. Leave pad out, or say justify: right"
                            + " where it stands before the value.");
            return plain;
        }
        return plain == null
                ? null
                : new FixedField(
                        name,
                        plain.from(),
                        plain.to(),
                        pad == null ? ' ' : pad.text().charAt(0),
                        right);
    }

    private static FixedField field(String name, Word word) {
        if (word == null) {
            return null;
        }
        Matcher place = PLACE.matcher(word.text().strip());
        if (place.matches()) {
            int from = Integer.parseInt(place.group(1));
            int to = place.group(2) == null ? from : Integer.parseInt(place.group(2));
            if (from >= 1 && to >= from) {
                return new FixedField(name, from, to, ' ', false);
            }
        }
        word.problem("\"" + name + "\" is at \"" + word.text()
                + "\", expected the first and last character, counted from 1, such as 5-12.");
        return null;
    }
}
