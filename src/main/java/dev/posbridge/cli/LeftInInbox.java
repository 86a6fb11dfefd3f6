package dev.posbridge.cli;

import dev.posbridge.Nearest;
import dev.posbridge.PlainName;
import dev.posbridge.ProfileException;
import dev.posbridge.settings.Settings;
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
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A file that lies in the inbox, and why.
 *
 * @param vendor whose folder it lies in; null beside them
 * @param why a word for programs
 * @param message why, and what to do where something is to be done
 */
record LeftInInbox(String vendor, Path file, Why why, String message) {
    /** More are not listed one by one. */
    static final int MOST = 1_000;

    /** Why a file is not taken yet, or never will be. */
    enum Why {
        /** Nothing to be done: it is changing still. */
        UNSETTLED,
        /** Nothing to be done: it is its turn soon. */
        WAITING,
        NO_SERVICE,
        /** Something keeps intake from taking anything. */
        INTAKE_STOPPED,
        OTHER_FILES_MISSING,
        NAME,
        LINK,
        FOLDER,
        HIDDEN,
        NO_PERMISSION,
        VENDOR_UNKNOWN,
        PROFILE_BROKEN
    }

    /**
     * What lies there.
     *
     * @param reading files that are being read, which are not meant
     * @param runs whether a service takes files
     * @param stopped why it takes none just now, as a sentence; null where it does
     */
    static List<LeftInInbox> in(Settings settings, Profiles profiles, Set<Path> reading, boolean runs, String stopped) {
        Path inbox = settings.folders().inbox();
        List<LeftInInbox> left = new ArrayList<>();
        for (Path entry : listed(inbox)) {
            String name = entry.getFileName().toString();
            if (!Files.isDirectory(entry)) {
                left.add(new LeftInInbox(
                        null,
                        entry,
                        Why.VENDOR_UNKNOWN,
                        "lies beside the vendors' folders. Move it into one of them."));
            } else if (profiles.names().contains(name)) {
                Look look = new Look(settings, name, profile(profiles, name), runs, stopped);
                listed(entry).stream().filter(file -> !reading.contains(file)).forEach(file -> left.add(look.at(file)));
            } else {
                listed(entry)
                        .forEach(file -> left.add(new LeftInInbox(
                                name,
                                file,
                                Why.VENDOR_UNKNOWN,
                                "no profile is named \"" + name + "\"."
                                        + Nearest.question(name, profiles.names())
                                        + " Move it, or add the profile.")));
            }
        }
        return left.size() > MOST ? left.subList(0, MOST) : left;
    }

    /** @return the profile, or what is wrong with it as a text */
    private static Object profile(Profiles profiles, String vendor) {
        try {
            return profiles.named(vendor);
        } catch (ProfileException broken) {
            return broken.getMessage().lines().findFirst().orElse("it cannot be read");
        }
    }

    private static List<Path> listed(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.limit(MOST + 1L).sorted().toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    /** One vendor's folder. */
    private record Look(Settings settings, String vendor, Object profile, boolean runs, String stopped) {
        LeftInInbox at(Path file) {
            try {
                return at(file, Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
            } catch (IOException problem) {
                return left(file, Why.NO_PERMISSION, "cannot be looked at (" + problem.getMessage() + ").");
            }
        }

        private LeftInInbox at(Path file, BasicFileAttributes attributes) {
            String name = file.getFileName().toString();
            if (attributes.isSymbolicLink()) {
                return left(file, Why.LINK, "is a link, and only files are taken. Put the file itself there.");
            }
            if (attributes.isDirectory()) {
                return left(file, Why.FOLDER, "is a folder, and is not looked into. Put its files beside it.");
            }
            if (name.startsWith(".")) {
                return left(
                        file, Why.HIDDEN, "begins with a dot, as files do that are still being written. Rename it.");
            }
            if (!PlainName.is(name)) {
                return left(
                        file,
                        Why.NAME,
                        "has a name that is not taken, expected letters, digits, dots, blanks, hyphens and underlines, 128 at"
                                + " most. Rename it.");
            }
            if (!Files.isReadable(file)) {
                return left(file, Why.NO_PERMISSION, "may not be read by who runs Posbridge. Let them: chmod, chown.");
            }
            return profile instanceof Profile read
                    ? readable(file, attributes, read)
                    : left(file, Why.PROFILE_BROKEN, "its profile is broken: " + profile);
        }

        private LeftInInbox readable(Path file, BasicFileAttributes attributes, Profile read) {
            if (!runs) {
                return left(file, Why.NO_SERVICE, "nothing runs that takes it. Start: posbridge run");
            }
            Duration age = Duration.between(attributes.lastModifiedTime().toInstant(), Instant.now());
            Duration settle = settings.inbox().settle();
            if (!age.isNegative() && age.compareTo(settle) < 0) {
                return left(
                        file,
                        Why.UNSETTLED,
                        "changed just now; is taken once it has not changed for " + settle.toMillis() + " ms.");
            }
            if (stopped != null) {
                return left(file, Why.INTAKE_STOPPED, stopped);
            }
            return read.set().isPresent()
                    ? left(file, Why.OTHER_FILES_MISSING, "waits for the other files of its set.")
                    : left(
                            file,
                            Why.WAITING,
                            "is its turn soon: files are taken one after another, the oldest day first.");
        }

        private LeftInInbox left(Path file, Why why, String message) {
            return new LeftInInbox(vendor, file, why, message);
        }
    }

    /** {@code inbox/acme/a.csv: is a link, ...}. */
    String words() {
        return file + ": " + message;
    }

    /** {@code other-files-missing}. */
    String word() {
        return why.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
