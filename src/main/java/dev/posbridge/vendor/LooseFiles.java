package dev.posbridge.vendor;

import dev.posbridge.ConfigurationException;
import dev.posbridge.PrivateFiles;
import dev.posbridge.vendor.format.set.PartName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Files of a vendor whose files are read together, as they lie in folders: those of one folder whose names say the same
 * are one set.
 */
public final class LooseFiles {
    private final FileSet set;
    private final List<Path> alone = new ArrayList<>();
    private final Map<List<Object>, Lot> lots = new LinkedHashMap<>();

    /** The files of one set, as many as there are. */
    public static final class Lot {
        private final FileSet set;
        private final Map<PartName, Path> files = new LinkedHashMap<>();
        private final List<Path> twice = new ArrayList<>();

        private Lot(FileSet set) {
            this.set = set;
        }

        /** The files by their parts. */
        public Map<PartName, Path> files() {
            return files;
        }

        /** Files of a part that has one already. */
        public List<Path> twice() {
            return twice;
        }

        /** Parts of which there is no file, though the set is none without it. */
        public List<PartName> missing() {
            return set.parts().stream()
                    .filter(part -> part.awaited() && !files.containsKey(part))
                    .toList();
        }

        /** Where they lie. */
        public Path folder() {
            return files.values().iterator().next().toAbsolutePath().getParent();
        }

        /** What the set is called: as its leading file, or the first that there is. */
        public String name() {
            Path first =
                    files.getOrDefault(set.lead(), files.values().iterator().next());
            PartName part = set.partOf(first).orElseThrow();
            return set.memberName(part, first).replace('/', '_') + FileSet.ENDING;
        }

        /** Puts the files together. */
        public void pack(Path target) throws IOException {
            TreeMap<String, Path> members = new TreeMap<>();
            files.forEach((part, file) -> members.put(set.memberName(part, file), file));
            twice.forEach(file -> members.put(file.getFileName().toString(), file));
            FileSet.pack(members, target);
        }
    }

    private LooseFiles(FileSet set) {
        this.set = set;
    }

    public static LooseFiles of(FileSet set, List<Path> files) {
        LooseFiles made = new LooseFiles(set);
        files.forEach(made::add);
        return made;
    }

    private void add(Path file) {
        Optional<PartName> part = set.partOf(file);
        if (part.isEmpty()) {
            if (!set.isIgnored(file.getFileName().toString())) {
                alone.add(file);
            }
            return;
        }
        List<Object> which = new ArrayList<>(set.captured(part.get(), file));
        which.add(file.toAbsolutePath().getParent());
        Lot lot = lots.computeIfAbsent(which, any -> new Lot(set));
        if (lot.files.putIfAbsent(part.get(), file) != null) {
            lot.twice.add(file);
        }
    }

    /** What there is of each set. */
    public List<Lot> lots() {
        return List.copyOf(lots.values());
    }

    /**
     * The sets as files, put together in that folder; what is a set's only file, or none of its parts, as it is.
     *
     * @throws ConfigurationException where a file cannot be read
     */
    public List<Path> packed(Path folder) {
        List<Path> made = new ArrayList<>(alone);
        try {
            for (Lot lot : lots.values()) {
                if (lot.files.size() == 1 && lot.twice.isEmpty()) {
                    made.addAll(lot.files.values());
                    continue;
                }
                Path own = Files.createTempDirectory(PrivateFiles.folder(folder), "set-");
                Path target = own.resolve(lot.name());
                lot.pack(target);
                PrivateFiles.restrict(target);
                made.add(target);
            }
        } catch (IOException problem) {
            throw new ConfigurationException(
                    "The files of a set cannot be put together in " + folder + " (" + problem.getMessage() + ").",
                    problem);
        }
        return made;
    }
}
