package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.engine.Engine;
import dev.posbridge.ledger.FileReport;
import dev.posbridge.ledger.Outcomes;
import dev.posbridge.ledger.ReportBook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Receipts of a till, sent one after the other as messages while nothing else is on its way. */
final class LiveSamples {
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final long LOOK_MILLIS = 2;

    private final Engine engine;
    private final ReportBook book;
    private final String queue;

    /**
     * What became of a message.
     *
     * @param outcome in the words of a report; null where it was not settled in time
     * @param took from sending it to its end in the ledger
     */
    record Sent(String name, String outcome, Duration took) {}

    LiveSamples(Engine engine, String queue) {
        this.engine = engine;
        this.book = new ReportBook(engine.ledger().database());
        this.queue = queue;
    }

    /** Sends each file of the folder, by name. */
    List<Sent> send(Path folder) throws InterruptedException {
        List<Sent> sent = new ArrayList<>();
        for (Path file : files(folder)) {
            sent.add(send(file.getFileName().toString(), text(file)));
        }
        return sent;
    }

    private Sent send(String name, String text) throws InterruptedException {
        Outcomes before = today();
        long began = System.nanoTime();
        engine.send(queue, text);
        Outcomes after = before;
        while (after.in().records() == before.in().records() || !book.isSettled()) {
            if (System.nanoTime() - began > LONGEST.toNanos()) {
                return new Sent(name, null, LONGEST);
            }
            Thread.sleep(LOOK_MILLIS);
            after = today();
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        Outcomes settled = today();
        String outcome = Outcomes.WORDS.stream()
                .filter(word -> settled.of(word).records() > before.of(word).records())
                .findFirst()
                .orElse(null);
        return new Sent(name, outcome, took);
    }

    /** What came by the queue so far. */
    private Outcomes today() {
        Optional<FileReport> day = book.filesAfter(0).stream()
                .filter(file -> file.name().startsWith(queue + '@'))
                .reduce((earlier, later) -> later);
        return day.map(FileReport::outcomes).orElse(Outcomes.NONE);
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException missing) {
            throw restore(folder, missing);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw restore(file, missing);
        }
    }

    private static ConfigurationException restore(Path path, IOException missing) {
        return new ConfigurationException(
                path + ": cannot be read, expected messages of a till. Restore it from the distribution.", missing);
    }
}
