package dev.posbridge;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for servers that a test starts, or starts again, at a number it knows beforehand. They lie below those that the
 * system gives to whoever asks for any, and each process has a range of its own: nobody else takes one in between.
 */
public final class FreePort {
    private static final int LOWEST = 12_000;
    private static final int RANGES = 80;
    private static final int RANGE = 250;
    private static final int FIRST = LOWEST + (int) (ProcessHandle.current().pid() % RANGES) * RANGE;
    private static final AtomicInteger GIVEN = new AtomicInteger();

    private FreePort() {}

    /** One that nobody listens at, and that this process gives to nobody else. */
    public static int next() {
        for (int tried = 0; tried < RANGE; tried++) {
            int port = FIRST + GIVEN.getAndIncrement() % RANGE;
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException taken) {
                // Somebody who is not of ours; the next one then.
            }
        }
        throw new IllegalStateException("no free port from " + FIRST + " on");
    }
}
