package dev.posbridge.intake;

import dev.posbridge.PlainName;
import dev.posbridge.PrivateFiles;
import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.HealthBook.State;
import dev.posbridge.vendor.FileSet;
import dev.posbridge.vendor.LooseFiles;
import dev.posbridge.vendor.Profiles;
import dev.posbridge.vendor.format.set.PartName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.component.file.GenericFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the files of one vendor's sets together in its inbox: once all are there and have stood still, they become one file,
 * which is offered as any other. The whole set is on the disk under a hidden name before the first of its files is put
 * aside, and has its own name after the last: a crash between finds it there and goes on. The files are kept beside for a
 * day and looked at, as one that was put away: its writer may still have it open. For one thread.
 */
public final class Sets {
    private static final Logger LOG = LoggerFactory.getLogger(Sets.class);
    private static final Duration KEPT = Duration.ofDays(1);
    private static final int MOST_NAMED = 3;
    /** A folder of our own in the inbox, for what is being put together and what was. */
    public static final String HIDDEN = ".sets";

    private static final String BEGUN = "begun";
    private static final String ASIDE = "aside";
    private static final String PART = ".part";

    private final String vendor;
    private final Supplier<Optional<FileSet>> current;
    private final Path inbox;
    private final Path archive;
    private final Duration settle;
    private final HealthBook health;
    private final LongSupplier ticker;
    private final Map<Path, Look> looks = new HashMap<>();
    private final Map<String, Long> incomplete = new HashMap<>();
    private final Set<String> told = new HashSet<>();
    private FileSet set;

    /** How a file looked, and since when. */
    private record Look(long size, long modified, long since) {}

    /**
     * @param current which files are read together, by the vendor's profile as it is at the moment; asked at each look
     * @param inbox of the vendor
     * @param archive of the vendor, for files that are not read
     * @param settle how long a file must not have changed
     */
    public Sets(
            String vendor,
            Supplier<Optional<FileSet>> current,
            Path inbox,
            Path archive,
            Duration settle,
            HealthBook health) {
        this(vendor, current, inbox, archive, settle, health, System::nanoTime);
    }

    /** @param ticker monotonic nanoseconds */
    Sets(
            String vendor,
            Supplier<Optional<FileSet>> current,
            Path inbox,
            Path archive,
            Duration settle,
            HealthBook health,
            LongSupplier ticker) {
        this.vendor = vendor;
        this.current = current;
        this.inbox = inbox;
        this.archive = archive;
        this.settle = settle;
        this.health = health;
        this.ticker = ticker;
    }

    /** Looks at the inbox; asked every moment. */
    public void look() throws IOException {
        long now = ticker.getAsLong();
        Optional<FileSet> wanted = current.get();
        set = wanted.orElse(set);
        if (set == null) {
            return;
        }
        finishBegun();
        bringBackGrown();
        if (wanted.isEmpty()) {
            health.forget("sets of " + vendor);
            return; // Its profile reads each file alone now, or is gone.
        }
        List<Path> files = files();
        Set<Path> settled = settled(files, now);
        List<String> problems = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (LooseFiles.Lot lot : LooseFiles.of(set, files).lots()) {
            String name = nameOf(lot);
            seen.add(name);
            if (!lot.twice().isEmpty()) {
                problems.add(twice(lot));
            } else if (!lot.missing().isEmpty()) {
                if (now - incomplete.computeIfAbsent(name, any -> now)
                        >= set.lateAfter().toNanos()) {
                    problems.add(late(lot));
                }
            } else if (settled.containsAll(lot.files().values())) {
                pack(lot, name);
            }
        }
        incomplete.keySet().retainAll(seen);
        putIgnoredAway(settled);
        tell(problems);
    }

    /** Of a folder below the inbox with that before it: the same names come in each. */
    private String nameOf(LooseFiles.Lot lot) {
        Path folder = lot.folder();
        String own = lot.name();
        String before = folder.equals(inbox) ? "" : folder.getFileName() + "_";
        return own.startsWith(before) ? own : before + own;
    }

