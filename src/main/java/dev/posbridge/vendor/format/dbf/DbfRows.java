package dev.posbridge.vendor.format.dbf;

import dev.posbridge.FileRejectedException;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.format.Columns;
import dev.posbridge.vendor.format.KeptRows;
import dev.posbridge.vendor.format.Layout;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.format.RowSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of a table, one at a time; a record's number is its line. Numbers and dates are taken as the digits that
 * stand there, so that no value passes through a binary fraction. Deleted records are no rows.
 */
final class DbfRows implements RowSource {
    private static final int HEADER = 32;
    private static final int FIELD = 32;
    private static final int FIELDS_END = 0x0D;
    private static final int END_MARK = 0x1A;
    private static final int MOST_FIELDS = 2_046;

    private record Field(String name, char type, int length) {}

    private final String fileName;
    private final InputStream bytes;
    private final Charset encoding;
    private final List<Field> fields = new ArrayList<>();
    private final byte[] record;
    private final long promised;
    private long number;
    private Layout layout;
    private Row ahead;

    DbfRows(String fileName, InputStream bytes, Charset encoding) {
        this.fileName = fileName;
        this.bytes = bytes;
        this.encoding = encoding;
        ByteBuffer header = little(exactly(HEADER));
        int version = header.get(0) & 0xFF;
        this.promised = Integer.toUnsignedLong(header.getInt(4));
        int headerSize = header.getShort(8) & 0xFFFF;
        int recordSize = header.getShort(10) & 0xFFFF;
        if ((version & 0x07) < 2 || (version & 0x07) > 5 || headerSize < HEADER + FIELD + 1 || recordSize < 2) {
            throw noTable();
        }
        readFields(headerSize);
        int size = 1 + fields.stream().mapToInt(Field::length).sum();
        if (size != recordSize) {
            throw refused(
                    Reason.FORMAT_WRONG,
                    "the table's records have " + recordSize + " bytes, expected " + size
                            + " by its fields. Have the till export it again.");
        }
        this.record = new byte[recordSize];
    }

    private void readFields(int headerSize) {
        byte[] rest = exactly(headerSize - HEADER);
        int at = 0;
        while (at < rest.length && rest[at] != FIELDS_END && fields.size() < MOST_FIELDS) {
            if (at + FIELD > rest.length) {
                throw noTable();
            }
            int end = at;
            while (end < at + 11 && rest[end] != 0) {
                end++;
            }
            String name = new String(rest, at, end - at, StandardCharsets.ISO_8859_1).strip();
            char type = (char) (rest[at + 11] & 0xFF);
            int low = rest[at + 16] & 0xFF;
            // Long texts have the high byte of their length where numbers have their decimals.
            int length = type == 'C' ? low + ((rest[at + 17] & 0xFF) << 8) : low;
            fields.add(new Field(name, type, length));
            at += FIELD;
        }
        if (fields.isEmpty()) {
            throw noTable();
        }
    }

    private FileRejectedException noTable() {
        return refused(Reason.FORMAT_WRONG, "the file is no dBASE table (DBF). " + Reason.FORMAT_WRONG.remedy());
    }

    List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    /** Fields whose bytes are no text, and none that we can read. */
    void refuseUnreadable(List<String> used) {
        for (Field field : fields) {
            if ("CNFDLIY".indexOf(field.type()) < 0 && Columns.contains(used, field.name())) {
                throw refused(
                        Reason.HEADER_WRONG,
                        "the column \"" + field.name() + "\" is of type " + field.type()
                                + ", expected text, numbers, dates or yes and no. Use another column in the profile.");
            }
        }
    }

    DbfRows under(Layout found) {
        this.layout = found;
        return this;
    }

    @Override
    public Row next() {
        Row row = ahead == null ? read() : ahead;
        ahead = null;
        return row;
    }

