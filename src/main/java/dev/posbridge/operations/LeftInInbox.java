package dev.posbridge.operations;

import dev.posbridge.Nearest;
import dev.posbridge.settings.Settings;
import dev.posbridge.vendor.Profiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A file that lies in the inbox, and why.
 *
 * @param vendor whose folder it lies in; null beside them
 * @param why a word for programs
 * @param message why, and what to do where something is to be done
 */
public record LeftInInbox(String vendor, Path file, Why why, String message) {
    /** More are not listed one by one. */
    public static final int MOST = 1_000;

    /** Why a file is not taken yet, or never will be. */
    public enum Why {
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
     * @param stopped why it takes none of a vendor's just now, as a sentence; null where it does
     */
    public static List<LeftInInbox> in(
            Settings settings, Profiles profiles, Set<Path> reading, boolean runs, UnaryOperator<String> stopped) {
        Path inbox = settings.folders().inbox();
        List<LeftInInbox> left = new ArrayList<>();
        for (Path entry : listed(inbox, null, left)) {
            String name = entry.getFileName().toString();
            if (!Files.isDirectory(entry)) {
                left.add(new LeftInInbox(
                        null,
                        entry,
                        Why.VENDOR_UNKNOWN,
                        "lies beside the vendors' folders. Move it into one of them."));
            } else if (profiles.names().contains(name)) {
                new InboxLook(settings, name, runs, stopped.apply(name)).add(entry, profiles, reading, left);
            } else {
                listed(entry, name, left)
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

    /** @param left gets the folder itself where it may not be looked into: what lies there nobody can say */
    static List<Path> listed(Path folder, String vendor, List<LeftInInbox> left) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.limit(MOST + 1L).sorted().toList();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException unreadable) {
            left.add(new LeftInInbox(
                    vendor,
                    folder,
                    Why.NO_PERMISSION,
                    "may not be looked into by who runs this command. Let them: chmod, chown."));
            return List.of();
        }
    }

    /** {@code inbox/acme/a.csv: is a link, ...}. */
    public String words() {
        return file + ": " + message;
    }

    /** {@code other-files-missing}. */
    public String word() {
        return why.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
