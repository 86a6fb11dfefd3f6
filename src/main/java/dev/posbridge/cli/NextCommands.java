package dev.posbridge.cli;

import dev.posbridge.ShellWord;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;

/**
 * Makes the commands that messages propose such as can be typed as they stand: they begin as this one was called, and carry the
 * options that were in use, because who copies {@code posbridge status} after a command with {@code --data-dir} would look at
 * another ledger. What other programs read, and help, stays as it is.
 */
final class NextCommands {
    private static final Set<String> OPTIONS = Set.of("--config", "--data-dir", "--set");
    private static final Set<String> LEAVE = Set.of("--json", "--csv", "--help", "-h", "help");
    private static final String PROGRAM = "posbridge";
    private static final String DATA = "--data-dir ";
    /** A command that somebody may type, not one that is told of, as in "in use by posbridge run". */
    private static final Pattern PROPOSED = Pattern.compile(
            "(?<!\\bby |\\bnext |Running: |[\"\\w/-])(?:\\./)?posbridge (?=(?:--[a-z]|" + names() + "\\b))");

    private final String program;
    private final List<String> given;
    private final boolean leaves;

    private NextCommands(String program, List<String> given, boolean leaves) {
        this.program = program;
        this.given = given;
        this.leaves = leaves;
    }

    static NextCommands after(String... arguments) {
        List<String> given = new ArrayList<>();
        boolean leaves = false;
        for (int at = 0; at < arguments.length && !arguments[at].equals("--"); at++) {
            String[] parts = arguments[at].split("=", 2);
            if (LEAVE.contains(arguments[at])) {
                leaves = true;
            } else if (OPTIONS.contains(parts[0]) && (parts.length == 2 || at + 1 < arguments.length)) {
                given.add(parts[0] + " " + ShellWord.of(parts.length == 2 ? parts[1] : arguments[++at]));
            }
        }
        // The launcher says how it was called.
        return new NextCommands(System.getProperty("posbridge.command", PROGRAM), given, leaves);
    }

    private static String names() {
        return String.join("|", PosbridgeCommand.names());
    }

    /** For {@code out} and {@code err} of the command line. */
    void addTo(CommandLine posbridge) {
        if (given.isEmpty() && program.equals(PROGRAM)) {
            return;
        }
        posbridge.setErr(to(posbridge.getErr()));
        if (!leaves) {
            posbridge.setOut(to(posbridge.getOut()));
        }
    }

    String in(String text) {
        return text.contains(PROGRAM + ' ')
                ? PROPOSED.matcher(text)
                        .replaceAll(found -> Matcher.quoteReplacement(
                                ShellWord.of(program) + ' ' + optionsBefore(text.substring(found.end()))))
                : text;
    }

    /** What a command does not say itself; none for the demo, which has a folder of its own. */
    private String optionsBefore(String rest) {
        String line = rest.lines().findFirst().orElse("");
        return given.stream()
                .filter(option -> !line.startsWith("demo") && !line.contains(option))
                .filter(option -> !option.startsWith(DATA) || !line.contains(DATA))
                .map(option -> option + ' ')
                .collect(Collectors.joining());
    }

    /** What is printed there, with the options added. */
    private PrintWriter to(PrintWriter out) {
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
