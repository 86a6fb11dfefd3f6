package dev.posbridge.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posbridge.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.awaitility.Awaitility;

/** Debian's headless Chromium by the protocol of its driver (W3C WebDriver): no library, and nothing that is downloaded. */
final class Chromium implements AutoCloseable {
    private static final Path BROWSER = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static final int TALLEST = 1_800;

    private final Process driver;
    private final String address;
    private String session;

    private Chromium(Process driver, String address) {
        this.driver = driver;
        this.address = address;
    }

    static boolean isThere() {
        return Files.isExecutable(BROWSER) && Files.isExecutable(DRIVER);
    }

    static Chromium start(boolean dark) throws IOException {
        int port = FreePort.next();
        Process driver = new ProcessBuilder(DRIVER.toString(), "--port=" + port)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Chromium chromium = new Chromium(driver, "http://127.0.0.1:" + port);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> chromium.send("GET", "/status", null).path("ready").asBoolean());
        ObjectNode asked = MAPPER.createObjectNode();
        ObjectNode options =
                asked.putObject("capabilities").putObject("alwaysMatch").putObject("goog:chromeOptions");
        options.put("binary", BROWSER.toString());
        options.putArray("args")
                .add("--headless=new")
                .add("--no-sandbox")
                .add("--disable-gpu")
                .add("--blink-settings=preferredColorScheme=" + (dark ? 0 : 1));
        chromium.session = "/session/"
                + chromium.send("POST", "/session", asked).path("sessionId").asText();
        return chromium;
    }

    void width(int width) {
        send(
                "POST",
                session + "/window/rect",
                MAPPER.createObjectNode().put("width", width).put("height", 900));
    }

    void open(String url) {
        send("POST", session + "/url", MAPPER.createObjectNode().put("url", url));
    }

    /** Runs a script; one that is told to call back hands over what it is given. */
    JsonNode run(boolean callsBack, String script) {
        ObjectNode asked = MAPPER.createObjectNode().put("script", script);
        asked.putArray("args");
        return send("POST", session + "/execute/" + (callsBack ? "async" : "sync"), asked);
    }

    /** What is to be seen at that width, of a page of any height up to twice a screen's; small. */
    byte[] picture(int width, boolean phone) {
        command(
                "Emulation.setDeviceMetricsOverride",
                MAPPER.createObjectNode()
                        .put("width", width)
                        .put("height", 900)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", phone));
        int height = run(false, "return document.documentElement.scrollHeight").asInt();
        ObjectNode asked = MAPPER.createObjectNode()
                .put("format", "webp")
                .put("quality", 60)
                .put("captureBeyondViewport", true);
        asked.putObject("clip")
                .put("x", 0)
                .put("y", 0)
                .put("width", width)
                .put("height", Math.min(height, TALLEST))
                .put("scale", 1);
        return Base64.getDecoder()
                .decode(command("Page.captureScreenshot", asked).path("data").asText());
    }

    private JsonNode command(String name, ObjectNode parameters) {
        ObjectNode asked = MAPPER.createObjectNode().put("cmd", name);
        asked.set("params", parameters);
        return send("POST", session + "/goog/cdp/execute", asked);
    }

    String text() {
        return run(false, "return document.body.innerText").asText();
    }

    void click(String css) {
        send("POST", element(css) + "/click", MAPPER.createObjectNode());
    }

    /** Writes over what stands in a field. */
    void write(String css, String text) {
        send("POST", element(css) + "/clear", MAPPER.createObjectNode());
        send("POST", element(css) + "/value", MAPPER.createObjectNode().put("text", text));
    }

    /** Chooses a file, as by dropping it there. */
    void choose(String css, Path file) {
        send(
                "POST",
                element(css) + "/value",
                MAPPER.createObjectNode().put("text", file.toAbsolutePath().toString()));
    }

    private String element(String css) {
        ObjectNode asked =
                MAPPER.createObjectNode().put("using", "css selector").put("value", css);
        return session + "/element/"
                + send("POST", session + "/element", asked).path(ELEMENT).asText();
    }

    private JsonNode send(String method, String path, ObjectNode body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                    .timeout(Duration.ofSeconds(60))
                    .method(
                            method,
                            body == null
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(body)))
                    .build();
            HttpResponse<byte[]> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
            JsonNode value = MAPPER.readTree(answer.body()).path("value");
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(
                        path + ": " + value.path("message").asText());
            }
            return value;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        try {
            if (session != null) {
                send("DELETE", session, null);
            }
        } finally {
            driver.destroy();
        }
    }
}
