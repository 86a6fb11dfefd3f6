package dev.posbridge.broker;

import dev.posbridge.PrivateFiles;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Which message of a queue is in hand, and how many processes ended while it was. Written before the message is read, into
 * memory that outlives the process and not the machine: a till waits, and no disk is asked. Used by one thread.
 */
final class DeathNote {
    private static final int MESSAGE = 0;
    private static final int ENDS = Long.BYTES;
    private static final int BYTES = 2 * Long.BYTES;

    private final MappedByteBuffer note;

    private DeathNote(MappedByteBuffer note) {
        this.note = note;
    }

    static DeathNote open(Path folder, String queue) throws IOException {
        Path file = PrivateFiles.folder(folder).resolve(queue);
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            PrivateFiles.restrict(file);
            return new DeathNote(channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES));
        }
    }

    /** @return how many processes ended with this message in hand; from now on this one is counted among them */
    long take(long message) {
        long ends = note.getLong(MESSAGE) == message ? note.getLong(ENDS) : 0;
        note.putLong(ENDS, ends + 1);
        note.putLong(MESSAGE, message);
        return ends;
    }

    /** It is done with, or this process ends in an orderly way. */
    void leave() {
        note.putLong(MESSAGE, 0);
        note.putLong(ENDS, 0);
    }
}
