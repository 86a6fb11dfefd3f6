package dev.posbridge.vendor.unwrap;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** {@code unwrap: gzip}. */
public record GzipStep() implements Step {
    private static final int BUFFER = 64 * 1024;

    @Override
    public String word() {
        return "gzip";
    }

    @Override
    public List<String> endings() {
        return List.of(".gz");
    }

    @Override
    public InputStream open(InputStream packed) throws IOException {
        return new GZIPInputStream(packed, BUFFER);
    }
}
