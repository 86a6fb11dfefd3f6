package dev.posbridge.vendor;

import dev.posbridge.ConfigurationException;
import dev.posbridge.Nearest;
import dev.posbridge.PosbridgeException;
import dev.posbridge.ProfileException;
import dev.posbridge.pos.AgainPolicy;
import dev.posbridge.vendor.yaml.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A folder of vendor profiles, {@code <vendor>.yaml} each. Those in its folder {@code unverified} are used in the same way,
 * and mean their paths from the folder above. Reads the files anew at each call.
 */
public final class Profiles {
    private static final String SUFFIX = ".yaml";
    private static final String UNVERIFIED = "unverified";

    private final Path folder;
    private final Clock clock;
    private final Map<String, Profile> byName = new ConcurrentHashMap<>();

    private Profiles(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    public static Profiles in(Path folder) {
        return in(folder, Clock.systemUTC());
    }

    /** @param clock says what lies in the future */
    public static Profiles in(Path folder, Clock clock) {
        return new Profiles(folder, clock);
    }

    /**
     * Reads one profile, and only that file, once.
     *
     * @throws ConfigurationException for an unknown vendor, with those there are
     * @throws ProfileException with all problems of the file, or where there are two of that name
     */
    public Profile named(String vendor) {
        Profile read = byName.get(vendor);
        if (read != null) {
            return read;
        }
        List<String> names = names();
        if (!names.contains(vendor)) {
            throw new ConfigurationException(
                    "vendor \"" + vendor + "\": no such profile in " + folder + "." + Nearest.hint(vendor, names));
        }
        Problems problems = new Problems(path(vendor).toString());
        Profile profile = read(vendor, problems);
        problems.throwIfAny();
        byName.put(vendor, profile);
        return profile;
    }

    /**
     * Reads a vendor's profile from another file, such as a copy of how it was.
     *
     * @throws ConfigurationException where the file cannot be read
     * @throws ProfileException with all problems of the file
     */
    public Profile read(String vendor, Path file) {
        Problems problems = new Problems(file.toString());
        try {
            Profile.Parts parts = new ProfileReader(problems, folder).read(vendor, Files.readAllBytes(file));
            problems.throwIfAny();
            return new Profile(parts, clock);
        } catch (IOException problem) {
            throw new ConfigurationException(
                    file + ": cannot be read (" + problem.getMessage() + "). Give a profile's file.", problem);
        }
    }

    /** What the vendor's profile says of refunds; what is usual where it has none any more, or a broken one. */
    public AgainPolicy again(String vendor) {
        try {
            return named(vendor).again();
        } catch (PosbridgeException gone) {
            return AgainPolicy.DEFAULT;
        }
    }

    /** @throws ProfileException with all problems of all files */
    public List<Profile> all() {
        List<Profile> profiles = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (String vendor : names()) {
            Problems problems = new Problems(path(vendor).toString());
            Profile profile = read(vendor, problems);
            if (profile != null) {
                profiles.add(profile);
                byName.putIfAbsent(vendor, profile);
            }
            lines.addAll(problems.lines());
        }
        if (!lines.isEmpty()) {
            throw new ProfileException(lines);
        }
        return List.copyOf(profiles);
    }

    /** The vendors, sorted. */
    public List<String> names() {
        Path below = folder.resolve(UNVERIFIED);
        return Stream.concat(namesIn(folder), Files.isDirectory(below) ? namesIn(below) : Stream.empty())
                .sorted()
                .distinct()
                .toList();
    }

    /** Whether the vendor's profile was written from specifications and never met a real file. */
    public boolean unverified(String vendor) {
        return Files.exists(folder.resolve(UNVERIFIED).resolve(vendor + SUFFIX));
    }

    private static Stream<String> namesIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .toList()
                    .stream();
        } catch (IOException problem) {
            throw new ConfigurationException(
                    folder + ": cannot list the vendor profiles. Give the folder that holds them.", problem);
        }
    }

    private Path path(String vendor) {
        return (unverified(vendor) ? folder.resolve(UNVERIFIED) : folder).resolve(vendor + SUFFIX);
    }

    private Profile read(String vendor, Problems problems) {
        if (unverified(vendor) && Files.exists(folder.resolve(vendor + SUFFIX))) {
            problems.at(
                    1,
                    1,
                    "there is another profile of this name, " + folder.resolve(vendor + SUFFIX)
                            + ", expected one. Remove this one if the other is what you verified, or rename one of them.");
            return null;
        }
        try {
            Profile.Parts parts = new ProfileReader(problems, folder).read(vendor, Files.readAllBytes(path(vendor)));
            return parts == null ? null : new Profile(parts, clock);
        } catch (IOException problem) {
            throw new UncheckedIOException("cannot read " + path(vendor), problem);
        }
    }
}
