package dev.posbridge.vendor.format.tree;

import java.util.List;
import java.util.stream.Stream;

/** An element, as far as somebody needs it. For one thread. */
final class Node {
    private final String name;
    private final Node parent;
    private final Need need;
    private final int line;
    private final int column;
    private final int order;
    private Node firstChild;
    private Node lastChild;
    private Node next;
    private String text = "";
    private StringBuilder longer;
    private String[] attributes;
    private int receiptsBelow;
    private String within;
    private List<Alike> alike = List.of();

    /** What stands there beside what is needed, under a name that is nearly the same. */
    record Alike(String found, String needed, boolean attribute) {}

    /** @param need what to keep of it, null where nothing but its place is asked for */
    Node(String name, Node parent, Need need, int[] place, int order) {
        this.name = name;
        this.parent = parent;
        this.need = need;
        this.line = place[0];
        this.column = place[1];
        this.order = order;
    }

    String name() {
        return name;
    }

    Node parent() {
        return parent;
    }

    Need need() {
        return need;
    }

    int line() {
        return line;
    }

    int column() {
        return column;
    }

    /** Earlier elements of a receipt have smaller ones. */
    int order() {
        return order;
    }

    Node firstChild() {
        return firstChild;
    }

    Node next() {
        return next;
    }

    void add(Node child) {
        if (firstChild == null) {
            firstChild = child;
        } else {
            lastChild.next = child;
        }
        lastChild = child;
    }

    /** Its own text, without that of its children; "" where it has none. */
    String text() {
        if (longer != null) {
            text = longer.toString();
            longer = null;
        }
        return text;
    }

    /** An element begins in it, whether anybody needs that one or not. */
    void within(String element) {
        within = element;
    }

    /**
     * An element where there should be text alone: among the text, which then is not all that is written there, or instead of
     * it where nothing in this one is asked for but text. Null where there is none.
     */
    String within() {
        return within == null || text().isBlank() && !need.isEmpty() ? null : within;
    }

    void alike(String found, String needed, boolean isAttribute) {
        if (needed != null && alike.stream().noneMatch(other -> other.needed().equals(needed))) {
            alike = Stream.concat(alike.stream(), Stream.of(new Alike(found, needed, isAttribute)))
                    .toList();
        }
    }

    /** The first that stands there instead of what is needed, or null. */
    Alike instead() {
        for (Alike pair : alike) {
            if (pair.attribute() ? attribute(pair.needed()).isEmpty() : !hasChild(pair.needed())) {
                return pair;
            }
        }
        return null;
    }

    private boolean hasChild(String called) {
        Node child = firstChild;
        while (child != null && !child.name.equals(called)) {
            child = child.next;
        }
        return child != null;
    }

    /** Returns the length of the text that there is now. */
    int add(String more) {
        if (text.isEmpty() && longer == null) {
            text = more;
            return more.length();
        }
        if (longer == null) {
            longer = new StringBuilder(text);
        }
        longer.append(more);
        return longer.length();
    }

    void attribute(String attributeName, String value) {
        int index = need == null ? -1 : need.attribute(attributeName);
        if (index >= 0) {
            if (attributes == null) {
                attributes = new String[need.attributes()];
            }
            attributes[index] = value;
        }
    }

    /** "" where it has none. */
    String attribute(String attributeName) {
        int index = attributes == null ? -1 : need.attribute(attributeName);
        return index < 0 || attributes[index] == null ? "" : attributes[index];
    }

    /** Elements between it and receipts that were read below it, 1 where it is their parent; 0 before the first. */
    int receiptsBelow() {
        return receiptsBelow;
    }

    void receiptsBelow(int distance) {
        receiptsBelow = distance;
    }
}
