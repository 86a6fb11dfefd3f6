package dev.posbridge.vendor;

import dev.posbridge.FileRejectedException;
import dev.posbridge.Nearest;
import dev.posbridge.vendor.format.Columns;
import dev.posbridge.vendor.format.FormatType;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.format.RowSource;
import dev.posbridge.vendor.value.IdText;
import dev.posbridge.vendor.value.LookedUp;
import dev.posbridge.vendor.value.Shown;
import dev.posbridge.vendor.value.Source;
import dev.posbridge.vendor.yaml.Section;
import dev.posbridge.vendor.yaml.Word;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The files of its own that a profile looks values up in: what stands under {@code lookups}. Not thread-safe. */
final class Lookups {
    private static final int MOST_MEBIBYTES = 16;
    private static final List<String> TYPES = List.of("csv", "dbf", "xlsx");
    private static final List<String> MISSING = List.of("dead", "blank", "keep");

    /** A file as it was when the profile was read; without bytes where it could not be. */
    private record Lookup(
            String name, Word file, Word key, LookedUp.Missing missing, FormatType.Plan plan, byte[] bytes) {}

    private final Map<String, Lookup> byName = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> tables = new HashMap<>();

    private Lookups() {}

    /** @param folder of the profile, from which paths are meant */
    static Lookups read(Section root, Path folder) {
        Lookups made = new Lookups();
        Section all = root.section("lookups");
        for (String name : all == null ? List.<String>of() : all.keys()) {
            Section own = all.section(name);
            if (own != null) {
                made.byName.put(name, lookup(name, own, folder));
            }
        }
        return made;
    }

    private static Lookup lookup(String name, Section own, Path folder) {
        Word file = own.requiredWord("file");
        Word key = own.requiredWord("key");
        String missing = own.choice("missing", MISSING, "dead");
        FormatType.Plan plan = FormatReader.readKeys(own, TYPES);
        own.refuseUnknown();
        return new Lookup(
                name,
                file,
                key,
                LookedUp.Missing.valueOf(missing.toUpperCase(Locale.ROOT)),
                plan,
                file == null ? null : bytes(file, folder));
    }

    /** One byte more than may be is enough to know that the file is too large. */
    @SuppressWarnings("PMD.ReturnEmptyCollectionRatherThanNull") // An empty file is not a missing one.
    private static byte[] bytes(Word file, Path folder) {
        Path path = folder.resolve(file.text()).toAbsolutePath().normalize();
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes((MOST_MEBIBYTES << 20) + 1);
            if (bytes.length <= MOST_MEBIBYTES << 20) {
                return bytes;
            }
            file.problem("look-up file \"" + file.text() + "\" is larger than " + MOST_MEBIBYTES
                    + " MiB, which is the most that is held in memory. Leave out rows or columns that are not needed.");
        } catch (IOException problem) {
            file.problem("look-up file \"" + path + "\" cannot be read, expected a file that is there.");
        }
        return null;
    }

    /** {@code {from, lookup, column}} under {@code values}; null after a problem was reported. */
    Source value(String name, Section value, Vocabulary vocabulary) {
        Word from = value.requiredWord("from");
        Word asked = value.requiredWord("lookup");
        Word column = value.requiredWord("column");
        value.refuseUnknown();
        Lookup lookup = asked == null ? null : byName.get(asked.text());
        if (asked != null && lookup == null) {
            asked.problem("unknown look-up \"" + asked.text() + "\"."
                    + (byName.isEmpty()
                            ? " Name its file under lookups: { " + asked.text() + ": { file: ..., key: ... } }."
                            : Nearest.hint(asked.text(), byName.keySet())));
        }
        if (from == null || column == null || lookup == null) {
            return null;
        }
        Map<String, String> table =
                tables.computeIfAbsent(lookup.name() + '\n' + column.text(), first -> table(lookup, column));
        return new LookedUp(
                name, vocabulary.source(from), table, lookup.name(), fileName(lookup.file()), lookup.missing());
    }

    private static String fileName(Word file) {
        return file == null ? "" : file.text();
    }

    /** What a column says, by the file's keys. */
    private static Map<String, String> table(Lookup lookup, Word column) {
        if (lookup.bytes() == null || lookup.key() == null) {
            return Map.of();
        }
        Columns columns = new Columns();
        int key = columns.slot(lookup.key().text());
        int value = columns.slot(column.text());
        Map<String, String> table = new HashMap<>();
        String file = lookup.file().text();
        try (RowSource rows =
                lookup.plan().maker().make(columns, List.of()).open(file, new ByteArrayInputStream(lookup.bytes()))) {
            Map<String, Long> lines = new HashMap<>();
            Map<String, String> once = new HashMap<>();
            for (Row row = rows.next(); row != null; row = rows.next()) {
                String found = IdText.of(row.value(key));
                String fault = fault(row, lookup.key().text(), found, lines.putIfAbsent(found, row.line()));
                if (fault != null) {
                    lookup.file().problem("look-up file " + row.position() + ": " + fault);
                    return Map.of();
                }
                String says = row.value(value);
                table.put(found, once.computeIfAbsent(says, same -> same));
            }
        } catch (FileRejectedException wrong) {
            String own = " lookups." + lookup.name() + ".";
            column.problem("look-up file " + wrong.getMessage().replace(" format.", own));
        } catch (UncheckedIOException unread) {
            lookup.file().problem("look-up file " + file + ": cannot be read (" + unread.getMessage() + ").");
        }
        return table;
    }

    /** Why a row says nothing that may be relied on, or null. */
    private static String fault(Row row, String keyColumn, String key, Long earlier) {
        String what = keyColumn + " is \"" + Shown.text(key) + "\"";
        if (row.width() != row.expectedWidth()) {
            return "the row has " + row.width() + " fields, expected " + row.expectedWidth() + ". Correct it.";
        } else if (key.isEmpty()) {
            return keyColumn + " is blank, expected what is looked up. Fill it in, or remove the row.";
        } else if (IdText.mangled(key) != null) {
            return what + ", which is " + IdText.mangled(key) + ". Have the file written with such columns as text.";
        }
        return earlier == null
                ? null
                : what + " as in line " + earlier + ", expected each once. Remove one of the rows.";
    }

    /** Adds what the files hold, in the profile's order, each with its length: two files never read as one. */
    void addTo(MessageDigest digest) {
        for (Lookup lookup : byName.values()) {
            digest.update((lookup.name() + '\n' + lookup.bytes().length + '\n')
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            digest.update(lookup.bytes());
        }
    }
}