    private String twice(LooseFiles.Lot lot) {
        Path one = lot.twice().get(0);
        return one.getFileName() + " and another file are the same part of set " + nameOf(lot)
                + ", expected one of each. Remove the one that is not meant";
    }

    private String late(LooseFiles.Lot lot) {
        return "set " + nameOf(lot) + " has " + lot.files().size() + " of "
                + (lot.files().size() + lot.missing().size()) + " files and lacks "
                + String.join(
                        ", ",
                        lot.missing().stream()
                                .map(part -> part.name() + " (" + part.file() + ")")
                                .toList())
                + ". Put it beside the others in "
                + lot.folder()
                + "; where a file came again, all of its set must";
    }

    private void tell(List<String> problems) {
        String concern = "sets of " + vendor;
        String text = problems.isEmpty()
                ? ""
                : problems.size() + " not complete: "
                        + String.join("; ", problems.stream().limit(MOST_NAMED).toList())
                        + (problems.size() > MOST_NAMED ? "; ..." : ".");
        health.report(concern, problems.isEmpty() ? State.GREEN : State.RED, text);
        problems.stream().filter(told::add).forEach(problem -> LOG.error("vendor={} {}.", vendor, problem));
        told.retainAll(problems);
    }

    /** Files in the inbox and in its folders. */
    private List<Path> files() throws IOException {
        try (Stream<Path> found = Files.walk(inbox, 2)) {
            return found.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                            && PlainName.is(path.getFileName().toString())
                            && (path.getParent().equals(inbox)
                                    || PlainName.is(
                                            path.getParent().getFileName().toString())))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException gone) {
            return List.of(); // Somebody took something away meanwhile; the next look sees what is there.
        }
    }

    private Set<Path> settled(List<Path> files, long now) throws IOException {
        looks.keySet().retainAll(Set.copyOf(files));
        Set<Path> settled = new HashSet<>();
        for (Path file : files) {
            BasicFileAttributes attributes;
            try {
                attributes = Files.readAttributes(file, BasicFileAttributes.class);
            } catch (NoSuchFileException gone) {
                continue;
            }
            long modified = attributes.lastModifiedTime().toMillis();
            Look before = looks.get(file);
            boolean same = before != null && before.size() == attributes.size() && before.modified() == modified;
            looks.put(file, same ? before : new Look(attributes.size(), modified, now));
            if (same && now - before.since() >= settle.toNanos()) {
                settled.add(file);
            }
        }
        return settled;
    }

    private void pack(LooseFiles.Lot lot, String name) throws IOException {
        if (Files.exists(inbox.resolve(name))) {
            return; // The one before it is still being taken.
        }
        Map<Path, FileStamp> stamps = new HashMap<>();
        for (Path file : lot.files().values()) {
            stamps.put(file, FileStamp.of(file));
        }
        Path begun = PrivateFiles.folder(hidden().resolve(BEGUN).resolve(within(lot.folder())));
        Path part = begun.resolve(name + PART);
        lot.pack(part);
        PrivateFiles.restrict(part);
        for (Map.Entry<Path, FileStamp> stamp : stamps.entrySet()) {
            if (!stamp.getValue().isStillAt(stamp.getKey())) {
                Files.delete(part);
                return; // It is being written after all.
            }
        }
        finish(Files.move(part, begun.resolve(name), StandardCopyOption.ATOMIC_MOVE), lot.folder());
    }

    /** A folder's way from the inbox; a name of its own for the inbox itself. */
    private String within(Path folder) {
        return folder.equals(inbox) ? "." : folder.getFileName().toString();
    }

    /** What a crash left half done. */
    private void finishBegun() throws IOException {
        for (Path begun : filesBelow(hidden().resolve(BEGUN))) {
            if (begun.toString().endsWith(PART)) {
                Files.deleteIfExists(begun);
            } else {
                Path within = hidden().resolve(BEGUN).relativize(begun.getParent());
                finish(begun, inbox.resolve(within).normalize());
            }
        }
    }

    /** Puts aside the files that a set holds, then offers it. */
    private void finish(Path whole, Path folder) throws IOException {
        String name = whole.getFileName().toString();
        for (Path file : inFolder(folder)) {
            PartName part = set.partOf(file).orElse(null);
            if (part != null && FileSet.holds(whole, set.memberName(part, file), file)) {
                Path aside = hidden().resolve(ASIDE).resolve(name).resolve(within(folder));
                String sized = file.getFileName() + "." + Files.size(file);
                Files.move(
                        file,
                        PrivateFiles.folder(aside).resolve(sized),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.move(whole, inbox.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path hidden() {
        return inbox.resolve(HIDDEN);
    }

    /** Looks at files that were put aside: where one was written to, its set comes back and is taken once more. */
    private void bringBackGrown() throws IOException {
        for (Path folder : inFolder(hidden().resolve(ASIDE))) {
            List<Path> files = filesBelow(folder);
            if (files.stream().anyMatch(Sets::hasGrown)) {
                bringBack(folder, files);
            } else if (isOld(folder)) {
                delete(folder);
            }
        }
    }

    private void bringBack(Path folder, List<Path> files) throws IOException {
        List<Path> homes = files.stream().map(file -> home(folder, file)).toList();
        if (homes.stream().anyMatch(Files::exists)) {
            if (told.add(folder.toString())) {
                LOG.error(
                        "vendor={} set={} was written to after it was put together, and comes back once the files of its "
                                + "names in {} are taken in.",
                        vendor,
                        folder.getFileName(),
                        inbox);
            }
            return;
        }
        LOG.warn(
                "vendor={} set={} was written to after it was put together (a writer still has a file open). All of its "
                        + "files go back to {} and are taken in once more; raise posbridge.inbox.settle.",
                vendor,
                folder.getFileName(),
                inbox);
        for (int index = 0; index < files.size(); index++) {
            PrivateFiles.folder(homes.get(index).getParent());
            Files.move(files.get(index), homes.get(index), StandardCopyOption.ATOMIC_MOVE);
        }
        delete(folder);
    }

    private Path home(Path folder, Path file) {
        Path within = folder.relativize(file);
        String name = file.getFileName().toString();
        return inbox.resolve(within.resolveSibling(name.substring(0, name.lastIndexOf('.'))))
                .normalize();
    }

    private static boolean hasGrown(Path file) {
        String name = file.getFileName().toString();
        try {
            return !name.endsWith("." + Files.size(file));
        } catch (IOException gone) {
            return false;
        }
    }

    private static boolean isOld(Path folder) throws IOException {
        long age =
                System.currentTimeMillis() - Files.getLastModifiedTime(folder).toMillis();
        return age > KEPT.toMillis();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static List<Path> inFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(folder)) {
            return found.sorted().toList();
        }
    }

    private static List<Path> filesBelow(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private void putIgnoredAway(Set<Path> settled) throws IOException {
        for (Path file : settled) {
            String name = file.getFileName().toString();
            if (set.partOf(file).isEmpty() && set.isIgnored(name) && !FileSet.isPacked(name)) {
                Path day = PrivateFiles.folder(archive.resolve(LocalDate.now().toString()));
                PutAway.move(file, PutAway.free(day, file));
            }
        }
    }

    /** Whether a file in an inbox is offered by itself: sets are, and what belongs to none, so that somebody is told. */
    public static boolean isOffered(Profiles profiles, GenericFile<Object> file) {
        Path path = Path.of(file.getAbsoluteFilePath());
        String name = path.getFileName().toString();
        String vendor = path.getParent().getFileName().toString();
        return profiles.isInForce(vendor)
                && profiles.named(vendor)
                        .set()
                        .map(set -> FileSet.isPacked(name) || set.partOf(path).isEmpty() && !set.isIgnored(name))
                        .orElse(true);
    }
}
