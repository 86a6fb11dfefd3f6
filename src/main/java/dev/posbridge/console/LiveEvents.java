package dev.posbridge.console;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tells pages that something has changed, once a second at most ({@code text/event-stream}); what it is they ask themselves. A
 * listener's thread is its own, so that one who does not listen keeps nobody else waiting, and there are few of them. It ends
 * with the session; a page that finds no place asks every few seconds instead.
 */
final class LiveEvents {
    static final String PATH = "/events";
    private static final int MOST_LISTENERS = 24;
    private static final int STILL_THERE_SECONDS = 10;

    private final Semaphore places = new Semaphore(MOST_LISTENERS);

    /** @param seen what the page shows: it is told when that is another one */
    Answer follow(Visit visit, Supplier<String> seen) {
        if (places.availablePermits() == 0) {
            throw new RefusedException(503, "As many listen as may. Ask every few seconds instead.");
        }
        return Answer.stream("text/event-stream; charset=utf-8", out -> {
            if (places.tryAcquire()) {
                try {
                    tell(visit, seen, out);
                } catch (InterruptedException closed) {
                    Thread.currentThread().interrupt();
                } finally {
                    places.release();
                }
            }
        });
    }

    private static void tell(Visit visit, Supplier<String> seen, OutputStream out)
            throws IOException, InterruptedException {
        String last = seen.get();
        int silent = 0;
        say(out, "retry: 3000\n\n");
        while (visit.goesOn().getAsBoolean()) {
            TimeUnit.SECONDS.sleep(1);
            String now = seen.get();
            silent++;
            if (!now.equals(last)) {
                say(out, "event: changed\ndata: \n\n");
                silent = 0;
            } else if (silent == STILL_THERE_SECONDS) {
                say(out, "event: still\ndata: \n\n");
                silent = 0;
            }
            last = now;
        }
        say(out, "event: over\ndata: \n\n");
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
