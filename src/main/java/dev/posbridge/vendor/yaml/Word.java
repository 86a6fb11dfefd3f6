package dev.posbridge.vendor.yaml;

import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** A scalar value with its place in the file. */
public record Word(String text, Node node, Problems problems) {
    public void problem(String message) {
        problems.at(node, message);
    }

    /**
     * A problem inside the text. Exact for text on one line without escapes, else the start of the scalar.
     *
     * @param offset characters into the text, from 0
     */
    public void problemAt(int offset, String message) {
        if (!(node instanceof ScalarNode scalar) || text.indexOf('\n') >= 0) {
            problem(message);
            return;
        }
        ScalarStyle style = scalar.getScalarStyle();
        boolean quoted = style == ScalarStyle.SINGLE_QUOTED || style == ScalarStyle.DOUBLE_QUOTED;
        boolean block = style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED;
        problems.at(node, 0, block ? 0 : offset + (quoted ? 1 : 0), message);
    }
}
