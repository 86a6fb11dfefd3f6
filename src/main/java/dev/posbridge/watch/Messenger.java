package dev.posbridge.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posbridge.settings.Operations;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Carries a message to whoever shall hear it: posted to a webhook, given to a program on its standard input, or both. Neither
 * gets a secret of ours: the program's environment is its own, a redirect is not followed. Used by one thread at a time.
 */
final class Messenger {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LONGEST_RUN_SECONDS = 30;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Operations.Alarms receivers;
    private final Supplier<HttpClient.Builder> ways;
    private HttpClient client;

    /** @param ways out of this network; asked at the first message */
    Messenger(Operations.Alarms receivers, Supplier<HttpClient.Builder> ways) {
        this.receivers = receivers;
        this.ways = ways;
    }

    /**
     * Tells everybody.
     *
     * @return what went wrong, one line a receiver, without a URL
     */
    List<String> tell(ObjectNode message) throws InterruptedException {
        byte[] body = bytes(message);
        List<String> problems = new ArrayList<>();
        if (receivers.webhook() != null) {
            add(problems, post(receivers.webhook(), body));
        }
        if (receivers.command() != null) {
            add(problems, run(receivers.command(), body));
        }
        return problems;
    }

    /** @return what went wrong, or null */
    String beat() throws InterruptedException {
        return call(
                receivers.heartbeat(),
                HttpRequest.newBuilder(receivers.heartbeat()).GET());
    }

    /** Receivers that there are. */
    int receivers() {
        return (receivers.webhook() == null ? 0 : 1) + (receivers.command() == null ? 0 : 1);
    }

    private String post(URI url, byte[] body) throws InterruptedException {
        return call(
                url,
                HttpRequest.newBuilder(url)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private String call(URI url, HttpRequest.Builder request) throws InterruptedException {
        if (client == null) {
            client = ways.get()
                    .connectTimeout(PATIENCE)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
        }
        try {
            int status = client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            return status / 100 == 2 ? null : url.getHost() + " answers " + status;
        } catch (IOException problem) {
            // Its message may hold the whole URL.
            return url.getHost() + " does not answer (" + problem.getClass().getSimpleName() + ")";
        }
    }

    private static String run(Path program, byte[] body) throws InterruptedException {
        try {
            ProcessBuilder builder = new ProcessBuilder(program.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            String path = System.getenv("PATH");
            builder.environment().clear();
            builder.environment().putAll(Map.of("PATH", path == null ? "/usr/bin:/bin" : path, "LC_ALL", "C.UTF-8"));
            Process process = builder.start();
            feed(process, body);
            if (!process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                return program.getFileName() + " did not end within " + LONGEST_RUN_SECONDS + " s";
            }
            return process.exitValue() == 0 ? null : program.getFileName() + " ended with " + process.exitValue();
        } catch (IOException problem) {
            return program.getFileName() + " cannot be run (" + problem.getMessage() + ")";
        }
    }

    /** A program need not read what it is given. */
    private static void feed(Process process, byte[] body) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(body);
        } catch (IOException closed) {
            // How it ends tells whether that was well.
        }
    }

    private static void add(List<String> problems, String problem) {
        if (problem != null) {
            problems.add(problem);
        }
    }

    private static byte[] bytes(ObjectNode message) {
        try {
            return MAPPER.writeValueAsBytes(message);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree is always writable", impossible);
        }
    }
}
