package dev.posbridge.vendor.yaml;

import dev.posbridge.ProfileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Everything that is wrong with one file, in the order of the file. Not thread-safe. */
public final class Problems {
    private record Problem(int line, int column, String text) {}

    private final String file;
    private final List<Problem> found = new ArrayList<>();

    public Problems(String file) {
        this.file = file;
    }

    /** The file as messages name it. */
    public String file() {
        return file;
    }

    public void at(Node node, String text) {
        at(node, 0, 0, text);
    }

    /** A problem that many lines below, and that many characters right of, where the node starts. */
    public void at(Node node, int linesBelow, int charactersRight, String text) {
        Mark mark = node.getStartMark().orElse(null);
        if (mark == null) {
            at(1, 1, text);
        } else {
            at(mark.getLine() + 1 + linesBelow, mark.getColumn() + 1 + charactersRight, text);
        }
    }

    /**
     * @param line from 1
     * @param column from 1
     */
    public void at(int line, int column, String text) {
        found.add(new Problem(line, column, text));
    }

    public boolean none() {
        return found.isEmpty();
    }

    /** The problems, each {@code file:line:column: text}. */
    public List<String> lines() {
        return found.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .map(problem -> file + ":" + problem.line() + ":" + problem.column() + ": " + problem.text())
                .distinct()
                .toList();
    }

    /** @throws ProfileException with all problems, if there are any */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ProfileException(lines());
        }
    }
}
