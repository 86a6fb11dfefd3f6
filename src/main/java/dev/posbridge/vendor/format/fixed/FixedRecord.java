package dev.posbridge.vendor.format.fixed;

import java.util.List;

/**
 * One kind of line.
 *
 * @param type what stands at the record type's place; "" where all lines are alike
 * @param fields empty for lines that are passed over
 */
record FixedRecord(String type, List<FixedField> fields) {
    FixedRecord {
        fields = List.copyOf(fields);
    }

    List<String> names() {
        return fields.stream().map(FixedField::name).toList();
    }

    /** The fields that the line reaches; fewer than all where it is too short. */
    String[] read(String line) {
        return fields.stream()
                .filter(field -> line.length() >= field.from())
                .map(field -> field.read(line))
                .toArray(String[]::new);
    }
}
