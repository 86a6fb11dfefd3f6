package dev.posbridge.operations;

import dev.posbridge.PlainName;
import dev.posbridge.ProfileException;
import dev.posbridge.intake.Sets;
import dev.posbridge.operations.LeftInInbox.Why;
import dev.posbridge.settings.Settings;
import dev.posbridge.vendor.FileSet;
import dev.posbridge.vendor.LooseFiles;
import dev.posbridge.vendor.Profile;
import dev.posbridge.vendor.Profiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One vendor's folder of the inbox: why each file in it is not taken yet, or never will be.
 *
 * @param runs whether a service takes files
 * @param stopped why it takes none just now, as a sentence; null where it does
 */
record InboxLook(Settings settings, String vendor, boolean runs, String stopped) {
    void add(Path folder, Profiles profiles, Set<Path> reading, List<LeftInInbox> left) {
        List<Path> files = new ArrayList<>(LeftInInbox.listed(folder, vendor, left));
        files.removeIf(file -> reading.contains(file) || file.endsWith(Sets.HIDDEN));
        Profile profile;
        try {
            profile = profiles.named(vendor);
        } catch (ProfileException broken) {
            String problem = broken.getMessage().lines().findFirst().orElse("it cannot be read");
            files.forEach(file -> left.add(
                    unusable(file) == null
                            ? left(file, Why.PROFILE_BROKEN, "its profile is broken: " + problem)
                            : unusable(file)));
            return;
        }
        FileSet set = profile.set().orElse(null);
        if (set != null) {
            // Sets may lie in folders of their own.
            for (Path below : List.copyOf(files)) {
                if (Files.isDirectory(below, LinkOption.NOFOLLOW_LINKS)
                        && PlainName.is(below.getFileName().toString())) {
                    files.remove(below);
                    files.addAll(LeftInInbox.listed(below, vendor, left));
                }
            }
        }
        Map<Path, String> ofSets = set == null ? Map.of() : ofSets(set, files);
        for (Path file : files) {
            LeftInInbox unusable = unusable(file);
            left.add(unusable == null ? usable(file, set, ofSets) : unusable);
        }
    }

    /** Of each file of a set that is not whole, what it waits for. */
    private static Map<Path, String> ofSets(FileSet set, List<Path> files) {
        Map<Path, String> waiting = new TreeMap<>();
        for (LooseFiles.Lot lot : LooseFiles.of(set, files).lots()) {
            if (!lot.missing().isEmpty()) {
                String missing = lot.missing().stream()
                        .map(part -> part.name() + " (" + part.file() + ")")
                        .collect(Collectors.joining(", "));
                lot.files().values().forEach(file -> waiting.put(file, missing));
                lot.twice().forEach(file -> waiting.put(file, missing));
            }
        }
        return waiting;
    }

    /** What no profile and no patience would make of use; null where it is none of that. */
    private LeftInInbox unusable(Path file) {
        BasicFileAttributes attributes;
        try {
            attributes = attributes(file);
        } catch (IOException problem) {
            return left(file, Why.NO_PERMISSION, "cannot be looked at (" + problem.getMessage() + ").");
        }
        String name = file.getFileName().toString();
        if (attributes.isSymbolicLink()) {
            return left(file, Why.LINK, "is a link, and only files are taken. Put the file itself there.");
        }
        if (attributes.isDirectory()) {
            return left(file, Why.FOLDER, "is a folder, and is not looked into. Put its files beside it.");
        }
        if (name.startsWith(".")) {
            return left(file, Why.HIDDEN, "begins with a dot, as files do that are still being written. Rename it.");
        }
        if (!PlainName.is(name)) {
            return left(
                    file,
                    Why.NAME,
                    "has a name that is not taken, expected letters, digits, dots, blanks, hyphens and underlines, 128 at"
                            + " most. Rename it.");
        }
        return Files.isReadable(file)
                ? null
                : left(file, Why.NO_PERMISSION, "may not be read by who runs this command. Let them: chmod, chown.");
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private LeftInInbox usable(Path file, FileSet set, Map<Path, String> ofSets) {
        if (!runs) {
            return left(file, Why.NO_SERVICE, "nothing runs that takes it. Start: posbridge run");
        }
        Duration settle = settings.inbox().settle();
        Duration age;
        try {
            age = Duration.between(attributes(file).lastModifiedTime().toInstant(), Instant.now());
        } catch (IOException gone) {
            return left(file, Why.WAITING, "was taken away just now.");
        }
        if (!age.isNegative() && age.compareTo(settle) < 0) {
            return left(
                    file,
                    Why.UNSETTLED,
                    "changed just now; is taken once it has not changed for " + settle.toMillis() + " ms.");
        }
        if (stopped != null) {
            return left(file, Why.INTAKE_STOPPED, stopped);
        }
        if (ofSets.containsKey(file)) {
            return left(file, Why.OTHER_FILES_MISSING, "waits for the rest of its set: " + ofSets.get(file) + '.');
        }
        if (set != null && set.isIgnored(file.getFileName().toString())) {
            return left(file, Why.WAITING, "is not read by the profile; is put into the archive soon.");
        }
        return left(file, Why.WAITING, "is its turn soon: files are taken one after another, the oldest day first.");
    }

    private LeftInInbox left(Path file, Why why, String message) {
        return new LeftInInbox(vendor, file, why, message);
    }
}
