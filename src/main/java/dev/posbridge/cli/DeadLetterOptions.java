package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.Nearest;
import dev.posbridge.ledger.DeadLetterFilter;
import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.pos.Reason;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Option;

/** Options that say which dead letters are meant; the reason's own option is the command's. */
final class DeadLetterOptions {

    @Option(names = "--vendor", paramLabel = "V", description = "Only this vendor's.")
    private String vendor;

    @Option(names = "--file", paramLabel = "F", description = "Only those of files of this name, without folder.")
    private String file;

    @Option(names = "--level", paramLabel = "row|record|file|message", description = "Only those of this level.")
    private String level;

    /**
     * @param reason a reason code, null for every one
     * @param closed whether closed ones are meant too
     * @throws ConfigurationException for a word that is no reason code or level
     */
    DeadLetterFilter filter(String reason, boolean closed) {
        List<String> codes = Arrays.stream(Reason.values()).map(Reason::code).toList();
        if (reason != null && !codes.contains(reason)) {
            throw new ConfigurationException(
                    "reason \"" + reason + "\": no such reason code." + Nearest.hint(reason, codes));
        }
        if (level != null && !DeadLetters.LEVELS.contains(level)) {
            throw new ConfigurationException(
                    "--level is \"" + level + "\", expected one of " + String.join(", ", DeadLetters.LEVELS) + ".");
        }
        return new DeadLetterFilter(vendor, reason, file, level, closed);
    }

    /** @throws ConfigurationException for a vendor or a file that nobody knows */
    void requireKnown(GlobalOptions options, LedgerDatabase database) {
        KnownNames.require(database, options, vendor, file);
    }
}
