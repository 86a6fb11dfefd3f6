package dev.posbridge.vendor.format.tree;

import dev.posbridge.pos.Reason;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * Keeps the receipt that is being read, as far as columns need it, and makes its rows when its end is there: only then
 * everything is known that stands in it, in whatever order. Of what is around receipts it keeps what columns climb to.
 */
final class Grove {
    /**
     * A row before it has a layout.
     *
     * @param fault what makes it unusable, or null
     */
    record Cut(String[] fields, int line, int column, String fault) {}

    /** How a value begins that is none, because there were two. */
    static final String DOUBT = "?? ";

    private final TreePlan plan;
    private final Deque<Cut> ready = new ArrayDeque<>();
    private final List<Node> candidates = new ArrayList<>();
    /** Columns that had a value, by their number. */
    private final BitSet found = new BitSet();

    private Node top;
    private Node receipt;
    private String torn;
    private long receipts;
    private int elements;
    private int outerElements;
    private int characters;

    Grove(TreePlan plan) {
        this.plan = plan;
        this.top = new Node("", null, plan.outside(), new int[2], 0);
    }

    /** The next row, or null where more must be read first. */
    Cut poll() {
        return ready.poll();
    }

    /** Whether something of such a child of the present element is asked for. */
    boolean wants(String name) {
        boolean wanted = receipt == null || needOf(name) != null;
        if (!wanted) {
            top.alike(name, top.need().childLike(name), false);
        }
        return wanted;
    }

    /** Columns that no receipt had, each with its path. */
    List<String> neverFound() {
        List<String> never = new ArrayList<>();
        if (receipts > 0) {
            plan.cells()
                    .filter(cell -> !found.get(cell.index()))
                    .map(cell -> cell.name() + " (" + cell.path().written() + ")")
                    .distinct()
                    .forEach(never::add);
        }
        return never;
    }

    /** An element begins. False where nothing in it is wanted: then nothing of it may be told, not even its end. */
    boolean start(String name, Events events) {
        top.within(name);
        if (receipt == null) {
            startOutside(name, events);
            return true;
        }
        Need need = needOf(name);
        if (need == null) {
            top.alike(name, top.need().childLike(name), false);
            return false;
        }
        nested();
        if (++elements > Limits.ELEMENTS) {
            throw tooLong(events, "the receipt has more than " + Limits.ELEMENTS + " elements");
        }
        Node node = new Node(name, top, need, events.place(), elements);
        top.add(node);
        if (need.row()) {
            candidates.add(node);
        }
        top = node;
        return true;
    }

    /** What is kept of a child of the present element, null where nothing is. */
    private Need needOf(String name) {
        Need need = top.need().child(name);
        return need == null && plan.isCalledReceipt(name) ? plan.nested() : need;
    }

    /** The present element is called a receipt, stands in one, and has what receipts have: sales would get lost in it. */
    private void nested() {
        if (top.need() == plan.nested() && torn == null) {
            torn = "\"" + top.name() + "\" on line " + top.line() + " stands within \"" + receipt.name()
                    + "\" and looks like a receipt of its own, expected one beside the other. Correct it and replay; if it"
                    + " belongs to the receipt around it, name a value of it in the profile's columns.";
        }
    }

    private void startOutside(String name, Events events) {
        if (plan.isReceipt(top, name)) {
            receipt = new Node(name, top, plan.inside(), events.place(), 0);
            elements = 0;
            characters = 0;
            top = receipt;
            return;
        }
        Need below = top.need() == plan.outside() ? null : top.need().child(name);
        Need need = below == null ? plan.outside().child(name) : below;
        top = new Node(name, top, need == null ? plan.outside() : need, events.place(), 0);
    }

    boolean wantsAttributes() {
        return top.need().attributes() > 0;
    }

