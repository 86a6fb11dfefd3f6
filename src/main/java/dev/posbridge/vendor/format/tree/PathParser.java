package dev.posbridge.vendor.format.tree;

import dev.posbridge.vendor.format.tree.TreePath.Step;
import dev.posbridge.vendor.format.tree.TreePath.Taking;
import dev.posbridge.vendor.format.tree.TreePath.Test;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads paths: {@code Total[@TotalType='GrandAmount']}, {@code ../@VoidFlag}, {@code Extension[Name='CARD']/Value},
 * {@code sum(Tax/Amount)}, {@code name()}.
 */
final class PathParser {
    /** A path that is none, with the character that is wrong. */
    static final class BadPathException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int offset;

        BadPathException(int offset, String message) {
            super(message);
            this.offset = offset;
        }

        /** From 0. */
        int offset() {
            return offset;
        }
    }

    private static final String RESERVED = "/[]()@='\"!*|";

    private final String text;
    private final boolean attributes;
    private int at;

    private PathParser(String text, boolean attributes) {
        this.text = text;
        this.attributes = attributes;
    }

    /**
     * A column's path.
     *
     * @param attributes whether documents have attributes
     */
    static TreePath path(String text, boolean attributes) {
        PathParser parser = new PathParser(text, attributes);
        TreePath path = parser.alternatives();
        parser.end();
        return path;
    }

    /** A way down to elements, without climbing or attribute. */
    static List<Step> steps(String text, boolean attributes) {
        TreePath path = path(text, attributes);
        if (path.up() > 0
                || path.attribute() != null
                || path.taking() != Taking.ONLY
                || path.otherwise() != null
                || path.steps().isEmpty()) {
            throw new BadPathException(0, "expected names with / between them, such as Sales/LineItem");
        }
        return path.steps();
    }

    private TreePath column() {
        if (text.startsWith("name()", at)) {
            at += "name()".length();
            return new TreePath("name()", 0, List.of(), null, Taking.NAME, null);
        }
        for (Taking taking : List.of(Taking.FIRST, Taking.SUM, Taking.COUNT)) {
            String word = taking.name().toLowerCase(java.util.Locale.ROOT) + "(";
            if (text.startsWith(word, at)) {
                at += word.length();
                TreePath inner = simple(taking, true);
                take(')');
                return inner;
            }
        }
        return simple(Taking.ONLY, true);
    }

    private TreePath alternatives() {
        blanks();
        TreePath first = column();
        blanks();
        if (!peek('|')) {
            return first;
        }
        at++;
        return new TreePath(
                first.written(), first.up(), first.steps(), first.attribute(), first.taking(), alternatives());
    }

    private TreePath simple(Taking taking, boolean mayClimb) {
        int start = at;
        int up = 0;
        List<Step> steps = new ArrayList<>();
        String attribute = null;
        boolean more = true;
        while (more) {
            blanks();
            if (text.startsWith("..", at)) {
                if (!mayClimb || !steps.isEmpty()) {
                    throw bad(".. may only stand at the start of a column's path");
                }
                at += 2;
                up++;
            } else if (peek('@')) {
                if (!attributes) {
                    throw bad("JSON has no attributes: write the name without @");
                }
                at++;
                attribute = name();
                break;
            } else if (peek('.')
                    && steps.isEmpty()
                    && (at + 1 == text.length() || ")]=!| ".indexOf(text.charAt(at + 1)) >= 0)) {
                at++;
                break;
            } else {
                steps.add(step());
            }
            blanks();
            more = peek('/');
            if (more) {
                at++;
            }
        }
        return new TreePath(text.substring(start, at).strip(), up, steps, attribute, taking, null);
    }

    private Step step() {
        String name;
        if (peek('*')) {
            at++;
            name = "*";
        } else {
            name = name();
        }
        List<Test> tests = new ArrayList<>();
        blanks();
        while (peek('[')) {
            at++;
            tests.add(test());
            take(']');
            blanks();
        }
        return new Step(name, tests);
    }

    private Test test() {
        blanks();
        boolean not = text.startsWith("not(", at);
        if (not) {
            at += 4;
        }
        TreePath path = simple(Taking.ONLY, false);
        blanks();
        if (not) {
            take(')');
            return new Test(path, null, false);
        }
        boolean unequal = text.startsWith("!=", at);
        if (unequal || peek('=')) {
            at += unequal ? 2 : 1;
            blanks();
            return new Test(path, literal(), !unequal);
        }
        return new Test(path, null, true);
    }

    private String literal() {
        if (!peek('\'') && !peek('"')) {
            throw bad("expected a text in quotes, such as ='true'");
        }
        char quote = text.charAt(at);
        int close = text.indexOf(quote, at + 1);
        if (close < 0) {
            throw bad("the quote is never closed");
        }
        String value = text.substring(at + 1, close);
        at = close + 1;
        return value;
    }

    private String name() {
        blanks();
        if (peek('\'') || peek('"')) {
            return literal();
        }
        int start = at;
        while (at < text.length() && RESERVED.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String name = text.substring(start, at).strip();
        if (name.isEmpty()) {
            at = start;
            throw bad("expected a name");
        }
        if (attributes && name.indexOf(':') >= 0) {
            at = start;
            throw bad("write names without their prefix: " + name.substring(name.indexOf(':') + 1));
        }
        return name;
    }

    private void blanks() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private boolean peek(char wanted) {
        return at < text.length() && text.charAt(at) == wanted;
    }

    private void take(char wanted) {
        blanks();
        if (!peek(wanted)) {
            throw bad("expected " + wanted);
        }
        at++;
    }

    private void end() {
        blanks();
        if (at < text.length()) {
            throw bad("expected / or the end");
        }
    }

    private BadPathException bad(String message) {
        String found = at < text.length() ? "\"" + text.substring(at) + "\"" : "the end";
        return new BadPathException(Math.min(at, text.length()), "found " + found + ", " + message);
    }
}
