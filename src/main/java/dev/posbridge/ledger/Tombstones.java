package dev.posbridge.ledger;

import dev.posbridge.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Who was forgotten, in a file beside the ledger, too: a copy that is put back in its place has not heard of what was wished since.
 * The file holds what the table holds, salted hashes; in a ledger that is another one they mean nothing and harm nothing.
 */
public final class Tombstones {
    /** Beside the ledger. */
    public static final String FILE = "ledger.forgotten";

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private Tombstones() {}

    /**
     * Has file and ledger say the same, of everybody of whom one of them does.
     *
     * @param ledger its file
     */
    public static void agree(LedgerDatabase database, Path ledger) throws IOException {
        Path file = ledger.resolveSibling(FILE);
        Set<String> kept = new HashSet<>();
        if (Files.exists(file)) {
            Files.readAllLines(file).stream()
                    .filter(line -> HASH.matcher(line).matches())
                    .forEach(kept::add);
        }
        List<String> known = database.read(handle ->
                handle.select("select hash from forgotten").mapTo(String.class).list());
        Set<String> all = new TreeSet<>(kept);
        all.addAll(known);
        if (all.size() > known.size()) {
            database.update(handle -> all.forEach(hash -> Forgotten.add(handle, hash)));
        }
        if (all.size() > kept.size()) {
            Path written = file.resolveSibling(FILE + ".new");
            Files.deleteIfExists(written);
            Files.createFile(written);
            PrivateFiles.restrict(written);
            Files.write(written, all);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
