package dev.posbridge.intake;

import dev.posbridge.vendor.Profile;
import dev.posbridge.vendor.Profiles;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.component.file.GenericFile;

/** Files in the order of their business dates, where their names tell, then of their names. Thread-safe. */
public final class ByBusinessDate implements Comparator<GenericFile<Object>> {
    private final Function<GenericFile<Object>, Profile> profile;
    private final Function<GenericFile<?>, String> name;

    /** For inboxes, whose folders are named as the vendors. */
    public ByBusinessDate(Profiles profiles) {
        this.profile = file -> profiles.named(
                Path.of(file.getAbsoluteFilePath()).getParent().getFileName().toString());
        this.name = GenericFile::getFileNameOnly;
    }

    /**
     * @param profile of the one vendor, as it is at the moment
     * @param name what a file of the vendor is called here
     */
    public ByBusinessDate(Supplier<Profile> profile, Function<GenericFile<?>, String> name) {
        this.profile = file -> profile.get();
        this.name = name;
    }

    /** The order in which files of one vendor are taken. */
    public static Comparator<Path> of(Profile profile) {
        return Comparator.comparing(path -> path.getFileName().toString(), ofNames(profile));
    }

    @Override
    public int compare(GenericFile<Object> one, GenericFile<Object> other) {
        return ofNames(profile.apply(one)).compare(name.apply(one), name.apply(other));
    }

    private static Comparator<String> ofNames(Profile profile) {
        return Comparator.comparing((String file) -> businessDate(profile, file))
                .thenComparing(Comparator.naturalOrder());
    }

    private static LocalDate businessDate(Profile profile, String name) {
        LocalDate date = profile.businessDateOf(name);
        return date == null ? LocalDate.MAX : date;
    }
}
