package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.sandbox.Sandbox;
import dev.posbridge.sandbox.SandboxSettings;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code posbridge sandbox}: Gameball's stand-in on its own. */
@Command(
        name = "sandbox",
        description = {
            "Runs our stand-in for Gameball on this machine, until it is stopped.",
            "Look at what it holds at http://127.0.0.1:PORT/sandbox/ ; docs/sandbox.md says what it can be told to do.",
            "",
            "Example: posbridge sandbox --port 8087 --latency 300ms"
        })
final class SandboxCommand implements Callable<Integer> {
    private static final int HIGHEST_PORT = 65_535;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "8087",
            description = "Port on 127.0.0.1; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--latency",
            paramLabel = "TIME",
            defaultValue = "0ms",
            description = "How long each call takes. Default: ${DEFAULT-VALUE}.")
    private String latency;

    @Option(
            names = "--job-latency",
            paramLabel = "TIME",
            defaultValue = "20ms",
            description = "How long a batch job takes. Default: ${DEFAULT-VALUE}.")
    private String jobLatency;

    @Option(
            names = "--job-entries",
            paramLabel = "order-id|customer-id",
            defaultValue = "order-id",
            description = "What names an object in a job's lists. Default: ${DEFAULT-VALUE}.")
    private String jobEntries;

    @Option(
            names = "--quotas",
            paramLabel = "documented|off",
            defaultValue = "documented",
            description = "Whether Gameball's limits are kept, with 429 past them. Default: ${DEFAULT-VALUE}.")
    private SandboxSettings.QuotaRule quotas;

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new ConfigurationException(
                    "--port is \"" + port + "\", expected 0 to " + HIGHEST_PORT + "; 0 takes a free one.");
        }
        SandboxSettings settings = SandboxSettings.defaults()
                .withPort(port)
                .withLatency(GlobalOptions.duration("--latency", latency))
                .withJobLatency(GlobalOptions.duration("--job-latency", jobLatency))
                .withJobEntryNames(jobEntryNames())
                .withQuotas(quotas);
        try (Sandbox sandbox = Sandbox.start(settings)) {
            spec.commandLine()
                    .getOut()
                    .println("Sandbox at " + sandbox.uri() + ", what it holds: " + sandbox.uri() + "/sandbox/");
            spec.commandLine().getOut().flush();
            new CountDownLatch(1).await();
        }
        return ExitCode.ALL_WELL.number();
    }

    private SandboxSettings.JobEntryNames jobEntryNames() {
        return switch (jobEntries) {
            case "order-id" -> SandboxSettings.JobEntryNames.BY_ORDER_ID;
            case "customer-id" -> SandboxSettings.JobEntryNames.BY_CUSTOMER_ID_ONLY;
            default ->
                throw new ConfigurationException(
                        "--job-entries is \"" + jobEntries + "\", expected order-id or customer-id.");
        };
    }
}
