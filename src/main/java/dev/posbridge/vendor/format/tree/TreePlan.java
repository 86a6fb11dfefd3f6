package dev.posbridge.vendor.format.tree;

import dev.posbridge.vendor.format.tree.TreePath.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a profile says of its documents. Immutable once made.
 */
final class TreePlan {
    /** Number of the receipt within its file: rows of one receipt hang together by it. */
    static final String NUMBER = "#";
    /** What kind of row it is, where there are several. */
    static final String TYPE = "Type";

    /**
     * One kind of rows.
     *
     * @param at way to such elements from the receipt
     */
    record RowKind(String type, List<Step> at, Map<String, TreePath> columns) {
        RowKind {
            at = List.copyOf(at);
            columns = new LinkedHashMap<>(columns);
        }
    }

    /** A column of a kind of rows: its place among the fields, and its path. */
    record Cell(int index, String name, TreePath path) {}

    private final List<List<String>> receipts;
    private final boolean anchored;
    private final List<RowKind> kinds;
    private final List<String> names = new ArrayList<>();
    private final List<Cell> ofReceipt = new ArrayList<>();
    private final List<List<Cell>> ofKinds = new ArrayList<>();
    private final List<TreePath> outer = new ArrayList<>();
    private final Need inside = new Need();
    private final Need outside = new Need();
    private final Need nested;
    private final Limits limits;

    /**
     * @param receipts names of the elements around a receipt, its own last; empty where each document is one
     * @param anchored whether the first of the names is the document's own
     * @param columns of the receipt, seen from its element
     * @param kinds empty where the receipt itself is the row
     */
    TreePlan(
            List<List<String>> receipts,
            boolean anchored,
            Map<String, TreePath> columns,
            List<RowKind> kinds,
            Limits limits) {
        this.receipts = List.copyOf(receipts);
        this.anchored = anchored;
        this.kinds = List.copyOf(kinds);
        this.limits = limits;
        Set<String> all = new LinkedHashSet<>();
        all.add(NUMBER);
        if (!kinds.isEmpty()) {
            all.add(TYPE);
        }
        all.addAll(columns.keySet());
        kinds.forEach(kind -> all.addAll(kind.columns().keySet()));
        names.addAll(all);
        columns.forEach((name, path) -> {
            ofReceipt.add(new Cell(names.indexOf(name), name, path));
            need(List.of(), path);
        });
        for (RowKind kind : kinds) {
            List<Cell> cells = new ArrayList<>();
            kind.columns().forEach((name, path) -> {
                cells.add(new Cell(names.indexOf(name), name, path));
                need(kind.at(), path);
            });
            ofKinds.add(cells);
            inside.add(kind.at()).markRow();
        }
        inside.complete();
        outside.complete();
        nested = inside.shallow();
    }

    private void need(List<Step> from, TreePath path) {
        if (path.otherwise() != null) {
            need(from, path.otherwise());
        }
        if (path.up() > from.size()) {
            outer.add(new TreePath(
                    path.written(), path.up() - from.size(), path.steps(), path.attribute(), path.taking(), null));
            outside.add(path);
        } else {
            List<Step> way = new ArrayList<>(from.subList(0, from.size() - path.up()));
            way.addAll(path.steps());
            inside.add(new TreePath(path.written(), 0, way, path.attribute(), path.taking(), null));
        }
    }

    /** All that rows have, by position. */
    List<String> names() {
        return names;
    }

    Limits limits() {
        return limits;
    }

    List<RowKind> kinds() {
        return kinds;
    }

    List<Cell> ofReceipt() {
        return ofReceipt;
    }

    /** Every column of the receipt and of its kinds of rows. */
    Stream<Cell> cells() {
        return Stream.concat(ofReceipt.stream(), ofKinds.stream().flatMap(List::stream));
    }

    List<Cell> ofKind(int number) {
        return ofKinds.get(number);
    }

    /** What is kept of receipts. */
    Need inside() {
        return inside;
    }

    /** What is kept of elements around receipts. */
    Need outside() {
        return outside;
    }

    /** By what an element within a receipt is known to be another receipt. */
    Need nested() {
        return nested;
    }

    /** Whether receipts are called so, wherever they stand. */
    boolean isCalledReceipt(String name) {
        for (List<String> path : receipts) {
            if (path.get(path.size() - 1).equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether such a child of that element is a receipt. */
    boolean isReceipt(Node parent, String name) {
        if (receipts.isEmpty()) {
            return parent.parent() == null;
        }
        for (List<String> path : receipts) {
            if (path.get(path.size() - 1).equals(name) && isBelow(parent, path)) {
                return true;
            }
        }
        return false;
    }

    private boolean isBelow(Node parent, List<String> path) {
        Node at = parent;
        for (int index = path.size() - 2; index >= 0; index--) {
            if (at == null || !at.name().equals(path.get(index))) {
                return false;
            }
            at = at.parent();
        }
        return !anchored
                || at != null && at.parent() == null
                || at != null && at.name().isEmpty();
    }

    /** Whether a child of that name of an element so far above receipts is something that they need. */
    boolean isOuter(int distance, String name) {
        for (TreePath path : outer) {
            boolean first = !path.steps().isEmpty()
                    && (path.steps().get(0).name().equals(name)
                            || path.steps().get(0).name().equals("*"));
            if (path.up() == distance && first) {
                return true;
            }
        }
        return false;
    }
}
