import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Words that may stand in no output: keys and passwords nowhere at all, names and numbers of people in nothing that is read. */
final class Markers {
    static final String PERSON = "Markerinette";
    static final String EMAIL = "markerinette@example.org";
    static final String API_KEY = "gb_test_attack-4d1f0c77";
    static final String SECRET_KEY = "attack-secret-9b2e61aa";

    private static final Pattern SECRETS = Pattern.compile(API_KEY + "|" + SECRET_KEY + "|" + TillDoor.PASSWORD);
    private static final Pattern PEOPLE = Pattern.compile(PERSON + "|" + EMAIL + "|07700 ?900\\d{3}|447700900\\d{3}|07911 ?123\\d{3}|447911123\\d{3}",
            Pattern.CASE_INSENSITIVE);
    private static final int AROUND = 80;
    private static final int MOST = 5;

    private final List<String> found = new ArrayList<>();

    /**
     * Looks through everything that was written.
     *
     * @param work the lab's folder
     * @return what was found where; empty where all is well
     */
    List<String> in(Path work) throws IOException {
        try (Stream<Path> files = Files.walk(work)) {
            for (Path file : files.filter(Files::isRegularFile).filter(one -> !Files.isSymbolicLink(one)).toList()) {
                look(work.relativize(file), file);
            }
        }
        return found;
    }

    /** The command lines of our processes are read by anybody on the machine. */
    List<String> inCommandLine(Process process) throws IOException {
        Path line = Path.of("/proc", Long.toString(process.pid()), "cmdline");
        if (Files.exists(line)) {
            find("the command line", Files.readString(line), SECRETS);
        }
        return found;
    }

    void look(Path name, Path file) throws IOException {
        boolean given = name.startsWith("users") || name.startsWith("aside") || name.startsWith("inbox") || name.startsWith("home");
        if (given || Files.size(file) > 200L << 20) {
            return;
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        find(name.toString(), text, SECRETS);
        if (isRead(name)) {
            find(name.toString(), text, PEOPLE);
        }
    }

    /** Logs, output of commands and the reasons beside rejected files; not the files themselves, the ledger, or dead letters. */
    private static boolean isRead(Path name) {
        String last = name.getFileName().toString();
        return name.startsWith("data/logs") || last.endsWith(".reason.txt")
                || name.getNameCount() == 1 && last.endsWith(".log") && !Map.of("dead-letters.log", 1, "trace.log", 1).containsKey(last);
    }

    private void find(String where, String text, Pattern pattern) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find() && found.size() < MOST) {
            found.add(where + ": " + text.substring(Math.max(0, matcher.start() - AROUND), Math.min(text.length(), matcher.end() + AROUND))
                    .replaceAll("\\s+", " "));
        }
    }
}