    void attribute(String name, String value, Events events) {
        int number = top.need().attribute(name);
        if (number >= 0) {
            nested();
            if (!top.attribute(name).isEmpty() && !top.attribute(name).equals(value)) {
                throw new Events.Unreadable(
                        Reason.ROW_MALFORMED,
                        events.place(),
                        "attribute \"" + name + "\" stands twice, with two prefixes, in <" + top.name() + ">");
            }
            bound(value.length(), events);
            top.attribute(name, value);
        } else if (receipt != null) {
            top.alike(name, top.need().attributeLike(name), true);
        }
    }

    boolean wantsText() {
        return top.need().text();
    }

    void text(String text, Events events) {
        characters += text.length();
        int length = top.add(text);
        if (length > plan.limits().value()) {
            throw tooLong(
                    events,
                    "\"" + top.name() + "\" is longer than " + plan.limits().value() + " characters");
        }
        bound(0, events);
    }

    private void bound(int more, Events events) {
        characters += more;
        if (characters > plan.limits().receipt()) {
            throw tooLong(events, "the receipt is longer than " + plan.limits().receipt() + " characters");
        }
    }

    /** The present element ends. */
    void end(Events events) {
        Node closed = top;
        top = closed.parent();
        tear(closed, events);
        renamed(closed);
        if (closed == receipt) {
            receipt = null;
            cut(closed);
            torn = null;
            candidates.clear();
            int distance = 0;
            for (Node above = top; above != null; above = above.parent()) {
                above.receiptsBelow(++distance);
            }
        } else if (receipt == null && closed.need() != plan.outside()) {
            keepOutside(closed, events);
        }
    }

    /** Text with an element in the middle of it: 1<x/>5 is no 15, and of C<b>6</b> the C alone is nobody. */
    private void tear(Node closed, Events events) {
        String other = closed.within();
        if (other == null || !closed.need().text()) {
            return;
        }
        boolean instead = closed.text().isBlank();
        String fault = "\"" + closed.name() + "\" has an element \"" + other + "\" "
                + (instead ? "where the profile asks for its text" : "within its text") + ", expected text alone";
        if (receipt == null) {
            throw new Events.Unreadable(Reason.ROW_MALFORMED, new int[] {closed.line(), closed.column()}, fault);
        }
        if (torn == null) {
            torn = fault
                    + (instead
                            ? ". Correct it, or let the path go on to \"" + closed.name() + "/" + other
                                    + "\", then replay."
                            : ". Correct it and replay.");
        }
    }

    /** customerId where the profile asks for customer_id: as blank it would be a sale of nobody. */
    private void renamed(Node closed) {
        Node.Alike instead = receipt == null || torn != null ? null : closed.instead();
        if (instead != null) {
            torn = (instead.attribute() ? "attribute \"" : "\"") + instead.found() + "\" stands in \"" + closed.name()
                    + "\" where the profile asks for \"" + instead.needed()
                    + "\", which is not there. Write the path in"
                    + " the profile as the file has it, then replay.";
        }
    }

    private void keepOutside(Node closed, Events events) {
        int distance = top.receiptsBelow();
        if (distance > 0 && plan.isOuter(distance, closed.name())) {
            throw new Events.Unreadable(
                    Reason.ROW_MALFORMED,
                    new int[] {closed.line(), closed.column()},
                    "\"" + closed.name() + "\" stands after receipts that need its value");
        }
        if (++outerElements > Limits.ELEMENTS / 10) {
            throw tooLong(events, "more than " + Limits.ELEMENTS / 10 + " elements are needed outside of receipts");
        }
        top.add(closed);
    }

    private static Events.Unreadable tooLong(Events events, String message) {
        return new Events.Unreadable(Reason.ROW_TOO_LONG, events.place(), message);
    }

