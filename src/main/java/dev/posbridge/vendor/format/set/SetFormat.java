package dev.posbridge.vendor.format.set;

import dev.posbridge.vendor.format.Columns;
import dev.posbridge.vendor.format.Format;
import dev.posbridge.vendor.format.KeptRows;
import dev.posbridge.vendor.format.RowSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A zip whose members are read together: their rows come one file after the other, the leading one first, under columns
 * that say which part they are of. What is put aside is one table with the columns of all parts.
 */
public final class SetFormat implements Format {
    /** Which part a row is of. */
    public static final String PART = "Part";
    /** Which parts the set has, with blanks between. */
    public static final String PARTS = "Parts";

    private final Map<PartPlan, Format> parts = new LinkedHashMap<>();
    private final List<Pattern> ignored;
    private final List<String> shared;
    private final Columns columns;
    private final List<String> drop;

    /**
     * @param plans the leading part first
     * @param ignored names of files that may lie in the zip and are not read
     * @param shared columns that all parts have: those by which they are joined
     */
    public SetFormat(
            List<PartPlan> plans, List<Pattern> ignored, List<String> shared, Columns columns, List<String> drop) {
        this.ignored = List.copyOf(ignored);
        this.shared = List.copyOf(shared);
        this.columns = columns;
        this.drop = List.copyOf(drop);
        for (PartPlan plan : plans) {
            parts.put(plan, plan.format().maker().make(columnsOf(plan), dropsOf(plan)));
        }
    }

    private Columns columnsOf(PartPlan plan) {
        Columns own = new Columns();
        if (plan.joined()) {
            shared.forEach(name -> own.slot(plan.key().getOrDefault(name, name)));
        }
        String prefix = plan.part().prefix();
        columns.names().stream()
                .filter(name -> startsWith(name, prefix))
                .forEach(name -> own.slot(name.substring(prefix.length())));
        return own;
    }

    private static boolean startsWith(String name, String prefix) {
        return name.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    private List<String> dropsOf(PartPlan plan) {
        List<String> own = new ArrayList<>();
        String prefix = plan.part().prefix();
        for (String name : drop) {
            own.add(startsWith(name, prefix) ? name.substring(prefix.length()) : name);
        }
        return own;
    }

    @Override
    public RowSource open(String fileName, InputStream bytes) {
        PushbackInputStream again = new PushbackInputStream(bytes, 2);
        boolean packed = isZip(again);
        return SetRows.open(fileName, packed ? Archive.of(fileName, again) : Members.of(fileName, again), this);
    }

    /** By its first two letters; without them it is one file that came alone. */
    private static boolean isZip(PushbackInputStream bytes) {
        try {
            byte[] start = bytes.readNBytes(2);
            bytes.unread(start);
            return start.length == 2 && start[0] == 'P' && start[1] == 'K';
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @Override
    public RowSource reopen(String fileName, String header, String rawRows, long firstLine) {
        return KeptRows.read(fileName, header, rawRows, firstLine, columns, drop);
    }

    Map<PartPlan, Format> parts() {
        return parts;
    }

    List<String> shared() {
        return shared;
    }

    Columns columns() {
        return columns;
    }

    /** Whether the values of a column must not be kept, named with its part or without. */
    boolean isDropped(PartPlan plan, String name) {
        return Columns.contains(drop, name)
                || Columns.contains(drop, plan.part().prefix() + name);
    }

    boolean isIgnored(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return ignored.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }
}
