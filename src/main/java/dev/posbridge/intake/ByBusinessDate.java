package dev.posbridge.intake;

import dev.posbridge.vendor.Profile;
import dev.posbridge.vendor.Profiles;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import org.apache.camel.component.file.GenericFile;

/** Files in the order of their business dates, where their names tell, then of their names. Thread-safe. */
public final class ByBusinessDate implements Comparator<GenericFile<Object>> {
    private final Profiles profiles;

    public ByBusinessDate(Profiles profiles) {
        this.profiles = profiles;
    }

    /** The order in which files of one vendor are taken. */
    public static Comparator<Path> of(Profile profile) {
        return Comparator.comparing(
                        (Path path) -> businessDate(profile, path.getFileName().toString()))
                .thenComparing(path -> path.getFileName().toString());
    }

    @Override
    public int compare(GenericFile<Object> one, GenericFile<Object> other) {
        Path first = Path.of(one.getAbsoluteFilePath());
        Profile profile = profiles.named(first.getParent().getFileName().toString());
        return of(profile).compare(first, Path.of(other.getAbsoluteFilePath()));
    }

    private static LocalDate businessDate(Profile profile, String name) {
        LocalDate date = profile.businessDateOf(name);
        return date == null ? LocalDate.MAX : date;
    }
}
