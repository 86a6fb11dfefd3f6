package dev.posbridge.vendor;

import dev.posbridge.RecordRejectedException;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.value.Facts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the rows of a receipt must be where they come from several files. Immutable.
 *
 * @param part slot of the column that says which part a row is of
 * @param present slot of the column that says which parts there are
 * @param parts the leading one first
 * @param on slots of the columns by which they are joined
 */
record Joining(int part, int present, List<Part> parts, int[] on) {
    /** How many rows of a part a receipt has. */
    enum Many {
        ONE,
        SOME,
        ANY
    }

    /**
     * @param from the part of which it takes rows away; null where it does not
     * @param by slots of the columns in which a row that takes away says which, and
     * @param of those in which the other says that it is meant
     * @param through how it is found where it lacks the columns by which the others are joined, else null
     */
    record Part(String name, Many many, String from, int[] by, int[] of, Through through) {}

    /**
     * Rows that belong to every receipt that names them, such as an order with several checks.
     *
     * @param own slots of the columns by which they are called
     * @param naming by each of them the slots of other parts' columns that name it; the first that is not blank counts
     */
    record Through(int[] own, List<int[]> naming) {
        Through {
            naming = List.copyOf(naming);
        }

        /** What a row of it is called; empty where a part of that is blank. */
        List<String> called(Row row) {
            return whole(values(row, own));
        }

        /** What a row of another part names; empty where it names nothing. */
        List<String> named(Row row) {
            return whole(naming.stream()
                    .map(slots -> Arrays.stream(slots)
                            .mapToObj(row::stated)
                            .filter(value -> !value.isEmpty())
                            .findFirst()
                            .orElse(""))
                    .toList());
        }

        private static List<String> whole(List<String> names) {
            return names.contains("") ? List.of() : names;
        }

        String words(Row row) {
            return Arrays.stream(own)
                    .mapToObj(slot -> row.name(slot) + " \"" + row.value(slot) + "\"")
                    .collect(Collectors.joining(" and "));
        }
    }

    Joining {
        parts = List.copyOf(parts);
    }

    /**
     * The rows without those that are taken away, and without those that took them; none where nothing is left.
     *
     * @throws RecordRejectedException where they are no whole receipt
     */
    List<Row> of(List<Row> rows, Facts facts) {
        List<Row> left = rows;
        boolean takes = false;
        for (Part one : parts) {
            if (one.from() != null) {
                takes |= rows.stream().anyMatch(row -> isOf(one, row));
                left = withoutTaken(one, left, facts);
            }
        }
        Part lead = parts.get(0);
        if (takes && left.stream().noneMatch(row -> isOf(lead, row))) {
            return List.of();
        }
        for (Part one : parts) {
            if (one.from() == null) {
                check(one, lead, left, facts);
            }
            if (one.through() != null && isPresent(one, rows.get(0))) {
                refuseUnknown(one, left, facts);
            }
        }
        return left;
    }

    private void refuseUnknown(Part one, List<Row> rows, Facts facts) {
        Set<List<String>> there = rows.stream()
                .filter(row -> isOf(one, row))
                .map(one.through()::called)
                .collect(Collectors.toSet());
        for (Row row : rows) {
            List<String> named = foundThrough(row) == null ? one.through().named(row) : List.of();
            if (!named.isEmpty() && !there.contains(named)) {
                facts.at(row);
                throw facts.fault(
                        0,
                        Reason.NOT_JOINED,
                        "the row names \"" + String.join("\" and \"", named) + "\" of " + one.name()
                                + ", but no row there is called so. " + Reason.NOT_JOINED.remedy());
            }
        }
    }

    /** The part of the row where that part's rows are found by what others name; else null. */
    Part foundThrough(Row row) {
        for (Part one : parts) {
            if (one.through() != null && isOf(one, row)) {
                return one;
            }
        }
        return null;
    }

    /** Parts whose rows are found by what others name. */
    List<Part> foundThrough() {
        return parts.stream().filter(one -> one.through() != null).toList();
    }

