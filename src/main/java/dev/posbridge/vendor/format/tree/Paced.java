package dev.posbridge.vendor.format.tree;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Ends the reading where the parser takes in more and more without coming to the end of anything. */
final class Paced extends FilterReader {
    /** Words that follow a position. */
    static final class EndlessException extends IOException {
        private static final long serialVersionUID = 1L;

        EndlessException() {
            super("a tag, a comment or a text is longer than " + Limits.PIECE + " characters");
        }
    }

    private int taken;

    Paced(Reader in) {
        super(in);
    }

    void restart() {
        taken = 0;
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        taken += Math.max(0, read);
        if (taken > Limits.PIECE) {
            throw new EndlessException();
        }
        return read;
    }
}
