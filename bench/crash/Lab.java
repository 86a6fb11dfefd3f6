import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A folder of its own with a sandbox, and the program as processes beside it. Used by one thread. */
final class Lab implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
    private static final long PATIENCE_SECONDS = 90;

    final Path work;
    private final List<String> launcher;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Process> started = new ArrayList<>();
    private final List<String> settings = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private String javaOptions = "";
    private String sandbox;

    /** @param classPath of the program, or null to start it with ./posbridge */
    Lab(String name, String classPath) throws IOException {
        this.work = Files.createTempDirectory("posbridge-" + name);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        this.launcher = classPath == null ? List.of(Path.of("posbridge").toAbsolutePath().toString()) : List.of(java, classPath);
    }

    /** More options of the JVM, for every service and command from now on. */
    Lab with(String options) {
        javaOptions = (javaOptions + " " + options).strip();
        return this;
    }

    /** Settings, key=value, for every service and command. */
    void set(List<String> pairs) {
        pairs.forEach(pair -> settings.addAll(List.of("--set", pair)));
    }

    /** A variable of the environment, for all processes from now on: for what must not stand on a command line. */
    void environment(String name, String value) {
        environment.put(name, value);
    }

    String sandbox() {
        return sandbox;
    }

    void startSandbox(List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("sandbox", "--port", "0"));
        command.addAll(arguments);
        // It keeps everything it got in memory, to be compared at the end.
        Process process = start("sandbox", "-Xmx2g", command);
        sandbox = await(process, "sandbox", ADDRESS);
        set(List.of("posbridge.gameball.url=" + sandbox));
    }

    /** The service, watching the folder {@code inbox}; its output is appended to {@code run.log}. */
    Process service(String moreJavaOptions) throws IOException {
        return command(moreJavaOptions, "run", "--lock-wait", "20s");
    }

    /**
     * One of several services, with a data folder and an inbox of its own; its output is appended to {@code NAME.log}.
     *
     * @param own settings, key=value, of this one alone
     */
    Process node(String name, List<String> own) throws IOException {
        List<String> command = new ArrayList<>(List.of("run", "--lock-wait", "20s"));
        command.addAll(List.of("--data-dir", work.resolve(name).resolve("data").toString()));
        command.addAll(List.of("--set", "posbridge.inbox=" + work.resolve(name).resolve("inbox")));
        command.addAll(settings);
        own.forEach(pair -> command.addAll(List.of("--set", pair)));
        return start(name, javaOptions, command);
    }

    /** Any other command on the data folder. */
    Process command(String moreJavaOptions, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(arguments));
        command.addAll(List.of("--data-dir", work.resolve("data").toString()));
        command.addAll(List.of("--set", "posbridge.inbox=" + work.resolve("inbox")));
        command.addAll(settings);
        return start(arguments[0], javaOptions + " " + moreJavaOptions, command);
    }

    /** What {@code posbridge report --json} says now, beside a service or alone. */
    String report() throws Exception {
        return said("report", "--json");
    }

    /** What a command prints; kept in its log, too. */
    String said(String... arguments) throws Exception {
        end(command("", arguments));
        String all = text(log(arguments[0]));
        return all.substring(all.lastIndexOf("# process "));
    }

    /** Waits until the service says that it is ready, or is gone. */
    void awaitReady(Process service) throws Exception {
        awaitReady(service, log("run"));
    }

    void awaitReady(Process service, Path log) throws Exception {
        long before = service.pid();
        for (long look = 0; look < PATIENCE_SECONDS * 20 && service.isAlive(); look++) {
            if (text(log).lastIndexOf("Ready.") > text(log).lastIndexOf("# process ")) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        if (service.isAlive()) {
            throw new IllegalStateException("process " + before + " does not get ready, see " + log);
        }
    }

    static int end(Process process) throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("process " + process.pid() + " does not end");
        }
        return process.exitValue();
    }

    static void signal(Process process, String signal) throws Exception {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    }

    /** Resident memory of a running process in MB, 0 where the system does not say. */
    static long residentMegabytes(Process process) throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        Matcher resident = Pattern.compile("VmHWM:\\s+(\\d+)").matcher(Files.readString(status));
        return resident.find() ? Long.parseLong(resident.group(1)) / 1024 : 0;
    }

    /** What the sandbox answers under {@code /sandbox/}. */
    String get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(sandbox + "/sandbox/" + path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** The same, line by line; to be closed. */
    Stream<String> lines(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox + "/sandbox/" + path)).build();
        return client.send(request, HttpResponse.BodyHandlers.ofLines()).body();
    }

    /** Orders and refunds that the sandbox holds. */
    long held() throws Exception {
        String state = get("state");
        return Long.parseLong(Comparison.text(state, "orders")) + Long.parseLong(Comparison.text(state, "refunds"));
    }

    void fault(String json) throws Exception {
        post("/sandbox/faults", json);
    }

    /** Somebody else's call. */
    void call(String path, String json) throws Exception {
        post("/api/v4.0/integrations/" + path, json);
    }

    private void post(String path, String json) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox + path))
                .headers("Content-Type", "application/json", "APIKey", "other", "SecretKey", "other")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + " " + json + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    Path log(String command) {
        return work.resolve(command + ".log");
    }

    static String text(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private Process start(String name, String options, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (launcher.size() == 1) {
            command.addAll(launcher);
        } else {
            command.add(launcher.get(0));
            command.addAll(List.of("-Xmx256m", "-Dlogback.configurationFile=config/logback.xml"));
            command.addAll(Options.split(options));
            command.addAll(List.of("-cp", launcher.get(1), "dev.posbridge.Posbridge"));
        }
        command.addAll(arguments);
        File log = log(name).toFile();
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        builder.environment().put("POSBRIDGE_JAVA_OPTS", options);
        builder.environment().putAll(environment);
        Files.writeString(log.toPath(), "# process " + options + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private String await(Process process, String name, Pattern wanted) throws Exception {
        for (long look = 0; look < PATIENCE_SECONDS * 20 && process.isAlive(); look++) {
            Matcher found = wanted.matcher(text(log(name)));
            if (found.find()) {
                return found.group();
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new IllegalStateException("the " + name + " does not start, see " + log(name));
    }

    @Override
    public void close() {
        started.forEach(Process::destroyForcibly);
    }
}
