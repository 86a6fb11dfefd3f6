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
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The files of its own that a profile looks values up in: what stands under {@code lookups}. Not thread-safe. */
final class Lookups {
    private static final int MOST_MEBIBYTES = 16;
    private static final List<String> MISSING = List.of("dead", "blank", "keep");

    /** A file as it was when the profile was read; without bytes where it could not be. */
    private record Lookup(
            String name,
            Word file,
            Word key,
            LookedUp.Missing missing,
            Section expected,
            FormatType.Plan plan,
            byte[] bytes) {}

    /** What is done with a row and its key; what is wrong with the row, or null. */
    private interface EachRow {
        String fault(Row row, String key);
    }

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
        Section expected = own.section("expected");
        FormatType.Plan plan = FormatReader.readKeys(own);
        own.refuseUnknown();
        return new Lookup(
                name,
                file,
                key,
                LookedUp.Missing.valueOf(missing.toUpperCase(Locale.ROOT)),
                expected,
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

    /** The stores of the look-up that has {@code expected}, each with the time by which its file has to be there. */
    Optional<ExpectedStores> expectedStores() {
        ExpectedStores found = null;
        for (Lookup lookup : byName.values()) {
            if (lookup.expected() != null) {
                ExpectedStores own = expectedStores(lookup);
                if (found != null) {
                    lookup.expected()
                            .problem(
                                    "\"expected\" stands under two look-ups, expected one file that lists the stores.");
                }
                found = own;
            }
        }
        return Optional.ofNullable(found);
    }

    private static ExpectedStores expectedStores(Lookup lookup) {
        Word by = lookup.expected().requiredWord("by");
        Word zone = lookup.expected().word("zone");
        lookup.expected().refuseUnknown();
        Map<String, ExpectedStores.Deadline> stores = new TreeMap<>();
        if (by == null) {
            return new ExpectedStores(stores);
        }
        Columns columns = columns(lookup);
        int timeColumn = columns.slot(by.text());
        int zoneColumn = zone == null ? -1 : columns.slot(zone.text());
        each(lookup, by, columns, (row, store) -> {
            String time = row.value(timeColumn).strip();
            String place = zoneColumn < 0 ? "" : row.value(zoneColumn).strip();
            try {
                if (!ExpectedStores.NEVER.equals(time)) {
                    stores.put(store, ExpectedStores.Deadline.of(time, place));
                }
                return null;
            } catch (DateTimeException wrong) {
                return "\"" + Shown.text(time) + "\"" + (place.isEmpty() ? "" : " with \"" + Shown.text(place) + "\"")
                        + ", expected a time such as 03:00, blank or " + ExpectedStores.NEVER
                        + (zone == null ? "" : ", and a time zone such as Europe/London or blank") + ". Correct it.";
            }
        });
        return new ExpectedStores(stores);
    }

    /** What a column says, by the file's keys. */
    private static Map<String, String> table(Lookup lookup, Word column) {
        Columns columns = columns(lookup);
        int value = columns.slot(column.text());
        Map<String, String> table = new HashMap<>();
        Map<String, String> once = new HashMap<>();
        boolean good = each(lookup, column, columns, (row, key) -> {
            String says = row.value(value);
            table.put(key, once.computeIfAbsent(says, same -> same));
            return null;
        });
        return good ? table : Map.of();
    }

    private static Columns columns(Lookup lookup) {
        Columns columns = new Columns();
        if (lookup.key() != null) {
            columns.slot(lookup.key().text());
        }
        return columns;
    }

    /** @return false after a problem was reported */
    private static boolean each(Lookup lookup, Word column, Columns columns, EachRow use) {
        if (lookup.bytes() == null || lookup.key() == null) {
            return false;
        }
        int key = columns.slot(lookup.key().text());
        if (!isKnown(lookup, lookup.key(), columns, column)) {
            return false;
        }
        String file = lookup.file().text();
        try (RowSource rows =
                lookup.plan().maker().make(columns, List.of()).open(file, new ByteArrayInputStream(lookup.bytes()))) {
            Map<String, Long> lines = new HashMap<>();
            for (Row row = rows.next(); row != null; row = rows.next()) {
                String found = IdText.of(row.value(key));
                String fault = fault(row, lookup.key().text(), found, lines.putIfAbsent(found, row.line()));
                fault = fault == null ? use.fault(row, found) : fault;
                if (fault != null) {
                    lookup.file().problem("look-up file " + row.position() + ": " + fault);
                    return false;
                }
            }
            return true;
        } catch (FileRejectedException wrong) {
            String own = " lookups." + lookup.name() + ".";
            column.problem("look-up file " + wrong.getMessage().replace(" format.", own));
        } catch (UncheckedIOException unread) {
            lookup.file().problem("look-up file " + file + ": cannot be read (" + unread.getMessage() + ").");
        }
        return false;
    }

    /** Formats without a header have the columns that the profile gives them; where there is one, reading it tells. */
    private static boolean isKnown(Lookup lookup, Word key, Columns columns, Word column) {
        List<String> known = lookup.plan().columns();
        for (String name : known.isEmpty() ? List.<String>of() : columns.names()) {
            if (!Columns.contains(known, name)) {
                (name.equals(key.text()) ? key : column)
                        .problem("look-up \"" + lookup.name() + "\" has no column \"" + name + "\"."
                                + Nearest.hint(name, known));
                return false;
            }
        }
        return true;
    }

    /** Why a row says nothing that may be relied on, or null. */
    private static String fault(Row row, String keyColumn, String key, Long earlier) {
        if (row.fault() != null) {
            return row.fault();
        }
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
