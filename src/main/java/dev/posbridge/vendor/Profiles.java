package dev.posbridge.vendor;

import dev.posbridge.ConfigurationException;
import dev.posbridge.FileProblem;
import dev.posbridge.Nearest;
import dev.posbridge.PosbridgeException;
import dev.posbridge.ProfileException;
import dev.posbridge.pos.AgainPolicy;
import dev.posbridge.vendor.yaml.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A folder of vendor profiles, {@code <vendor>.yaml} each. Those in its folder {@code unverified} are used in the same way,
 * and mean their paths from the folder above. A file is read once, and then is in force, whatever becomes of it, until
 * {@link #readAnew} reads all again. Thread-safe.
 */
public final class Profiles {
    private static final String SUFFIX = ".yaml";
    private static final String UNVERIFIED = "unverified";

    private final Path folder;
    private final Clock clock;
    private final Map<String, Profile> byName = new ConcurrentHashMap<>();
    private final Map<String, String> broken = new ConcurrentHashMap<>();

    /**
     * What became of the profiles as they were read anew; vendors, sorted.
     *
     * @param gone whose files are there no more: nothing is taken by them any more
     * @param refused what is wrong with profiles that cannot be read; where one was in force before, it stays
     */
    public record News(
            List<String> added, List<String> changed, List<String> gone, SortedMap<String, String> refused) {}

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
        if (broken.containsKey(vendor)) {
            throw new ProfileException(List.of(broken.get(vendor)));
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
            throw new ConfigurationException(FileProblem.of(file, problem) + ". Give a profile's file.", problem);
        }
    }

    /** As {@link #named}; empty where the vendor has no profile any more, or a broken one. */
    public Optional<Profile> find(String vendor) {
        try {
            return Optional.of(named(vendor));
        } catch (PosbridgeException gone) {
            return Optional.empty();
        }
    }

    /** Whether a profile of the vendor was read and holds. */
    public boolean isInForce(String vendor) {
        return byName.containsKey(vendor);
    }

    /** What the vendor's profile says of refunds; what is usual where it has none any more, or a broken one. */
    public AgainPolicy again(String vendor) {
        return find(vendor).map(Profile::again).orElse(AgainPolicy.DEFAULT);
    }

    /**
     * Reads every profile that was not read yet. From now on a broken one stays so until {@link #readAnew}, whatever becomes
     * of its file.
     *
     * @return what is wrong with those that cannot be read, by vendor
     * @throws ConfigurationException where there is no such folder
     */
    public synchronized SortedMap<String, String> readAll() {
        for (String vendor : names()) {
            if (!byName.containsKey(vendor) && !broken.containsKey(vendor)) {
                Problems problems = new Problems(path(vendor).toString());
                Profile profile = readOrTell(vendor, problems);
                if (profile == null) {
                    broken.put(vendor, lines(problems));
                } else {
                    byName.put(vendor, profile);
                }
            }
        }
        return new TreeMap<>(broken);
    }

    /**
     * Reads all profiles again. Those that can be read are in force from now on; in place of a broken one the one before
     * stays.
     *
     * @param needed vendors whose profile stays in force also where its file is gone, since something goes on to need it
     * @throws ConfigurationException where there is no such folder; then all stays as it was
     */
    public synchronized News readAnew(Collection<String> needed) {
        List<String> names = names();
        News news = new News(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new TreeMap<>());
        broken.keySet().retainAll(names);
        for (String vendor : names) {
            Problems problems = new Problems(path(vendor).toString());
            Profile profile = readOrTell(vendor, problems);
            Profile before = byName.get(vendor);
            if (profile == null) {
                news.refused().put(vendor, lines(problems));
                if (before == null) {
                    broken.put(vendor, lines(problems));
                }
            } else {
                byName.put(vendor, profile);
                broken.remove(vendor);
                if (before == null) {
                    news.added().add(vendor);
                } else if (!before.hash().equals(profile.hash())) {
                    news.changed().add(vendor);
                }
            }
        }
        for (String vendor : byName.keySet().stream().sorted().toList()) {
            if (!names.contains(vendor) && needed.contains(vendor)) {
                news.refused()
                        .put(
                                vendor,
                                path(vendor) + ": is gone, expected the profile of a vendor that a source names."
                                        + " Put it back, or remove the source and restart.");
            } else if (!names.contains(vendor)) {
                byName.remove(vendor);
                news.gone().add(vendor);
            }
        }
        return news;
    }

    private static String lines(Problems problems) {
        return String.join(System.lineSeparator(), problems.lines());
    }

    /** Whatever is wrong with one profile must not keep the others from being read. */
    private Profile readOrTell(String vendor, Problems problems) {
        try {
            return read(vendor, problems);
        } catch (RuntimeException unforeseen) {
            problems.at(1, 1, "cannot be read (" + unforeseen + "). Compare it with docs/profiles.md.");
            return null;
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

    /** What stands in the vendor's file, as it is now. @throws ConfigurationException where it cannot be read */
    public String text(String vendor) {
        try {
            return new String(Files.readAllBytes(path(vendor)), StandardCharsets.UTF_8);
        } catch (IOException problem) {
            throw new ConfigurationException(path(vendor) + ": cannot be read. Make it readable.", problem);
        }
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
                    .filter(name -> name.endsWith(SUFFIX) && !name.startsWith("."))
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
            problems.at(
                    1,
                    1,
                    "cannot be read (" + problem.getClass().getSimpleName() + "). Make it readable, or remove it.");
            return null;
        }
    }
}
