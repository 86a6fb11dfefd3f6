package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.ledger.DeadLetterFilter;
import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.ledger.DeadLetters.DeadLetter;
import dev.posbridge.ledger.LedgerDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The dead letters that something is to be done with: by their ids, or by what they have in common; never by default. */
final class DeadLetterChoice {
    @Mixin
    private DeadLetterOptions options;

    @Option(names = "--every", description = "Every open dead letter.")
    private boolean every;

    @Parameters(arity = "0..*", paramLabel = "ID", description = "Ids, as posbridge dead-letters list shows them.")
    private List<Long> ids = new ArrayList<>();

    /** Whether the command line chooses nothing. */
    boolean isNone(String reason) {
        return ids.isEmpty() && !every && options.filter(reason, false).isEverything();
    }

    /** @throws ConfigurationException for a vendor or a file that nobody knows */
    void requireKnown(GlobalOptions global, LedgerDatabase database) {
        options.requireKnown(global, database);
    }

    /**
     * The chosen ones, the oldest first; those named by id even where they are closed.
     *
     * @param reason a reason code, null for every one
     * @throws ConfigurationException where nothing, an unknown id, or two ways of choosing are given
     */
    List<DeadLetter> of(DeadLetters book, String reason) {
        DeadLetterFilter filter = options.filter(reason, false);
        if (isNone(reason)) {
            throw new ConfigurationException(
                    "Say which dead letters: ids, or --vendor, --file, --level, a reason code, or --every.");
        }
        if (ids.isEmpty()) {
            return book.all(filter);
        }
        if (every || !filter.isEverything()) {
            throw new ConfigurationException("Give either ids or options that select, not both.");
        }
        return ids.stream().distinct().sorted().map(id -> byId(book, id)).toList();
    }

    /** @throws ConfigurationException where there is no such dead letter */
    static DeadLetter byId(DeadLetters book, long id) {
        return book.byId(id)
                .orElseThrow(() -> new ConfigurationException(
                        "There is no dead letter " + id + ". See: posbridge dead-letters list --all"));
    }

    /** What is said of those that were named and are closed already; nothing where there are none. */
    static String closed(List<DeadLetter> closed) {
        return closed.isEmpty()
                ? ""
                : " Closed before: "
                        + closed.stream()
                                .map(letter -> letter.id() + " (" + letter.state() + ")")
                                .collect(Collectors.joining(", "))
                        + '.';
    }
}
