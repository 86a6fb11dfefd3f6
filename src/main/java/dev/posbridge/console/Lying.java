package dev.posbridge.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of the ledger, read anew from where it lies.
 *
 * @param tried what it comes to; null where it is not read for a page
 * @param unread why it is not; null where it is
 */
record Lying(Tried tried, String unread) {
    private static final long LARGEST = 64L << 20;

    static Lying of(Visit visit, Workplace workplace, String vendor, String path) {
        String unread = unread(workplace, vendor, Path.of(path));
        return unread != null
                ? new Lying(null, unread)
                : new Lying(Tried.of(visit, workplace, workplace.profiles().named(vendor), Path.of(path)), null);
    }

    private static String unread(Workplace workplace, String vendor, Path lies) {
        try {
            if (!Files.isRegularFile(lies)) {
                return lies + ": is there no longer.";
            }
            if (Files.size(lies) > LARGEST) {
                return "It is larger than 64 MiB, so it is not read for a page. Type: posbridge check --vendor "
                        + vendor + " " + lies;
            }
            return workplace.profiles().find(vendor).isEmpty()
                    ? "Vendor " + vendor + " has no profile that can be read any more."
                    : null;
        } catch (IOException problem) {
            return lies + ": cannot be read (" + problem.getMessage() + ").";
        }
    }
}
