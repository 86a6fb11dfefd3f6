package dev.posbridge.vendor.format.tree;

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
