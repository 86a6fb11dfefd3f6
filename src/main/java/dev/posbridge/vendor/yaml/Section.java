package dev.posbridge.vendor.yaml;

import dev.posbridge.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A mapping whose keys are asked for one by one. What a caller asks for is what is known here; {@link #refuseUnknown()},
 * called last, reports the rest. Wrong types become problems and read as absent, so that reading goes on.
 */
public final class Section {
    private final MappingNode node;
    private final Problems problems;
    private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
    private final TreeSet<String> known = new TreeSet<>();

    Section(MappingNode node, Problems problems) {
        this.node = node;
        this.problems = problems;
        for (NodeTuple entry : node.getValue()) {
            String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : null;
            if (key == null) {
                problems.at(entry.getKeyNode(), "a key must be a plain word.");
            } else if (entries.putIfAbsent(key, entry) != null) {
                problems.at(entry.getKeyNode(), "key \"" + key + "\" stands here twice. Remove one.");
            }
        }
    }

    public Problems problems() {
        return problems;
    }

    public void problem(String text) {
        problems.at(node, text);
    }

    public boolean has(String key) {
        known.add(key);
        return entries.containsKey(key);
    }

    /** True where the value is a mapping; the key then is read by {@link #section}. */
    public boolean hasSection(String key) {
        return has(key) && entries.get(key).getValueNode() instanceof MappingNode;
    }

    /** The scalar under the key, or null where it is absent (or was reported). */
    public Word word(String key) {
        return has(key) ? scalar(key, entries.get(key).getValueNode()) : null;
    }

    /** As {@link #word}, but absence is a problem. */
    public Word requiredWord(String key) {
        requireKey(key);
        return word(key);
    }

    public void requireKey(String key) {
        if (!has(key)) {
            problem("\"" + key + "\" is missing.");
        }
    }

    public Section section(String key) {
        if (!has(key)) {
            return null;
        }
        Node value = entries.get(key).getValueNode();
        return mapping("\"" + key + "\"", value);
    }

    /** A scalar or a list of scalars, as a list. */
    public List<Word> words(String key) {
        if (!has(key)) {
            return List.of();
        }
        Node value = entries.get(key).getValueNode();
        List<Word> words = new ArrayList<>();
        for (Node item : value instanceof SequenceNode list ? list.getValue() : List.of(value)) {
            Word word = scalar(key, item);
            if (word != null) {
                words.add(word);
            }
        }
        return words;
    }

    /** One of a list that may hold both: exactly one of the two is not null. */
    public record Item(Word word, Section section) {}

    /** A scalar, a mapping, or a list of both. */
    public List<Item> items(String key) {
        if (!has(key)) {
            return List.of();
        }
        Node value = entries.get(key).getValueNode();
        List<Item> items = new ArrayList<>();
        for (Node item : value instanceof SequenceNode list ? list.getValue() : List.of(value)) {
            Section section = item instanceof MappingNode ? mapping(key, item) : null;
            Word word = section == null ? scalar(key, item) : null;
            if (word != null || section != null) {
                items.add(new Item(word, section));
            }
        }
        return items;
    }

    /** A list of mappings. */
    public List<Section> sections(String key) {
        if (!has(key)) {
            return List.of();
        }
        Node value = entries.get(key).getValueNode();
        if (!(value instanceof SequenceNode list)) {
            problems.at(value, "\"" + key + "\" must be a list.");
            return List.of();
        }
        List<Section> sections = new ArrayList<>();
        for (Node item : list.getValue()) {
            Section section = mapping("each of \"" + key + "\"", item);
            if (section != null) {
                sections.add(section);
            }
        }
        return sections;
    }

    /** All keys of this section with their scalars: for names that the profile's author chooses. */
    public Map<String, Word> allWords() {
        Map<String, Word> words = new LinkedHashMap<>();
        for (String key : entries.keySet()) {
            Word word = word(key);
            if (word != null) {
                words.put(key, word);
            }
        }
        return words;
    }

    public List<String> keys() {
        return List.copyOf(entries.keySet());
    }

    public boolean flag(String key, boolean otherwise) {
        return choice(key, List.of("true", "false"), Boolean.toString(otherwise))
                .equals("true");
    }

    /** One of the given words; the default where the key is absent or was reported. */
    public String choice(String key, List<String> allowed, String otherwise) {
        Word word = word(key);
        if (word == null) {
            return otherwise;
        }
        if (!allowed.contains(word.text())) {
            word.problem("\"" + key + "\" is \"" + word.text() + "\", expected one of: " + String.join(", ", allowed)
                    + "." + Nearest.question(word.text(), allowed));
            return otherwise;
        }
        return word.text();
    }

    /** Reports every key that nobody asked for. */
    public void refuseUnknown() {
        entries.forEach((key, entry) -> {
            if (!known.contains(key)) {
                problems.at(entry.getKeyNode(), "unknown key \"" + key + "\"." + Nearest.hint(key, known));
            }
        });
    }

    private Section mapping(String what, Node value) {
        if (value instanceof MappingNode mapping) {
            return new Section(mapping, problems);
        }
        problems.at(value, what + " must be a mapping of keys and values.");
        return null;
    }

    private Word scalar(String key, Node value) {
        if (!(value instanceof ScalarNode scalar)) {
            problems.at(value, "\"" + key + "\" must be a single value.");
            return null;
        }
        if (scalar.getTag().equals(Tag.NULL)) {
            problems.at(value, "\"" + key + "\" has no value. Give one, or remove the key.");
            return null;
        }
        return new Word(scalar.getValue(), value, problems);
    }
}
