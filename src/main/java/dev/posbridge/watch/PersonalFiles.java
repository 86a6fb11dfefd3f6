package dev.posbridge.watch;

import dev.posbridge.ledger.Person;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Takes a person out of files that were put away: in text the lines that name them are overwritten where they stand, letter by
 * letter, so that the others stay as they were and whoever writes on goes on writing. What is packed, or spread over lines,
 * is deleted whole: the ledger has what counts of it. Used by one thread.
 */
public final class PersonalFiles {
    private static final int LONGEST_LINE = 1 << 20;
    private static final int HEAD = 4_096;

    private final Predicate<String> named;
    private final Consumer<Path> beforeChange;
    private final List<Path> deleted = new ArrayList<>();
    private final List<Path> masked = new ArrayList<>();

    /** @param beforeChange told of a file before anything in it is overwritten */
    public PersonalFiles(Person person, Consumer<Path> beforeChange) {
        this(person::isNamedIn, beforeChange);
    }

    /** @param named whether a text names one of those who are meant */
    PersonalFiles(Predicate<String> named, Consumer<Path> beforeChange) {
        this.named = named;
        this.beforeChange = beforeChange;
    }

    /** Files that were deleted whole. */
    public List<Path> deleted() {
        return deleted;
    }

    /** Files of which lines were overwritten. */
    public List<Path> masked() {
        return masked;
    }

    /**
     * Looks through everything below the folder.
     *
     * @param known first lines of the person's records, by path, where it is known; they are taken out however they are written
     */
    public void clean(Path folder, Map<String, Set<Long>> known) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
        for (Path file : files) {
            try {
                cleanFile(file, known.getOrDefault(file.toAbsolutePath().toString(), Set.of()));
            } catch (NoSuchFileException movedMeanwhile) {
                // Whoever moved it has it; it is looked at there.
            }
        }
    }

    /** Files below the folder that name the person; nothing is changed. */
    public List<Path> named(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        List<Path> named = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && isNamedIn(file)) {
                    named.add(file);
                }
            }
        }
        return named;
    }

    /** As {@link #clean}, one file that lies there. */
    void cleanFile(Path file, Set<Long> lines) throws IOException {
        if (isLines(file)) {
            int found = mask(file, Set.of());
            if (found == 0 && !lines.isEmpty()) {
                found = mask(file, lines);
            }
            if (found > 0 && !masked.contains(file)) {
                masked.add(file);
            }
        } else if (!lines.isEmpty() || isNamedIn(file)) {
            Files.delete(file);
            deleted.add(file);
        }
    }

    /** Text of which a line stands for itself: nothing packed, no tree of many lines. */
    private static boolean isLines(Path file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD);
        }
        for (byte one : head) {
            if (one == 0) {
                return false;
            }
        }
        String text = new String(head, StandardCharsets.ISO_8859_1)
                .replaceFirst("^\u00ef\u00bb\u00bf", "")
                .strip();
        String first = text.lines().findFirst().orElse("");
        boolean packed = text.startsWith("PK") || text.startsWith("\u001f\u008b") || text.startsWith("-----BEGIN");
        boolean tree = text.startsWith("<") || text.startsWith("[") || text.startsWith("{") && !first.endsWith("}");
        boolean binary =
                head.length > 0 && (head[0] & 0xFF) >= 0x80 && (head[0] & 0xFF) != 0xEF && !first.contains(",");
        return !packed && !tree && !binary;
    }

    private int mask(Path file, Set<Long> numbers) throws IOException {
        FileTime modified = Files.getLastModifiedTime(file);
        List<long[]> places = new ArrayList<>();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            Lines lines = new Lines(in);
            while (lines.next()) {
                if (numbers.contains(lines.number) || numbers.isEmpty() && named.test(lines.text())) {
                    places.add(new long[] {lines.begin, lines.length});
                }
            }
        }
        if (!places.isEmpty()) {
            beforeChange.accept(file);
            overwrite(file, places);
            Files.setLastModifiedTime(file, modified);
        }
        return places.size();
    }

    private static void overwrite(Path file, List<long[]> places) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            for (long[] place : places) {
                byte[] line = new byte[(int) place[1]];
                open.seek(place[0]);
                open.readFully(line);
                for (int at = 0; at < line.length; at++) {
                    int one = line[at] & 0xFF;
                    if (one >= 0x80 || Character.isLetterOrDigit(one) || one == '@') {
                        line[at] = 'x';
                    }
                }
                open.seek(place[0]);
                open.write(line);
            }
            open.getFD().sync();
        }
    }

    private boolean isNamedIn(Path file) throws IOException {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file))) {
            raw.mark(HEAD);
            int first = raw.read();
            int second = raw.read();
            raw.reset();
            if (first == 'P' && second == 'K') {
                return isNamedInAny(new ZipInputStream(raw));
            }
            return isNamedIn(first == 0x1f && second == 0x8b ? new GZIPInputStream(raw) : raw);
        } catch (java.util.zip.ZipException damaged) {
            return false;
        }
    }

    private boolean isNamedInAny(ZipInputStream zip) throws IOException {
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (isNamedIn(zip)) {
                return true;
            }
        }
        return false;
    }

    private boolean isNamedIn(InputStream in) throws IOException {
        Lines lines = new Lines(new BufferedInputStream(in, 1 << 16));
        while (lines.next()) {
            // Texts of two bytes a letter have a zero beside each.
            if (named.test(lines.text().replace("\u0000", ""))) {
                return true;
            }
        }
        return false;
    }

    /** The lines of a stream, each with its place; one without end comes in parts. */
    private static final class Lines {
        private final InputStream in;
        private final byte[] line = new byte[LONGEST_LINE];
        private long begin;
        private int length;
        private long number = 1;
        private long at;
        private boolean ended;

        Lines(InputStream in) {
            this.in = in;
        }

        boolean next() throws IOException {
            begin = at;
            length = 0;
            number += ended ? 1 : 0;
            int one = in.read();
            while (one >= 0) {
                at++;
                if (one == '\n') {
                    break;
                }
                line[length++] = (byte) one;
                if (length == LONGEST_LINE) {
                    break;
                }
                one = in.read();
            }
            ended = one == '\n';
            return ended || length > 0;
        }

        /** Letters that are no ASCII do not matter here. */
        String text() {
            return new String(line, 0, length, StandardCharsets.ISO_8859_1);
        }
    }
}
