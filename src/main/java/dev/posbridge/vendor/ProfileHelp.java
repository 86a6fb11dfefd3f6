package dev.posbridge.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A profile's text line by line, each with what its keys mean, from the schema with which editors help: said where a key stands
 * for the first time. A text that is no YAML is shown all the same, without. Thread-safe.
 */
public final class ProfileHelp {
    private static final String SCHEMA = "/vendors/profile.schema.json";
    private static final int DEEPEST = 24;
    private static final int MOST_KEYS = 5_000;
    private static final int MOST_WORDS = 12;
    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setUseMarks(true).setCodePointLimit(1 << 20).build();

    private static JsonNode schema;

    private final Map<Integer, List<Key>> byLine = new TreeMap<>();
    private final Set<String> told = new HashSet<>();
    private int keys;

    /**
     * A key.
     *
     * @param path from the outermost key, {@code records.customer.id}
     * @param words what it means, and what it may be
     */
    public record Key(String path, String words) {}

    /** A line of the text. @param keys those that stand here for the first time */
    public record Line(int number, String text, List<Key> keys) {}

    private ProfileHelp() {}

    /** The text, line by line. */
    public static List<Line> of(String text) {
        ProfileHelp help = new ProfileHelp();
        try {
            new Compose(SETTINGS).composeString(text).ifPresent(root -> help.walk(root, List.of(schema()), "", 0));
        } catch (YamlEngineException | StackOverflowError unreadable) {
            help.byLine.clear();
        }
        List<Line> lines = new ArrayList<>();
        for (String line : text.split("\r?\n", -1)) {
            int number = lines.size() + 1;
            lines.add(new Line(number, line, help.byLine.getOrDefault(number, List.of())));
        }
        if (!lines.isEmpty() && lines.get(lines.size() - 1).text().isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        return lines;
    }

    /** The outermost keys that there are. */
    public static List<Key> outermost() {
        List<Key> all = new ArrayList<>();
        schema().path("properties").properties().forEach(one -> all.add(new Key(one.getKey(), words(one.getValue()))));
        return all;
    }

    private static synchronized JsonNode schema() {
        if (schema == null) {
            try (InputStream in = ProfileHelp.class.getResourceAsStream(SCHEMA)) {
                schema = new ObjectMapper().readTree(in);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
        return schema;
    }

    private void walk(Node node, List<JsonNode> schemas, String path, int depth) {
        if (depth > DEEPEST || keys > MOST_KEYS) {
            return;
        }
        if (node instanceof SequenceNode sequence) {
            List<JsonNode> items = new ArrayList<>();
            schemas.forEach(one -> expanded(one, null, items, 0));
            List<JsonNode> each = new ArrayList<>(schemas);
            items.stream().filter(one -> one.has("items")).forEach(one -> each.add(one.get("items")));
            sequence.getValue().forEach(item -> walk(item, each, path, depth + 1));
        } else if (node instanceof MappingNode mapping) {
            List<JsonNode> all = new ArrayList<>();
            schemas.forEach(one -> expanded(one, mapping, all, 0));
            mapping.getValue().forEach(tuple -> key(tuple, all, path, depth));
        }
    }

    private void key(NodeTuple tuple, List<JsonNode> schemas, String path, int depth) {
        if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
            return;
        }
        keys++;
        List<JsonNode> meant = schemas.stream()
                .map(one -> one.path("properties").get(name.getValue()))
                .filter(one -> one != null)
                .toList();
        String full = path.isEmpty() ? name.getValue() : path + '.' + name.getValue();
        if (meant.isEmpty()) {
            // A name of the profile's own, such as that of a value: what is below it is known.
            List<JsonNode> values = schemas.stream()
                    .map(one -> one.path("additionalProperties"))
                    .filter(JsonNode::isObject)
                    .toList();
            walk(tuple.getValueNode(), values, path, depth + 1);
            return;
        }
        String words = meant.stream()
                .map(ProfileHelp::words)
                .filter(one -> !one.isEmpty())
                .findFirst()
                .orElse("");
        if (!words.isEmpty() && told.add(full)) {
            int line = name.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
            byLine.computeIfAbsent(line, any -> new ArrayList<>()).add(new Key(full, words));
        }
        walk(tuple.getValueNode(), meant, full, depth + 1);
    }

    private static String words(JsonNode property) {
        StringBuilder words = new StringBuilder(property.path("description").asText(""));
        JsonNode choices = property.path("enum");
        if (choices.size() > 1 && choices.size() <= MOST_WORDS) {
            List<String> each = new ArrayList<>();
            choices.forEach(one -> each.add(one.asText()));
            words.append(words.length() == 0 ? "" : " ")
                    .append("One of ")
                    .append(String.join(", ", each))
                    .append('.');
        }
        if (property.has("default")) {
            words.append(words.length() == 0 ? "" : " ")
                    .append("Default: ")
                    .append(property.get("default").asText())
                    .append('.');
        }
        return words.toString();
    }

    /** All that holds for a node: what is referred to, and of what depends on a word of the mapping what fits it. */
    private static void expanded(JsonNode one, MappingNode mapping, List<JsonNode> all, int depth) {
        if (depth > DEEPEST || !one.isObject()) {
            return;
        }
        all.add(one);
        if (one.has("$ref")) {
            String name = one.get("$ref").asText().replaceFirst("^#/\\$defs/", "");
            expanded(schema().path("$defs").path(name), mapping, all, depth + 1);
        }
        for (JsonNode part : one.path("allOf")) {
            if (!part.has("if")) {
                expanded(part, mapping, all, depth + 1);
            } else if (fits(part.get("if"), mapping)) {
                expanded(part.path("then"), mapping, all, depth + 1);
            }
        }
        one.path("anyOf").forEach(part -> expanded(part, mapping, all, depth + 1));
        one.path("oneOf").forEach(part -> expanded(part, mapping, all, depth + 1));
    }

    private static boolean fits(JsonNode condition, MappingNode mapping) {
        Map<String, String> words = new LinkedHashMap<>();
        if (mapping != null) {
            mapping.getValue().forEach(tuple -> {
                if (tuple.getKeyNode() instanceof ScalarNode name && tuple.getValueNode() instanceof ScalarNode value) {
                    words.put(name.getValue(), value.getValue());
                }
            });
        }
        List<Boolean> fit = new ArrayList<>();
        condition.path("properties").properties().forEach(property -> {
            String word = words.get(property.getKey());
            boolean is = word != null
                    && word.equals(property.getValue().path("const").asText(null));
            for (JsonNode choice : property.getValue().path("enum")) {
                is |= choice.asText().equals(word);
            }
            fit.add(is);
        });
        return fit.stream().allMatch(Boolean::booleanValue);
    }
}
