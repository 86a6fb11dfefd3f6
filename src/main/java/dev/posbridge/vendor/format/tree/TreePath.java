package dev.posbridge.vendor.format.tree;

import java.util.List;

/**
 * Where a value stands, seen from an element: so many elements up, then down by names, then the text or an attribute.
 *
 * @param up elements to climb first
 * @param steps downwards
 * @param attribute the attribute of where the steps end, or null for its text
 * @param taking what is made of several values
 * @param otherwise where to look if nothing but blanks is found, or null
 */
record TreePath(String written, int up, List<Step> steps, String attribute, Taking taking, TreePath otherwise) {
    /** What a path makes of the values that it finds. */
    enum Taking {
        /** The only value: two different ones are a fault. */
        ONLY,
        /** The first that is not blank. */
        FIRST,
        /** Their sum; blanks count nothing. */
        SUM,
        /** How many elements there are. */
        COUNT,
        /** What the element itself is called. */
        NAME
    }

    /** @param name of the child, or "*" for any */
    record Step(String name, List<Test> tests) {
        Step {
            tests = List.copyOf(tests);
        }

        boolean fits(Node node) {
            if (!name.equals("*") && !name.equals(node.name())) {
                return false;
            }
            for (Test test : tests) {
                if (!test.holds(node)) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * A condition in brackets.
     *
     * @param path seen from the element that is tested
     * @param value null where it is enough that there is something that is not blank
     * @param equal whether the value must be there, or must not
     */
    record Test(TreePath path, String value, boolean equal) {
        boolean holds(Node node) {
            return path.any(node, value) == equal;
        }
    }

    TreePath {
        steps = List.copyOf(steps);
    }

    /** Gets each element that a path leads to. */
    interface Visitor {
        /** False where no more are wanted. */
        boolean visit(Node node);
    }

    /** Calls the visitor with each element that the path leads to, in the order of the document. */
    void visit(Node from, Visitor visitor) {
        Node start = from;
        for (int climbed = 0; climbed < up && start != null; climbed++) {
            start = start.parent();
        }
        if (start != null) {
            visit(start, 0, visitor);
        }
    }

    private boolean visit(Node node, int at, Visitor visitor) {
        if (at == steps.size()) {
            return visitor.visit(node);
        }
        Step step = steps.get(at);
        for (Node child = node.firstChild(); child != null; child = child.next()) {
            if (step.fits(child) && !visit(child, at + 1, visitor)) {
                return false;
            }
        }
        return true;
    }

    /** The text, or the attribute, of an element that the path leads to. */
    String valueOf(Node node) {
        return attribute == null ? node.text() : node.attribute(attribute);
    }

    /** @param value null for anything that is not blank */
    private boolean any(Node from, String value) {
        boolean[] found = new boolean[1];
        visit(from, node -> {
            String text = valueOf(node).strip();
            found[0] = value == null ? !text.isEmpty() : text.equals(value);
            return !found[0];
        });
        return found[0];
    }
}
