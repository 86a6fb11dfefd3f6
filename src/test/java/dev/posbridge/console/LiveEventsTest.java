package dev.posbridge.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posbridge.ledger.Pauses;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pages are told while somebody looks. */
class LiveEventsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PLACES = 24;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<InputStream> listening = new ArrayList<>();

    @TempDir
    private Path folder;

    private Shops.Opened opened;

    @BeforeEach
    void open() {
        opened = Shops.open(Shops.in(folder.resolve("data")), Map.of());
    }

    @AfterEach
    void close() throws IOException {
        for (InputStream one : listening) {
            one.close();
        }
        opened.close();
    }

    @Test
    void tellsThatSomethingHasChangedAndEndsWithTheSession() {
        Browser browser = opened.inside();
        HttpResponse<InputStream> told = listen(browser);
        assertThat(told.headers().firstValue("Content-Type")).hasValue("text/event-stream; charset=utf-8");
        StringBuffer heard = new StringBuffer();
        CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> read(told.body(), heard));
        await().atMost(PATIENCE).until(() -> heard.toString().contains("retry: 3000"));
        assertThat(heard.toString()).doesNotContain("changed");

        new Pauses(opened.ledger().database()).add("acme", null, null, "prices are wrong");

        await().atMost(PATIENCE).until(() -> heard.toString().contains("event: changed\ndata: \n\n"));
        assertThat(browser.get("/tonight/live").body()).contains("prices are wrong");
        assertThat(browser.post("/sign-out", Map.of("csrf", browser.csrf())).statusCode())
                .isEqualTo(303);
        await().atMost(PATIENCE).until(ended::isDone);
        assertThat(heard.toString()).endsWith("event: over\ndata: \n\n");
    }

    @Test
    void endsWithTheUserWhoIsTakenOutOfTheFile() throws IOException {
        UsersFile users = new UsersFile(folder.resolve("console-users"));
        users.add("jane", "read", "correct horse battery");
        users.add("joe", "administer", "correct horse battery");
        try (Shops.Opened withUsers = Shops.open(
                Shops.in(folder.resolve("users")),
                Map.of(
                        "posbridge.console.users-file",
                        folder.resolve("console-users").toString()))) {
            Browser browser = withUsers.browser();
            browser.post("/sign-in", Map.of("name", "jane", "password", "correct horse battery"));
            HttpResponse<InputStream> told = listen(browser, withUsers);
            StringBuffer heard = new StringBuffer();
            CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> read(told.body(), heard));
            await().atMost(PATIENCE).until(() -> heard.toString().contains("retry: 3000"));

            users.remove("jane");

            await().atMost(PATIENCE).until(ended::isDone);
            assertThat(heard.toString()).endsWith("event: over\ndata: \n\n");
        }
    }

    @Test
    void hasFewPlacesAndSendsWhoFindsNoneToAsk() throws IOException {
        Browser browser = opened.inside();
        for (int listener = 0; listener < PLACES; listener++) {
            HttpResponse<InputStream> told = listen(browser);
            assertThat(told.statusCode()).isEqualTo(200);
            assertThat(told.body().read()).as("it was told something").isEqualTo('r');
        }

        HttpResponse<InputStream> none = listen(browser);
        assertThat(none.statusCode()).isEqualTo(503);
        assertThat(browser.get("/tonight/live").statusCode()).isEqualTo(200);
        assertThat(browser.get("/").statusCode()).as("pages have threads left").isEqualTo(200);
    }

    @Test
    void tellsNothingToWhoIsNotSignedIn() {
        assertThat(listen(opened.browser()).statusCode()).isEqualTo(303);
    }

    private HttpResponse<InputStream> listen(Browser browser) {
        return listen(browser, opened);
    }

    private HttpResponse<InputStream> listen(Browser browser, Shops.Opened at) {
        try {
            HttpResponse<InputStream> told = client.send(
                    HttpRequest.newBuilder(URI.create(at.console().address() + "events"))
                            .header("Cookie", browser.cookie().isEmpty() ? "none=" : browser.cookie())
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            listening.add(told.body());
            return told;
        } catch (IOException | InterruptedException problem) {
            throw new IllegalStateException(problem);
        }
    }

    private static void read(InputStream told, StringBuffer heard) {
        try {
            byte[] some = new byte[1024];
            int count = told.read(some);
            while (count >= 0) {
                heard.append(new String(some, 0, count, StandardCharsets.UTF_8));
                count = told.read(some);
            }
        } catch (IOException gone) {
            heard.append("(broken)");
        }
    }
}
