package dev.posbridge.vendor.format.delimited;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.Arrays;

/** Gathers a row's fields and stops at rows that are too long or too wide. */
final class FieldCollector extends AbstractBaseCsvCallbackHandler<String[]> {
    /** The row is longer or wider than the profile allows. */
    static final class TooLongException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLongException(String message) {
            super(message);
        }
    }

    private final CsvSettings settings;
    private String[] fields = new String[16];
    private int count;
    private int characters;
    private long line;
    private boolean spansLines;

    FieldCollector(CsvSettings settings) {
        this.settings = settings;
    }

    /** Line on which the latest row started, counted from 1 by the parser. */
    long line() {
        return line;
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
        line = startingLineNumber;
        count = 0;
        characters = 0;
        spansLines = false;
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
        characters += length;
        if (characters > settings.maxRow()) {
            throw new TooLongException("is longer than " + settings.maxRow() + " characters");
        }
        if (count == settings.maxColumns()) {
            throw new TooLongException("has more than " + settings.maxColumns() + " fields");
        }
        if (count == fields.length) {
            fields = Arrays.copyOf(fields, count * 2);
        }
        String field = length == 0 ? "" : new String(buffer, offset, length);
        spansLines |= quoted && (field.indexOf('\n') >= 0 || field.indexOf('\r') >= 0);
        fields[count++] = field;
    }

    /** Whether a quoted field of the latest row holds a line end. */
    boolean spansLines() {
        return spansLines;
    }

    @Override
    protected String[] buildRecord() {
        return Arrays.copyOf(fields, count);
    }
}
