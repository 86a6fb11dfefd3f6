package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.Nearest;
import dev.posbridge.ledger.ReportBook;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Names that somebody may ask for; one that nobody ever had is a slip of the pen, not an empty answer. */
final class KnownNames {
    private KnownNames() {}

    /**
     * @param profiles names of the profiles that there are
     * @param options say where the profiles lie
     * @param vendor null where nobody asked for one, as file
     * @throws ConfigurationException with the nearest name, for a vendor that neither a profile nor the ledger knows, or a
     *     file that never came
     */
    static void require(ReportBook book, GlobalOptions options, String vendor, String file) {
        if (vendor != null) {
            Set<String> vendors = new TreeSet<>(book.vendors());
            vendors.addAll(options.profiles(options.settings(Map.of())).names());
            if (!vendors.contains(vendor)) {
                throw new ConfigurationException("--vendor is \"" + vendor
                        + "\", found no profile and no file of that name." + Nearest.hint(vendor, vendors));
            }
        }
        if (file != null && !book.hasFile(file)) {
            String meant = Nearest.to(file, book.fileNames())
                    .map(near -> " Did you mean \"" + near + "\"?")
                    .orElse("");
            throw new ConfigurationException(
                    "--file is \"" + file + "\", found no file of that name, without folder, that ever came." + meant
                            + " See: posbridge report");
        }
    }
}