    private void cut(Node whole) {
        receipts++;
        String[] shared = new String[plan.names().size()];
        java.util.Arrays.fill(shared, "");
        shared[0] = Long.toString(receipts);
        String unclear = fill(shared, plan.ofReceipt(), whole);
        String fault = torn == null ? unclear : torn;
        boolean any = false;
        for (Node node : candidates) {
            int kind = kindOf(node, whole);
            if (kind >= 0) {
                String[] fields = shared.clone();
                fields[1] = plan.kinds().get(kind).type();
                String own = fill(fields, plan.ofKind(kind), node);
                ready.add(new Cut(fields, node.line(), node.column(), fault == null ? own : fault));
                any = true;
            }
        }
        if (!any) {
            ready.add(new Cut(shared, whole.line(), whole.column(), fault));
        }
    }

    /** The first kind of rows that the element is one of; -1 where it is none. */
    private int kindOf(Node node, Node whole) {
        for (int number = 0; number < plan.kinds().size(); number++) {
            List<TreePath.Step> at = plan.kinds().get(number).at();
            Node above = node;
            int index = at.size() - 1;
            while (index >= 0 && above != whole && at.get(index).fits(above)) {
                above = above.parent();
                index--;
            }
            if (index < 0 && above == whole) {
                return number;
            }
        }
        return -1;
    }

    /** What is wrong with a value, or null. */
    private String fill(String[] fields, List<TreePlan.Cell> cells, Node from) {
        String fault = null;
        for (TreePlan.Cell cell : cells) {
            Finding finding = Finding.of(cell.path(), from);
            fields[cell.index()] = finding.value();
            if (!finding.value().isEmpty()) {
                found.set(cell.index());
            }
            if (finding.second() != null) {
                fields[cell.index()] = DOUBT + finding.value() + " ?? " + finding.second();
                fault = finding.fault(cell);
            }
        }
        return fault;
    }

    /**
     * What a path found.
     *
     * @param second another value where only one may be, or null
     */
    private record Finding(String value, String second) {
        static Finding of(TreePath path, Node from) {
            Finding found = alone(path, from);
            return found.value().isEmpty() && path.otherwise() != null ? of(path.otherwise(), from) : found;
        }

        private static Finding alone(TreePath path, Node from) {
            String[] found = {"", null};
            switch (path.taking()) {
                case NAME -> found[0] = from.name();
                case COUNT -> {
                    int[] count = new int[1];
                    path.visit(from, node -> ++count[0] > 0);
                    found[0] = Integer.toString(count[0]);
                }
                case SUM -> sum(path, from, found);
                case FIRST ->
                    path.visit(from, node -> {
                        found[0] = path.valueOf(node).strip();
                        return found[0].isEmpty();
                    });
                default -> only(path, from, found);
            }
            return new Finding(found[0], found[1]);
        }

        private static void only(TreePath path, Node from, String[] found) {
            path.visit(from, node -> {
                String value = path.valueOf(node).strip();
                if (found[0].isEmpty()) {
                    found[0] = value;
                } else if (!value.isEmpty() && !value.equals(found[0])) {
                    found[1] = value;
                }
                return found[1] == null;
            });
        }

        private static void sum(TreePath path, Node from, String[] found) {
            BigDecimal[] sum = {null};
            path.visit(from, node -> {
                String value = path.valueOf(node).strip();
                if (value.isEmpty()) {
                    return true;
                }
                if (!value.matches("[+-]?\\d{1,15}(\\.\\d{1,10})?")) {
                    found[0] = value;
                    found[1] = value;
                    return false;
                }
                sum[0] = sum[0] == null ? new BigDecimal(value) : sum[0].add(new BigDecimal(value));
                return true;
            });
            if (found[1] == null && sum[0] != null) {
                found[0] = sum[0].toPlainString();
            }
        }

        String fault(TreePlan.Cell cell) {
            String column = "column \"" + cell.name() + "\": " + cell.path().written();
            if (second.equals(value)) {
                return column + " has \"" + value + "\", which is no plain number, so there is no sum. Correct it and"
                        + " replay.";
            }
            return column + " is there more than once, with \"" + value + "\" and \"" + second
                    + "\", expected one value. Say which one is meant by a condition in brackets, or by first(...).";
        }
    }
}