    /** Whether the rows are named by no receipt. */
    boolean isStray(List<Row> rows) {
        return rows.stream().allMatch(row -> foundThrough(row) != null);
    }

    /** To be thrown for such rows, where the profile does not leave them out. */
    RecordRejectedException stray(Row row, Facts facts) {
        facts.at(row);
        return facts.fault(
                0,
                Reason.NOT_JOINED,
                "no row of the other files names " + foundThrough(row).through().words(row) + ". "
                        + Reason.NOT_JOINED.remedy());
    }

    /** Whether all that the leading part says of a receipt is left out. */
    boolean lostLead(List<Row> all, List<Row> kept) {
        Part lead = parts.get(0);
        return kept.size() < all.size()
                && all.stream().anyMatch(row -> isOf(lead, row))
                && kept.stream().noneMatch(row -> isOf(lead, row));
    }

    private boolean isOf(Part one, Row row) {
        return row.value(part).equals(one.name());
    }

    private List<Row> withoutTaken(Part one, List<Row> rows, Facts facts) {
        Set<List<String>> taken = new HashSet<>();
        for (Row row : rows) {
            if (isOf(one, row)) {
                List<String> which = values(row, one.by());
                int blank = which.indexOf("");
                if (blank >= 0) {
                    facts.at(row);
                    throw facts.fault(
                            row.column(one.by()[blank]),
                            Reason.VALUE_MISSING,
                            row.name(one.by()[blank]) + " is blank, so nobody knows what this row takes away. "
                                    + Reason.VALUE_MISSING.remedy());
                }
                taken.add(which);
            }
        }
        if (taken.isEmpty()) {
            return rows;
        }
        List<Row> left = new ArrayList<>(rows.size());
        for (Row row : rows) {
            boolean gone = row.value(part).equals(one.from()) && isTaken(row, one, taken, facts);
            if (!gone && !isOf(one, row)) {
                left.add(row);
            }
        }
        return left;
    }

    private static boolean isTaken(Row row, Part one, Set<List<String>> taken, Facts facts) {
        for (int slot : one.of()) {
            if (row.name(slot).isEmpty()) {
                facts.at(row);
                throw facts.fault(
                        0,
                        Reason.VALUE_MISSING,
                        "the receipt has a row of " + one.name() + ", but " + one.from()
                                + " lacks the column by which it takes something away. Have the vendor export it, or "
                                + "correct takes-away in " + facts.profile() + ".");
            }
        }
        return taken.contains(values(row, one.of()));
    }

    private static List<String> values(Row row, int[] slots) {
        return Arrays.stream(slots).mapToObj(row::value).toList();
    }

    private void check(Part one, Part lead, List<Row> rows, Facts facts) {
        Row first = null;
        for (Row row : rows) {
            if (isOf(one, row)) {
                if (first != null && one.many() == Many.ONE) {
                    facts.at(row);
                    throw facts.fault(
                            0,
                            Reason.NOT_JOINED,
                            "the receipt has a second row of " + one.name() + ", after that of line " + first.line()
                                    + ", expected one. " + Reason.NOT_JOINED.remedy());
                }
                first = row;
            }
        }
        if (first == null && one.many() != Many.ANY && isPresent(one, rows.get(0))) {
            facts.at(rows.get(0));
            String text = one == lead
                    ? "no row of " + one.name() + " has " + named(rows.get(0)) + ", as this row of "
                            + rows.get(0).value(part) + " has. "
                    : "the receipt has no row of " + one.name() + ", expected one. ";
            throw facts.fault(0, Reason.NOT_JOINED, text + Reason.NOT_JOINED.remedy());
        }
    }

    private String named(Row row) {
        return Arrays.stream(on)
                .mapToObj(slot -> row.name(slot) + " \"" + row.value(slot) + "\"")
                .collect(Collectors.joining(" and "));
    }

    private boolean isPresent(Part one, Row row) {
        return Arrays.asList(row.value(present).split(" ")).contains(one.name());
    }
}
