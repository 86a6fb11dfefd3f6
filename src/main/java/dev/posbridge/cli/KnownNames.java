package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.Nearest;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.Names;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Names that somebody may ask for; one that nobody ever had is a slip of the pen, not an empty answer. */
final class KnownNames {
    private static final int MOST_NAMED = 20;

    private KnownNames() {}

    /**
     * @param options say where the profiles lie
     * @param vendor null where nobody asked for one, as file
     * @throws ConfigurationException with the nearest name, for a vendor that neither a profile nor the ledger knows, or a
     *     file that never came
     */
    static void require(LedgerDatabase database, GlobalOptions options, String vendor, String file) {
        Names book = new Names(database);
        if (vendor != null) {
            Set<String> vendors = new TreeSet<>(book.vendors());
            vendors.addAll(options.profiles(options.settings(Map.of())).names());
            if (!vendors.contains(vendor)) {
                throw new ConfigurationException("--vendor is \"" + vendor
                        + "\", found no profile and no file of that name." + Nearest.hint(vendor, vendors));
            }
        }
        if (file != null && !book.hasFile(file)) {
            throw new ConfigurationException(
                    "--file is \"" + file + "\", found no file of that name, without folder, that ever came."
                            + Nearest.question(file, book.files())
                            + " See: posbridge report");
        }
    }

    /**
     * @param vendor whose store it is said to be; null for any
     * @throws ConfigurationException with the nearest name, for a store of which nothing ever came; none is unknown to a
     *     ledger to which nothing came
     */
    static void requireStore(LedgerDatabase database, String vendor, String store) {
        storeProblem(database, vendor, store).ifPresent(problem -> {
            throw new ConfigurationException("--store is \"" + store + "\", " + problem
                    + " For a store that is to sell its first receipt, add --new-store.");
        });
    }

    /** What is wrong with the name of a store, as the end of a sentence and what to do; nothing where it is known. */
    static Optional<String> storeProblem(LedgerDatabase database, String vendor, String store) {
        Names book = new Names(database);
        if (book.hasStore(vendor, store)) {
            return Optional.empty();
        }
        List<String> stores = book.stores(vendor);
        String whose = vendor == null ? "" : " of vendor " + vendor;
        return stores.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "found no receipt of that store" + whose + '.' + Nearest.hint(store, some(store, stores)));
    }

    /** Not the thousand stores of a chain: those whose names are likest first. */
    private static List<String> some(String meant, List<String> names) {
        if (names.size() <= MOST_NAMED) {
            return names;
        }
        return Nearest.sorted(meant, names).subList(0, MOST_NAMED);
    }
}
