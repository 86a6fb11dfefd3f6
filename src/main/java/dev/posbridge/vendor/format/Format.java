package dev.posbridge.vendor.format;

import dev.posbridge.FileRejectedException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** How one kind of file is read. Immutable, shared by all files of a profile. */
public interface Format {
    /**
     * Starts reading; the header, where there is one, has been read and checked on return.
     *
     * @throws FileRejectedException for a wrong header, wrong encoding or an empty file
     */
    RowSource open(String fileName, InputStream bytes);

    /** How its text is written as bytes. */
    default Charset encoding() {
        return StandardCharsets.UTF_8;
    }

    /**
     * Reads rows again that were put aside, see {@link Row#appendTo}.
     *
     * @param header the file's header as {@link RowSource#header()} gave it, null where the format has none
     * @param firstLine line of the first row in its file
     */
    RowSource reopen(String fileName, String header, String rawRows, long firstLine);

    /**
     * How rows that were put aside look to the people who correct them.
     *
     * @param header as in {@link #reopen}
     * @throws FileRejectedException where the header lacks what the profile needs today
     */
    default Table table(String fileName, String header) {
        return PlainTable.under(this, fileName, header);
    }
}
