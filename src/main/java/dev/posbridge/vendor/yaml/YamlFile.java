package dev.posbridge.vendor.yaml;

import java.io.ByteArrayInputStream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Parses a YAML file into its outermost {@link Section}. Aliases are allowed (a refund has its sale's customer), but few:
 * the parser refuses a nest of them.
 */
public final class YamlFile {
    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setCodePointLimit(1 << 20).build();

    private YamlFile() {}

    /** The outermost mapping, or null after the problem was reported. */
    public static Section parse(byte[] bytes, Problems problems) {
        try {
            Node root = new Compose(SETTINGS)
                    .composeInputStream(new ByteArrayInputStream(bytes))
                    .orElse(null);
            if (root instanceof MappingNode mapping) {
                return new Section(mapping, problems);
            }
            problems.at(1, 1, "expected a mapping of keys and values, such as \"vendor: acme\".");
        } catch (MarkedYamlEngineException problem) {
            var mark = problem.getProblemMark();
            problems.at(
                    mark.map(found -> found.getLine() + 1).orElse(1),
                    mark.map(found -> found.getColumn() + 1).orElse(1),
                    "not YAML: " + problem.getProblem() + ".");
        } catch (YamlEngineException problem) {
            problems.at(
                    1,
                    1,
                    "not YAML: " + problem.getMessage().lines().findFirst().orElse("") + ".");
        } catch (StackOverflowError tooDeep) {
            problems.at(1, 1, "nested too deeply to be a profile. Take the brackets apart.");
        }
        return null;
    }
}
