package dev.posbridge.vendor.format.tree;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is kept of an element and of those below it: everything that some path may ask for, and nothing else. */
final class Need {
    private final Map<String, Need> children = new LinkedHashMap<>();
    private final List<String> attributes = new ArrayList<>();
    private Need any;
    private boolean text;
    private boolean row;

    /** Null where nothing of such a child is needed. */
    Need child(String name) {
        Need named = children.get(name);
        return named == null ? any : named;
    }

    /** The child that is needed and is called nearly so: customer_id where customerId stands. Null where there is none. */
    String childLike(String name) {
        return any == null ? like(name, children.keySet()) : null;
    }

    String attributeLike(String name) {
        return like(name, attributes);
    }

    private static String like(String name, Collection<String> wanted) {
        for (String other : wanted) {
            if (alike(name, other)) {
                return other;
            }
        }
        return null;
    }

    /** Without regard to case and to what parts words. Makes no text of it: it is asked for every element that nobody needs. */
    private static boolean alike(String one, String other) {
        int there = 0;
        for (int here = 0; here < one.length(); here++) {
            char letter = one.charAt(here);
            if (!Character.isLetterOrDigit(letter)) {
                continue;
            }
            while (there < other.length() && !Character.isLetterOrDigit(other.charAt(there))) {
                there++;
            }
            if (there == other.length()
                    || Character.toLowerCase(letter) != Character.toLowerCase(other.charAt(there))) {
                return false;
            }
            there++;
        }
        while (there < other.length() && !Character.isLetterOrDigit(other.charAt(there))) {
            there++;
        }
        return there > 0 && there == other.length();
    }

    /** The same children and attributes by name alone. */
    Need shallow() {
        Need shallow = new Need();
        children.keySet().forEach(shallow::make);
        shallow.attributes.addAll(attributes);
        return shallow;
    }

    boolean isEmpty() {
        return children.isEmpty() && any == null;
    }

    boolean text() {
        return text;
    }

    /** Whether such elements may be rows. */
    boolean row() {
        return row;
    }

    void markRow() {
        row = true;
    }

    /** Number of the attribute among those that are kept, -1 where it is not. */
    int attribute(String name) {
        for (int index = 0; index < attributes.size(); index++) {
            if (attributes.get(index).equals(name)) {
                return index;
            }
        }
        return -1;
    }

    int attributes() {
        return attributes.size();
    }

    void addAttribute(String name) {
        if (attribute(name) < 0) {
            attributes.add(name);
        }
    }

    /** Everything on the way of a path, seen from here, without its climbing. */
    Need add(List<TreePath.Step> steps) {
        Need at = this;
        for (TreePath.Step step : steps) {
            at = at.make(step.name());
            for (TreePath.Test test : step.tests()) {
                at.add(test.path());
            }
        }
        return at;
    }

    /** The path's steps and what it takes there. */
    void add(TreePath path) {
        Need end = add(path.steps());
        if (path.attribute() != null) {
            end.addAttribute(path.attribute());
        } else if (path.taking() != TreePath.Taking.COUNT) {
            end.text = true;
        }
    }

    private Need make(String name) {
        if (!name.equals("*")) {
            return children.computeIfAbsent(name, unused -> new Need());
        }
        if (any == null) {
            any = new Need();
        }
        return any;
    }

    /** To be called when all paths are there: what any child needs, each named one needs, too. */
    void complete() {
        if (any != null) {
            children.values().forEach(child -> child.take(any));
            any.complete();
        }
        children.values().forEach(Need::complete);
    }

    private void take(Need other) {
        text |= other.text;
        row |= other.row;
        other.attributes.forEach(this::addAttribute);
        other.children.forEach((name, child) -> make(name).take(child));
        if (other.any != null) {
            make("*").take(other.any);
        }
    }
}
