package dev.posbridge.cli;

import dev.posbridge.engine.DataFolder;
import dev.posbridge.engine.Ledger;
import dev.posbridge.ledger.AlarmBook;
import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.HoldBook;
import dev.posbridge.ledger.LedgerCheck;
import dev.posbridge.ledger.Requests;
import dev.posbridge.ledger.RestoreGuard;
import dev.posbridge.ledger.StatusBook;
import dev.posbridge.settings.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge status}: what waits, for what, and how long it will take. */
@Command(
        name = "status",
        description = {
            "Says what is due, sending, parked, held and dead, by vendor, what is paused, and how long delivery takes.",
            "Files that are being read, and those that stay in the inbox with the reason, are named; after an interruption",
            "it says what to type.",
            "Only looks, so it works beside a running service.",
            "",
            "Example: posbridge status --json"
        })
final class StatusCommand implements Callable<Integer> {
    @ParentCommand
    private PosbridgeCommand posbridge;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Prints the status as JSON.")
    private boolean json;

    @Option(
            names = "--verify",
            description =
                    "Compares the ledger's counts with the state of every sale instead, and its packed bytes with their"
                            + " checksums; ends with 3 where they differ. Reads all of it.")
    private boolean verify;

    @Override
    public Integer call() {
        GlobalOptions options = posbridge.options();
        Settings settings = options.settings(Map.of());
        try (Ledger ledger =
                Ledger.openExisting(settings.folders().ledger(), settings.account(), settings.refundsWait())) {
            if (verify) {
                return verify(ledger, options.quiet());
            }
            StatusBook.Status status = new StatusBook(ledger.database()).now();
            Optional<String> holder = DataFolder.holder(settings.folders().data());
            Instant now = Instant.now();
            List<ReadingNow> reading = new StatusBook(ledger.database())
                    .reading().stream()
                            .map(file -> ReadingNow.of(file, isRead(ledger, settings, file.path(), holder), now))
                            .toList();
            List<HealthBook.Concern> health = holder.isPresent() ? new HealthBook(ledger.database()).kept() : List.of();
            StatusView view = new StatusView(
                    ledger.account(),
                    settings.folders().data(),
                    holder.orElse(null),
                    status,
                    Forecast.of(status, settings),
                    health,
                    new AlarmBook(ledger.database()).all(),
                    RestoreGuard.restored(ledger.database())
                            .map(why -> RestoreGuard.sentence(why) + '.')
                            .orElseGet(() ->
                                    Standstill.outOfHours(settings.delivery().hours())),
                    new DeadLetters(ledger.database()).summary(),
                    new HoldBook(ledger.database()).held(),
                    reading,
                    left(options, settings, reading, holder, health));
            PrintWriter out = spec.commandLine().getOut();
            if (!options.quiet()) {
                view.print(out, json);
                out.flush();
            }
        }
        return ExitCode.ALL_WELL.number();
    }

    /** A service reads what lies where it looks, and what it was asked for; a command reads its own files. */
    private static boolean isRead(Ledger ledger, Settings settings, Path file, Optional<String> holder) {
        return holder.isPresent()
                && (!DataFolder.isService(holder)
                        || file.startsWith(settings.folders().inbox())
                        || file.startsWith(settings.folders().data())
                        || new Requests(ledger.database())
                                .next()
                                .filter(request -> request.files().contains(file))
                                .isPresent());
    }

    private static List<LeftInInbox> left(
            GlobalOptions options,
            Settings settings,
            List<ReadingNow> reading,
            Optional<String> holder,
            List<HealthBook.Concern> health) {
        Set<Path> read = reading.stream().map(file -> file.file().path()).collect(Collectors.toSet());
        return LeftInInbox.in(
                settings,
                options.profiles(settings),
                read,
                DataFolder.isService(holder),
                vendor -> stopped(health, vendor));
    }

    /** Why nothing of a vendor is taken in, as a sentence; null where it is. */
    private static String stopped(List<HealthBook.Concern> health, String vendor) {
        return health.stream()
                .filter(concern -> concern.state() == HealthBook.State.RED)
                .filter(concern ->
                        concern.name().equals("disk") || concern.name().equals("intake " + vendor))
                .map(HealthBook.Concern::message)
                .findFirst()
                .orElse(null);
    }

    private int verify(Ledger ledger, boolean quiet) {
        LedgerCheck.Result result = new LedgerCheck(ledger.database()).check();
        PrintWriter out = spec.commandLine().getOut();
        result.problems().forEach(out::println);
        if (!quiet) {
            out.println(
                    result.problems().isEmpty()
                            ? "The ledger agrees with itself: " + result.sales() + " sales in " + result.segments()
                                    + " segments."
                            : "The ledger contradicts itself. Stop the service, keep a copy of the data folder, and restore the"
                                    + " last backup.");
        }
        out.flush();
        return (result.problems().isEmpty() ? ExitCode.ALL_WELL : ExitCode.LOOK).number();
    }
}
