package dev.posbridge.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.posbridge.operations.document.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Makes the pictures of docs/console.md anew, on the data of the demo: {@code bench/run screenshots}. */
class ScreenshotsTest {
    private static final Pattern LINK = Pattern.compile("Console: (http://\\S+/)(sign-in\\?key=\\S+)");
    private static final int SCREEN = 1280;
    private static final int TABLET = 768;
    private static final int PHONE = 390;

    @TempDir
    private Path folder;

    @Test
    void showsEachPage() throws Exception {
        assumeTrue(System.getProperty("screenshots") != null, "nobody asked for pictures");
        assumeTrue(Chromium.isThere(), "chromium and chromium-driver are not installed");
        Path pictures = Files.createDirectories(Path.of(System.getProperty("screenshots")));
        Path said = folder.resolve("said");
        Process demo = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dlogback.configurationFile=config/logback.xml",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "dev.posbridge.Posbridge",
                        "demo",
                        "--console",
                        "--port",
                        "0",
                        "--data-dir",
                        folder.resolve("data").toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            Matcher link = await().atMost(Duration.ofMinutes(3))
                    .until(() -> LINK.matcher(Files.readString(said)), Matcher::find);
            shoot(pictures, link.group(1), link.group(2));
        } finally {
            demo.destroy();
            demo.waitFor();
        }
    }

    private static void shoot(Path pictures, String address, String signIn) throws IOException {
        try (Chromium chromium = Chromium.start(false)) {
            chromium.open(address + "sign-in");
            save(pictures, "sign-in", chromium.picture(SCREEN, false));
        }
        Browser program = new Browser(address);
        program.get("/" + signIn);
        for (boolean dark : new boolean[] {false, true}) {
            try (Chromium chromium = Chromium.start(dark)) {
                chromium.open(address + signIn);
                for (Map.Entry<String, String> page : pages(program).entrySet()) {
                    boolean shown = !dark || List.of("tonight", "dead-letter").contains(page.getKey());
                    if (shown) {
                        chromium.open(address + page.getValue());
                        await().atMost(Duration.ofSeconds(30))
                                .until(() -> !chromium.text().contains("being added up."));
                        save(pictures, page.getKey() + (dark ? "-dark" : ""), chromium.picture(SCREEN, false));
                    }
                    if (!dark && List.of("tonight", "dead-letter", "file").contains(page.getKey())) {
                        save(pictures, page.getKey() + "-tablet", chromium.picture(TABLET, false));
                        save(pictures, page.getKey() + "-phone", chromium.picture(PHONE, true));
                    }
                }
            }
        }
    }

    private static Map<String, String> pages(Browser program) {
        String letters = program.get("/api/v1/dead-letters?code=amount-invalid").body();
        String letter = Json.tree(letters).at("/deadLetters/0/id").asText();
        String name = Json.tree(letters).at("/deadLetters/0/file").asText();
        String file = "";
        for (var one : Json.tree(program.get("/api/v1/files?limit=1000").body()).path("files")) {
            file = one.path("name").asText().equals(name) ? one.path("id").asText() : file;
        }
        assertThat(letter).isNotEmpty();
        assertThat(file).isNotEmpty();
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("tonight", "");
        pages.put("file", "files/" + file);
        pages.put("dead-letters", "dead-letters");
        pages.put("dead-letter", "dead-letters/" + letter);
        pages.put("held", "held");
        pages.put("corrections", "corrections");
        pages.put("reconcile", "reconcile");
        pages.put("trace", "trace?q=07-1-0204-20260131");
        pages.put("vendors", "vendors");
        pages.put("vendor", "vendors/acme");
        pages.put("new-vendor", "new-vendor");
        pages.put("report", "report?by=store");
        return pages;
    }

    private static void save(Path folder, String name, byte[] picture) throws IOException {
        Files.write(folder.resolve(name + ".webp"), picture);
    }
}
