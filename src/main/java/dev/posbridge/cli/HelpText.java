package dev.posbridge.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/**
 * Descriptions as they are shown: where a line ends in the source says nothing, the terminal's width decides. The first sentence
 * stands alone, because the list of all commands shows that and nothing else.
 */
final class HelpText {
    private HelpText() {}

    /** Those of a command and of all below it. */
    static void reflow(CommandLine command) {
        var usage = command.getCommandSpec().usageMessage();
        usage.description(paragraphs(usage.description()).toArray(String[]::new));
        command.getSubcommands().values().forEach(HelpText::reflow);
    }

    static List<String> paragraphs(String... lines) {
        List<String> made = new ArrayList<>();
        StringBuilder open = new StringBuilder();
        boolean kept = false;
        for (String line : lines) {
            // From the first example on, and where it is set in, a line stays as it is.
            kept |= line.startsWith("Example");
            if (kept || line.isBlank() || line.startsWith(" ")) {
                flush(open, made);
                made.add(line);
            } else {
                open.append(open.length() == 0 ? "" : " ").append(line);
            }
        }
        flush(open, made);
        return made;
    }

    private static void flush(StringBuilder open, List<String> made) {
        String text = open.toString();
        open.setLength(0);
        int end = made.isEmpty() ? text.indexOf(". ") : -1;
        if (end > 0) {
            made.add(text.substring(0, end + 1));
            made.add(text.substring(end + 2));
        } else if (!text.isEmpty()) {
            made.add(text);
        }
    }
}
