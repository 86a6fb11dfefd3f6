package dev.posbridge.vendor.format.set;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The files of one set. */
interface Members extends AutoCloseable {
    /** Their names, with their folders. */
    List<String> names();

    /** What one holds; damage is the file's fault, while it is read, too. */
    InputStream open(String member);

    @Override
    void close();

    /** A file that is handed over alone. */
    static Members of(String name, InputStream bytes) {
        return new Members() {
            @Override
            public List<String> names() {
                return List.of(name);
            }

            @Override
            public InputStream open(String member) {
                return bytes;
            }

            @Override
            public void close() {
                try {
                    bytes.close();
                } catch (IOException problem) {
                    throw new UncheckedIOException(problem);
                }
            }
        };
    }
}
