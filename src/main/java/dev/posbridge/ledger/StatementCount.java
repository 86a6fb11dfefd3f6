package dev.posbridge.ledger;

import dev.posbridge.harness.Harness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/** How often each statement ran, for a harness that asks what a record costs; thread-safe. */
final class StatementCount implements SqlLogger {
    private final Map<String, LongAdder> runs = new ConcurrentHashMap<>();
    private final Path file;

    private StatementCount(Path file) {
        this.file = file;
    }

    /** @return null where no harness asks */
    static StatementCount wanted() {
        return Harness.statementsFile() == null ? null : new StatementCount(Path.of(Harness.statementsFile()));
    }

    @Override
    public void logAfterExecution(StatementContext context) {
        runs.computeIfAbsent(context.getRenderedSql(), sql -> new LongAdder()).increment();
    }

    /** The sum, then each statement, the most frequent first. */
    void write() {
        Map<String, Long> counted = runs.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, run -> run.getValue().sum()));
        long all = counted.values().stream().mapToLong(Long::longValue).sum();
        try {
            Files.write(
                    file,
                    Stream.concat(
                                    Stream.of(Long.toString(all)),
                                    counted.entrySet().stream()
                                            .sorted(Map.Entry.<String, Long>comparingByValue()
                                                    .reversed())
                                            .map(run -> run.getValue() + " "
                                                    + run.getKey().replaceAll("\\s+", " ")))
                            .collect(Collectors.toList()));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
