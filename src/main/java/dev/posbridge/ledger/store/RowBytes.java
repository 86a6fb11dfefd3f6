package dev.posbridge.ledger.store;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import net.jpountz.xxhash.XXHash64;
import net.jpountz.xxhash.XXHashFactory;
import org.postgresql.copy.CopyIn;

/** Rows of either database in the words of PostgreSQL's binary copy, which are also what two sides are compared by. */
final class RowBytes {
    private static final XXHash64 XX = XXHashFactory.fastestJavaInstance().hash64();
    private static final long SEED = 0x6d6f_7665L;
    private static final byte[] HEADER = "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int END = -1;
    private static final int NULL = -1;
    private static final int AT_ONCE = 1 << 16;

    private final CopyIn copy;
    private final Tables.Table table;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);
    private long written;

    /** @param copy null for whoever only compares */
    RowBytes(CopyIn copy, Tables.Table table) throws SQLException {
        this.copy = copy;
        this.table = table;
        if (copy != null) {
            bytes.writeBytes(HEADER);
            bytes.writeBytes(new byte[2 * Integer.BYTES]);
        }
    }

    /** Sends the row, or keeps it for a moment to send it with others. */
    void add(ResultSet row) throws SQLException {
        write(row);
        if (bytes.size() > AT_ONCE) {
            send();
        }
    }

    private void send() throws SQLException {
        written += bytes.size();
        copy.writeToCopy(bytes.toByteArray(), 0, bytes.size());
        bytes.reset();
    }

    long written() {
        return written;
    }

    void end() throws SQLException {
        bytes.writeBytes(new byte[] {(byte) END, (byte) END});
        send();
        copy.endCopy();
    }

    long digest(ResultSet row) throws SQLException {
        bytes.reset();
        write(row);
        return XX.hash(bytes.toByteArray(), 0, bytes.size(), SEED);
    }

    private void write(ResultSet row) throws SQLException {
        try {
            out.writeShort(table.columns().size());
            for (int column = 0; column < table.columns().size(); column++) {
                write(row, column);
            }
        } catch (IOException impossible) {
            throw new IllegalStateException("memory has no errors of input or output", impossible);
        }
    }

    private void write(ResultSet row, int column) throws SQLException, IOException {
        switch (table.types().get(column)) {
            case "bigint" -> {
                long number = row.getLong(column + 1);
                if (!isNull(row)) {
                    out.writeInt(Long.BYTES);
                    out.writeLong(number);
                }
            }
            case "double precision" -> {
                double number = row.getDouble(column + 1);
                if (!isNull(row)) {
                    out.writeInt(Double.BYTES);
                    out.writeDouble(number);
                }
            }
            case "text" -> {
                String text = row.getString(column + 1);
                write(text == null ? null : text.getBytes(StandardCharsets.UTF_8));
            }
            case "bytea" -> write(row.getBytes(column + 1));
            default ->
                throw new IllegalStateException(
                        table.name() + '.' + table.columns().get(column) + ": no type of a ledger");
        }
    }

    private boolean isNull(ResultSet row) throws SQLException, IOException {
        boolean none = row.wasNull();
        if (none) {
            out.writeInt(NULL);
        }
        return none;
    }

    private void write(byte[] value) throws IOException {
        out.writeInt(value == null ? NULL : value.length);
        if (value != null) {
            out.write(value);
        }
    }
}
