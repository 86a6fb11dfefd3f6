package dev.posbridge.vendor;

import dev.posbridge.RecordRejectedException;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.value.Facts;
import dev.posbridge.vendor.value.IdText;
import dev.posbridge.vendor.value.Source;
import java.util.List;

/** The values that rows of one receipt have in common. Used by one thread. */
final class ReceiptKey {
    private static final long START = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private final Source[] parts;
    private final Facts facts;

    ReceiptKey(List<Source> parts, Facts facts) {
        this.parts = parts.toArray(Source[]::new);
        this.facts = facts;
    }

    /** A row's key; null where a part of it is blank, a mangled id, or one that nobody knows: equal ones then tell nothing. */
    @SuppressWarnings("PMD.ReturnEmptyCollectionRatherThanNull") // No key is no empty key.
    String[] of(Row row) {
        if (parts.length == 0) {
            return null;
        }
        facts.at(row);
        String[] key = new String[parts.length];
        try {
            for (int index = 0; index < key.length; index++) {
                key[index] = parts[index].of(facts);
                String id = IdText.of(key[index]);
                if (id.isEmpty() || parts[index].mangled(id, facts) != null) {
                    return null;
                }
            }
        } catch (RecordRejectedException unknown) {
            return null; // Whoever translates the row says so.
        }
        return key;
    }

    /** Whether a row has this key. */
    boolean isOf(String[] key, Row row) {
        facts.at(row);
        try {
            for (int index = 0; index < key.length; index++) {
                if (!key[index].equals(parts[index].of(facts))) {
                    return false;
                }
            }
        } catch (RecordRejectedException unknown) {
            return false;
        }
        return true;
    }

    static long hash(String... key) {
        long hash = START;
        for (String part : key) {
            hash = add(hash, part);
        }
        return hash ^ hash >>> 32;
    }

    /** What the rows say, in order; of elements without their number in the file, which is the first field. */
    static long hash(List<Row> rows) {
        long hash = START;
        for (Row row : rows) {
            int from = row.receipt() == 0 ? 0 : 1;
            List<String> fields = row.fields();
            for (int index = from; index < fields.size(); index++) {
                hash = add(hash, fields.get(index));
            }
        }
        return hash;
    }

    /** What the rows say in the columns that the profile uses, in order. */
    static long hashOfUsed(List<Row> rows) {
        long hash = START;
        for (Row row : rows) {
            for (int slot = 0; slot < row.slots(); slot++) {
                hash = add(hash, row.value(slot));
            }
        }
        return hash;
    }

    private static long add(long before, String text) {
        long hash = before;
        for (int index = 0; index < text.length(); index++) {
            hash = (hash ^ text.charAt(index)) * PRIME;
        }
        return (hash ^ 0x1f) * PRIME;
    }
}
