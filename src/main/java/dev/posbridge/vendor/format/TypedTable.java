package dev.posbridge.vendor.format;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Rows of several record types: each column once, by its name, and each row under those of its type. */
public final class TypedTable implements Table {
    /** A record type. */
    public interface Kind {
        /** As the profile says it; "" where there is only one. */
        String type();

        List<String> names();

        /**
         * The fields as a row; null where that would be read as one of another type.
         *
         * @throws UnfitException where a field does not fit its place
         */
        String text(List<String> fields);
    }

    private final List<Kind> kinds;
    private final List<String> names = new ArrayList<>();
    /** By kind: the column of each of its fields. */
    private final List<int[]> places = new ArrayList<>();

    public TypedTable(List<? extends Kind> kinds) {
        this.kinds = List.copyOf(kinds);
        Map<String, Integer> columns = new HashMap<>();
        for (Kind kind : kinds) {
            Map<String, Integer> seen = new HashMap<>();
            int[] own = new int[kind.names().size()];
            for (int index = 0; index < own.length; index++) {
                String name = kind.names().get(index);
                // A name that one row has twice is two columns.
                String which = seen.merge(name, 1, Integer::sum) + " " + name;
                own[index] = columns.computeIfAbsent(which, any -> {
                    names.add(name);
                    return names.size() - 1;
                });
            }
            places.add(own);
        }
    }

    @Override
    public List<String> names() {
        return List.copyOf(names);
    }

    @Override
    public List<String> cells(Row row) {
        int[] own = places.get(indexOf(row.layout().names()));
        List<String> fields = row.fields();
        List<String> cells = new ArrayList<>();
        for (int index = 0; index < Math.min(own.length, fields.size()); index++) {
            put(cells, own[index], fields.get(index));
        }
        for (int index = own.length; index < fields.size(); index++) {
            put(cells, Math.max(cells.size(), names.size()), fields.get(index));
        }
        return cells;
    }

    private static void put(List<String> cells, int place, String text) {
        cells.addAll(Collections.nCopies(Math.max(0, place + 1 - cells.size()), ""));
        cells.set(place, text);
    }

    private int indexOf(List<String> layout) {
        for (int index = 0; index < kinds.size(); index++) {
            if (kinds.get(index).names().equals(layout)) {
                return index;
            }
        }
        throw new IllegalStateException("a row of no record type: " + layout);
    }

    @Override
    public String text(List<String> cells) {
        UnfitException nearly = null;
        for (int index = 0; index < kinds.size(); index++) {
            Kind kind = kinds.get(index);
            List<String> fields = fields(places.get(index), cells);
            String text = kind.text(fields);
            if (text != null) {
                String strange = strange(places.get(index), cells);
                if (strange == null) {
                    return text;
                }
                nearly = new UnfitException(
                        strange + ", but rows of record type \"" + kind.type() + "\" have no such column: "
                                + String.join(", ", kind.names()) + ". Clear the cell, or move its value.");
            }
        }
        if (nearly != null) {
            throw nearly;
        }
        throw new UnfitException("the row is of no record type, expected one of: "
                + kinds.stream().map(Kind::type).collect(Collectors.joining(", "))
                + ". Put its record type back.");
    }

    /** Fewer than all where the cells end before. */
    private List<String> fields(int[] own, List<String> cells) {
        List<String> fields = new ArrayList<>(own.length);
        for (int place : own) {
            if (place >= cells.size()) {
                return fields;
            }
            fields.add(cells.get(place));
        }
        if (cells.size() > names.size()) {
            fields.addAll(cells.subList(names.size(), cells.size()));
        }
        return fields;
    }

    /** A cell with something in it that is none of the type's. */
    private String strange(int[] own, List<String> cells) {
        Set<Integer> mine = new HashSet<>();
        for (int place : own) {
            mine.add(place);
        }
        for (int place = 0; place < Math.min(cells.size(), names.size()); place++) {
            if (!mine.contains(place) && !Blank.is(cells.get(place))) {
                return "\"" + names.get(place) + "\" is \"" + cells.get(place) + "\"";
            }
        }
        return null;
    }
}
