package dev.posbridge;

import java.util.concurrent.ThreadFactory;

/** Threads that keep no process from ending. */
public final class Daemons {
    private Daemons() {}

    /** @param name of each of them */
    public static ThreadFactory named(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
