package dev.posbridge.console;

import dev.posbridge.ledger.Requests;
import dev.posbridge.vendor.Profile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The service that runs on the data folder, asked to read a file; what it says at once is told at once. */
final class Service {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final long LOOK_MILLIS = 50;

    private final Workplace workplace;

    Service(Workplace workplace) {
        this.workplace = workplace;
    }

    /** @throws RefusedException where none runs, with the command that does it without */
    void requireThere(String command) {
        if (!workplace.isServed()) {
            throw new RefusedException(
                    409,
                    "No service runs that could read it. Type: posbridge " + command
                            + " --reason '...', or start posbridge run first.");
        }
    }

    /** Whether it was asked for the file already. */
    boolean isAsked(Path file) {
        return workplace.requests().isAsked(file);
    }

    /**
     * Asks for a file, by the profile that is on the disk now.
     *
     * @return what becomes of it, as far as it is known
     * @throws RefusedException where the service does not take it
     */
    String take(String vendor, Path file) {
        String profile = workplace.profiles().find(vendor).map(Profile::hash).orElse("");
        long request = workplace.requests().ask(vendor, profile, List.of(file));
        Requests.Progress progress = await(request, LONGEST_WAIT);
        return progress.ended() ? "the running service has read it." : "the running service reads it now.";
    }

    /** @throws RefusedException where it does not take it */
    Requests.Progress await(long request, Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        Requests requests = workplace.requests();
        Requests.Progress progress = requests.progress(request);
        try {
            while (!progress.ended() && System.nanoTime() < end) {
                Thread.sleep(LOOK_MILLIS);
                progress = requests.progress(request);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
        if (progress.answer() != null) {
            throw new RefusedException(409, progress.answer());
        }
        return progress;
    }
}
