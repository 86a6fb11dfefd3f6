package dev.posbridge.vendor;

import dev.posbridge.vendor.format.set.PartName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Which files of a vendor are read together. They become one file, a zip that holds them as they are: so they are taken,
 * trusted, archived and known again as one. Immutable.
 *
 * @param parts the leading one first
 * @param ignored names of files that come along and are not read
 * @param lateAfter how long a set may lack a file until somebody has to look
 */
public record FileSet(List<PartName> parts, List<Pattern> ignored, Duration lateAfter) {
    /** What the name of a set has behind that of its leading file. */
    public static final String ENDING = ".set.zip";

    /** The same at every time, so that the same files make the same set to the byte. */
    private static final LocalDateTime ALWAYS = LocalDateTime.of(1980, 1, 1, 0, 0);

    private static final int BUFFER = 256 * 1024;

    public FileSet {
        parts = List.copyOf(parts);
        ignored = List.copyOf(ignored);
    }

    public PartName lead() {
        return parts.get(0);
    }

    /** The part that a file is by its name, or by its folder's and its own; empty where it is none. */
    public Optional<PartName> partOf(Path file) {
        String path = pathOf(file);
        return parts.stream().filter(part -> part.fits(path)).findFirst();
    }

    /** What the groups in a file's name say; files for which they say the same belong together. */
    public List<String> captured(PartName part, Path file) {
        return part.captured(pathOf(file), lead().captures());
    }

    private static String pathOf(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return (folder == null || folder.getFileName() == null ? "" : folder.getFileName() + "/") + file.getFileName();
    }

    /** Whether a file comes along and is not read. */
    public boolean isIgnored(String name) {
        return ignored.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }

    /** Whether the file is a set already. */
    public static boolean isPacked(String name) {
        return name.regionMatches(true, name.length() - 4, ".zip", 0, 4);
    }

    /** What a file is called within its set: with its folder where only both say what it is. */
    public String memberName(PartName part, Path file) {
        String name = file.getFileName().toString();
        return part.file().matcher(name).matches() ? name : pathOf(file);
    }

    /** Name of the leading file in a set, by which the set is known; its own where it cannot be read, or has none. */
    String nameWithin(Path packed) {
        String own = packed.getFileName().toString();
        if (lead().fits(own)) {
            return own;
        }
        if (Files.isRegularFile(packed)) {
            try (ZipFile zip = new ZipFile(packed.toFile())) {
                Enumeration<? extends ZipEntry> entries = zip.entries();
                for (int members = 0; entries.hasMoreElements() && members < 1_000; members++) {
                    String name = entries.nextElement().getName();
                    if (lead().fits(name)
                            && name.matches("([A-Za-z0-9_][A-Za-z0-9._ -]*/)?[A-Za-z0-9][A-Za-z0-9._ -]{0,127}")) {
                        return name;
                    }
                }
            } catch (IOException damaged) {
                // Opening it says what is wrong.
                return nameWithin(own);
            }
        }
        return nameWithin(own);
    }

    String nameWithin(String name) {
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }

    /**
     * Puts files together, and the result on the disk.
     *
     * @param members files by their name within
     * @throws IOException also where one changed meanwhile
     */
    public static void pack(SortedMap<String, Path> members, Path target) throws IOException {
        try (FileChannel channel = FileChannel.open(
                        target,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                OutputStream bytes = Channels.newOutputStream(channel);
                ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, Path> member : members.entrySet()) {
                zip.putNextEntry(entry(member.getKey(), member.getValue()));
                try (InputStream file = Files.newInputStream(member.getValue())) {
                    file.transferTo(zip);
                }
                zip.closeEntry();
            }
            zip.finish();
            channel.force(true);
        }
    }

    /** Stored as it is: what packs today is not what packs tomorrow. */
    private static ZipEntry entry(String name, Path file) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(ALWAYS);
        entry.setMethod(ZipEntry.STORED);
        CRC32 sum = new CRC32();
        long size = 0;
        try (InputStream bytes = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                sum.update(buffer, 0, read);
                size += read;
            }
        }
        entry.setSize(size);
        entry.setCompressedSize(size);
        entry.setCrc(sum.getValue());
        return entry;
    }

    /** Whether a set holds a file just as it is. */
    public static boolean holds(Path packed, String member, Path file) throws IOException {
        try (ZipFile zip = new ZipFile(packed.toFile())) {
            ZipEntry there = zip.getEntry(member);
            if (there == null || there.getSize() != Files.size(file)) {
                return false;
            }
            return there.getCrc() == entry(member, file).getCrc();
        }
    }
}
