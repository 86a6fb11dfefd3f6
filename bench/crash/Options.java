import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code --name value} pairs; a name that nobody asks for is refused. */
final class Options {
    private final Map<String, String> given = new HashMap<>();

    Options(String[] arguments, Set<String> known) {
        for (int i = 0; i < arguments.length; i += 2) {
            if (!known.contains(arguments[i]) || i + 1 == arguments.length) {
                throw new IllegalArgumentException("\"" + arguments[i] + "\": expected one of " + known + ", each with a value");
            }
            given.merge(arguments[i], arguments[i + 1], (first, second) -> first + " " + second);
        }
    }

    String text(String name, String otherwise) {
        return given.getOrDefault(name, otherwise);
    }

    long number(String name, long otherwise) {
        return Long.parseLong(text(name, Long.toString(otherwise)));
    }

    /** The words of a value, those of an option that was given more than once together. */
    List<String> words(String name) {
        return split(text(name, ""));
    }

    static List<String> split(String words) {
        return Arrays.stream(words.split(" ")).filter(word -> !word.isEmpty()).toList();
    }
}
