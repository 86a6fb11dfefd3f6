package dev.posbridge.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Adds the options that were in use to the commands that messages propose: who copies {@code posbridge status} after a
 * command with {@code --data-dir} would look at another ledger. What other programs read, and help, stays as it is.
 */
final class NextCommands {
    private static final Set<String> OPTIONS = Set.of("--config", "--data-dir", "--set");
    private static final Set<String> LEAVE = Set.of("--json", "--csv", "--help", "-h", "help");
    /** A command that somebody is to type, not one that is told of. */
    private static final Pattern PROPOSED = Pattern.compile(
            "(?i)((?:(?:see|then|next|type|start|first|again): +|\\b(?:then|start|or|look with|look closer) +|first of them \\())"
                    + "((?:\\./)?posbridge )(?=[a-z])(?!demo\\b)(?![^\\n]*--data-dir)");

    private final String given;

    private NextCommands(String given) {
        this.given = given;
    }

    /** Empty where nothing was given that a next command would need. */
    static Optional<NextCommands> after(String... arguments) {
        List<String> given = new ArrayList<>();
        for (int at = 0; at < arguments.length && !arguments[at].equals("--"); at++) {
            String[] parts = arguments[at].split("=", 2);
            if (LEAVE.contains(arguments[at])) {
                return Optional.empty();
            } else if (OPTIONS.contains(parts[0]) && (parts.length == 2 || at + 1 < arguments.length)) {
                given.add(parts[0] + " " + quoted(parts.length == 2 ? parts[1] : arguments[++at]));
            }
        }
        return given.isEmpty() ? Optional.empty() : Optional.of(new NextCommands(String.join(" ", given) + " "));
    }

    private static String quoted(String value) {
        return value.matches("[\\w./:=,@%+-]+") ? value : "'" + value.replace("'", "'\\''") + "'";
    }

    String in(String text) {
        return text.contains("posbridge ")
                ? PROPOSED.matcher(text).replaceAll("$1$2" + Matcher.quoteReplacement(given))
                : text;
    }

    /** What is printed there, with the options added. */
    PrintWriter to(PrintWriter out) {
        return new PrintWriter(new Adding(out), true);
    }

    /** Texts come whole: who prints a command prints what stands before it as well. */
    private final class Adding extends Writer {
        private final PrintWriter out;

        Adding(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void write(char[] text, int offset, int length) {
            out.write(in(new String(Arrays.copyOfRange(text, offset, offset + length))));
        }

        @Override
        public void write(String text, int offset, int length) {
            out.write(in(text.substring(offset, offset + length)));
        }

        @Override
        public void flush() {
            out.flush();
        }

        @Override
        public void close() {
            out.close();
        }
    }
}
