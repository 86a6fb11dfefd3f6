package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lesson at the head of docs/profiles.md, done as a newcomer does it: each profile is written, each command typed. */
class ProfileLessonTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\n(.*?)^```$");
    private static final String GAP = "...\n";

    @TempDir
    private Path home;

    private final String homeBefore = System.getProperty("posbridge.home");

    @BeforeEach
    void install() throws IOException {
        Files.createDirectories(home.resolve("config/vendors"));
        System.setProperty("posbridge.home", home.toString());
    }

    @AfterEach
    void restore() {
        if (homeBefore == null) {
            System.clearProperty("posbridge.home");
        } else {
            System.setProperty("posbridge.home", homeBefore);
        }
    }

    @Test
    void printsWhatTheCommandsPrint() throws IOException {
        List<String> typed = new ArrayList<>();
        for (MatchResult block : blocks()) {
            String text = block.group(2);
            switch (block.group(1)) {
                case "csv" ->
                    assertThat(Files.readString(Path.of("samples/lesson/corner_20260131.csv")))
                            .isEqualTo(text);
                case "yaml" -> Files.writeString(home.resolve("config/vendors/corner.yaml"), text);
                default -> {
                    typed.add(text.lines().findFirst().orElseThrow());
                    typed(text);
                }
            }
        }
        assertThat(typed).hasSize(2);
    }

    private static List<MatchResult> blocks() throws IOException {
        String page = Files.readString(Path.of("docs/profiles.md"));
        String lesson = page.substring(page.indexOf("## A first profile"), page.indexOf("## Recipes"));
        return BLOCK.matcher(lesson).results().toList();
    }

    /** What stands between the gaps must be printed word for word, in this order. */
    private static void typed(String text) {
        int end = text.indexOf('\n');
        String[] command = text.substring(0, end).replace("$ ./posbridge ", "").split(" ");
        Cli.Seen seen = Cli.run(command);
        int at = 0;
        for (String part : text.substring(end + 1).split(Pattern.quote(GAP))) {
            int found = seen.out().indexOf(part, at);
            assertThat(found)
                    .as("%s%nis printed by %s:%n%s", part, List.of(command), seen.out())
                    .isNotNegative();
            at = found + part.length();
        }
    }
}
