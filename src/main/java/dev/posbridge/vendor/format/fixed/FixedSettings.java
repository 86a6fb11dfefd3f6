package dev.posbridge.vendor.format.fixed;

import dev.posbridge.vendor.format.Carry;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * What a profile says of its fixed-width files.
 *
 * @param encodings tried in order
 * @param type where the record type stands, or null
 * @param records by record type
 * @param carry what header records say of the rows behind them
 * @param shortLines whether lines may end before their last field, the rest being blank
 * @param longLines whether what stands behind the last field is passed over
 * @param maxLine most characters of a line
 * @param finalNewline whether a last line without line end means that the file was cut off
 */
record FixedSettings(
        List<Charset> encodings,
        FixedField type,
        Map<String, FixedRecord> records,
        Carry carry,
        boolean shortLines,
        boolean longLines,
        int maxLine,
        boolean finalNewline) {

    /** Columns of all record types. */
    List<String> columns() {
        LinkedHashSet<String> columns = new LinkedHashSet<>();
        records.values().forEach(record -> columns.addAll(record.names()));
        return new ArrayList<>(columns);
    }

    /** Of lines that were put aside: what was carried to them stands behind their own fields. */
    FixedSettings aside() {
        if (carry.isEmpty()) {
            return this;
        }
        Map<String, FixedRecord> kept = new LinkedHashMap<>();
        records.forEach((name, record) -> kept.put(name, carry.isHead(name) ? record : record.with(carried(record))));
        return new FixedSettings(encodings, type, kept, Carry.NONE, shortLines, longLines, maxLine, finalNewline);
    }

    private List<FixedField> carried(FixedRecord record) {
        List<FixedField> fields = new ArrayList<>();
        for (String name : record.fields().isEmpty() ? List.<String>of() : carry.besides(record.names())) {
            records.values().stream()
                    .flatMap(one -> one.fields().stream())
                    .filter(field -> field.name().equals(name))
                    .findFirst()
                    .ifPresent(fields::add);
        }
        return fields;
    }

    /** The kind of line; null where it is unknown. */
    FixedRecord recordOf(String line) {
        return records.get(typeOf(line));
    }

    String typeOf(String line) {
        return type == null ? "" : type.read(line);
    }
}
