package dev.posbridge.settings;

import dev.posbridge.Nearest;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The sources that are set up, in the order of their names. */
public record Sources(List<Source> all) {
    public List<SftpSource> sftp() {
        return of(SftpSource.class);
    }

    public List<QueueSource> queues() {
        return of(QueueSource.class);
    }

    /**
     * Everything about the sources that would keep them from working here; looks at this machine only.
     *
     * @param vendors that have a profile
     * @param listsStores whether a vendor's profile has a look-up file that lists its stores; true where nobody knows
     */
    public List<String> problems(List<String> vendors, Predicate<String> listsStores) {
        List<String> problems = new ArrayList<>(missingFiles());
        for (Source source : all) {
            if (!vendors.contains(source.vendor())) {
                problems.add(SourceKeys.PREFIX + source.name() + ".vendor is \"" + source.vendor()
                        + "\", expected one that has a profile." + Nearest.hint(source.vendor(), vendors));
            } else if (source.expects() != null
                    && source.expects().storesOfProfile()
                    && !listsStores.test(source.vendor())) {
                problems.add(SourceKeys.PREFIX + source.name() + ".expects-file has {store}, and nothing says which "
                        + "stores there are. Set " + SourceKeys.PREFIX + source.name() + ".expects-stores, or "
                        + "lookups.<name>.expected in the profile of " + source.vendor() + ".");
            }
        }
        return problems;
    }

    /** Files that the sources need and that are not there or cannot be read; looks at this machine only. */
    public List<String> missingFiles() {
        return sftp().stream()
                .flatMap(
                        source -> source.server().files().entrySet().stream()
                                .filter(file ->
                                        !(Files.isRegularFile(file.getValue()) && Files.isReadable(file.getValue())))
                                .map(
                                        file -> SourceKeys.PREFIX + source.name() + "." + file.getKey() + " is \""
                                                + file.getValue()
                                                + "\", expected a file that is there and can be read. Correct the path or its permissions."))
                .toList();
    }

    /** Those that say what has to come. */
    public List<Source> expecting() {
        return all.stream().filter(source -> source.expects() != null).toList();
    }

    private <T extends Source> List<T> of(Class<T> kind) {
        return all.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