    private Row read() {
        while (true) {
            int flag = flag();
            if (flag < 0 || flag == END_MARK) {
                return atTheEnd();
            }
            number++;
            if (number > promised) {
                throw refused(
                        Reason.FORMAT_WRONG,
                        "the table says that it has " + promised + " records, and more follow. Have the till send it "
                                + "again, once it has written it.");
            }
            fill();
            if (flag == ' ') {
                return new Row(layout, number, values());
            }
            if (flag != '*') {
                throw refused(
                        Reason.FORMAT_WRONG,
                        String.format(
                                "record %d begins with the byte %02X, expected a blank or, deleted, *. Have the till "
                                        + "send the table again.",
                                number, flag));
            }
        }
    }

    private Row atTheEnd() {
        if (number < promised) {
            throw refused(
                    Reason.FILE_TRUNCATED,
                    "the table says that it has " + promised + " records, and " + number + " are there. "
                            + Reason.FILE_TRUNCATED.remedy());
        }
        return null;
    }

    private int flag() {
        try {
            return number == promised && promised == 0 ? -1 : bytes.read();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private void fill() {
        byte[] rest = read(record.length - 1);
        if (rest.length < record.length - 1) {
            throw refused(
                    Reason.FILE_TRUNCATED,
                    "record " + number + " of " + promised + " is cut off. " + Reason.FILE_TRUNCATED.remedy());
        }
        System.arraycopy(rest, 0, record, 1, rest.length);
        // Where a byte is missing before it, the table's end mark stands in the place of the last field's last byte.
        if (number == promised && endsWithText() && record[record.length - 1] == END_MARK) {
            throw refused(
                    Reason.FILE_TRUNCATED,
                    "record " + number + " of " + promised
                            + " holds the table's end mark: bytes are missing before it. "
                            + Reason.FILE_TRUNCATED.remedy());
        }
    }

    private boolean endsWithText() {
        return "CNFDL".indexOf(fields.get(fields.size() - 1).type()) >= 0;
    }

    private String[] values() {
        String[] values = new String[fields.size()];
        int at = 1;
        for (int index = 0; index < values.length; index++) {
            Field field = fields.get(index);
            values[index] = value(field, at);
            at += field.length();
        }
        return values;
    }

    private String value(Field field, int at) {
        switch (field.type()) {
            case 'C':
                return text(field, at);
            case 'I':
                return Integer.toString(little(record).getInt(at));
            case 'Y':
                return BigDecimal.valueOf(little(record).getLong(at), 4).toPlainString();
            case 'N', 'F', 'D', 'L':
                return new String(record, at, field.length(), StandardCharsets.ISO_8859_1)
                        .replace('\0', ' ')
                        .strip();
            default:
                return "";
        }
    }

    private String text(Field field, int at) {
        int length = field.length();
        while (length > 0 && (record[at + length - 1] == ' ' || record[at + length - 1] == 0)) {
            length--;
        }
        try {
            return encoding.newDecoder()
                    .decode(ByteBuffer.wrap(record, at, length))
                    .toString();
        } catch (CharacterCodingException problem) {
            throw new FileRejectedException(
                    Position.ofRow(fileName, number),
                    Reason.ENCODING_WRONG,
                    "the column \"" + field.name() + "\" is not " + encoding.name() + ". "
                            + Reason.ENCODING_WRONG.remedy(),
                    problem);
        }
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private byte[] exactly(int count) {
        byte[] read = read(count);
        if (read.length < count) {
            throw read.length == 0
                    ? refused(Reason.FILE_EMPTY, "the file is empty, expected a table. " + Reason.FILE_EMPTY.remedy())
                    : noTable();
        }
        return read;
    }

    private byte[] read(int count) {
        try {
            return bytes.readNBytes(count);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private FileRejectedException refused(Reason reason, String text) {
        return new FileRejectedException(Position.ofFile(fileName), reason, text);
    }

    @Override
    public String header() {
        return KeptRows.header(names());
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
            bytes.close();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
