package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.Count;
import dev.posbridge.engine.Ledger;
import dev.posbridge.ledger.ForgetBook;
import dev.posbridge.ledger.ForgetBook.Erased;
import dev.posbridge.ledger.Forgotten;
import dev.posbridge.ledger.Person;
import dev.posbridge.ledger.Tombstones;
import dev.posbridge.settings.Settings;
import dev.posbridge.watch.PersonalFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge forget}: a customer who asks to be forgotten is. */
@Command(
        name = "forget",
        description = {
            "Takes a customer out of the ledger, dead letters, archive, rejected and set-aside files and logs, and does not",
            "create them again: their next sales are skipped as 'forgotten'. Keys and amounts stay: they guard against",
            "sending twice. Works beside a running service; run it again if it was interrupted. Backups are yours to look after.",
            "",
            "Example: posbridge forget mobile_447700900123 --reason \"asked on 27 November\""
        })
final class ForgetCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PAUSE_MILLIS = 500;
    private static final int BLOCK = 1 << 20;

    @ParentCommand
    private PosbridgeCommand posbridge;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CUSTOMER", arity = "0..1", description = "The customer's id, as at Gameball.")
    private String customer;

    @Option(
            names = "--again",
            description =
                    "Everybody who was forgotten before and whom the ledger knows again: it was put back from a copy.")
    private boolean everybodyAgain;

    @Option(names = "--at-gameball", description = "Has Gameball delete the customer too.")
    private boolean atGameball;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; kept in the audit table.")
    private String reason;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Settings settings = posbridge.options().settings(Map.of());
        if (reason.isBlank() || everybodyAgain == (customer != null) || customer != null && customer.isBlank()) {
            throw new ConfigurationException(
                    "forget: expected a customer's id, or --again, and a reason. Write one of the two, and why.");
        }
        if (!everybodyAgain) {
            return forget(customer, settings).number();
        }
        List<String> known = knownAgain(settings);
        spec.commandLine()
                .getOut()
                .println("Customers who were forgotten before and whom this ledger knows: " + known.size());
        spec.commandLine().getOut().flush();
        ExitCode worst = ExitCode.ALL_WELL;
        for (String one : known) {
            ExitCode exit = forget(one, settings);
            worst = worst == ExitCode.ALL_WELL ? exit : worst;
        }
        return worst.number();
    }

    private static List<String> knownAgain(Settings settings) throws IOException {
        try (Ledger ledger = open(settings)) {
            Tombstones.agree(ledger.database(), settings.folders().ledger());
            return new ForgetBook(ledger.database()).knownAgain();
        }
    }

    private static Ledger open(Settings settings) {
        return Ledger.openExisting(settings);
    }

    private ExitCode forget(String one, Settings settings) throws IOException, InterruptedException {
        Person person;
        PersonalFiles files;
        Erased erased;
        boolean again;
        try (Ledger ledger = open(settings)) {
            Tombstones.agree(ledger.database(), settings.folders().ledger());
            ForgetBook book = new ForgetBook(ledger.database());
            person = book.person(one);
            again = new Forgotten(ledger.database()).isForgotten(one);
            book.bury(person);
            Tombstones.agree(ledger.database(), settings.folders().ledger());
            files = new PersonalFiles(person, book::leaveAlone);
            clean(files, settings, book.sources(person).lines());
            erased = erase(book, person);
            clean(files, settings, Map.of());
            book.compact(false);
        }
        boolean traces = hasTraces(settings.folders().ledger(), person);
        if (traces) {
            try (Ledger ledger = open(settings)) {
                // Deleted by somebody earlier, who did not overwrite it: only packing anew takes that away.
                new ForgetBook(ledger.database()).compact(true);
            }
            traces = hasTraces(settings.folders().ledger(), person);
        }
        try (Ledger ledger = open(settings)) {
            new ForgetBook(ledger.database()).note(person, erased.records(), reason);
        }
        if (atGameball) {
            new KnownCustomers(settings.gameball()).delete(one);
        }
        return say(erased, files, traces, again, files.named(settings.folders().held()));
    }

    /** What is being sent has its say first; what comes in meanwhile is skipped, but for what was on its way already. */
    private static Erased erase(ForgetBook book, Person person) throws InterruptedException {
        Erased all = book.erase(person);
        long end = System.nanoTime() + PATIENCE.toNanos();
        boolean again = true;
        while (again && System.nanoTime() - end < 0) {
            Thread.sleep(PAUSE_MILLIS);
            Erased more = book.erase(person);
            all = all.plus(more);
            again = more.records() + more.sending() + more.texts() > 0;
        }
        return all;
    }

    private static void clean(PersonalFiles files, Settings settings, Map<String, Set<Long>> known) throws IOException {
        Path data = settings.folders().data();
        for (Path folder : List.of(
                settings.folders().archive(),
                settings.folders().rejected(),
                data.resolve("oversized"),
                data.resolve("logs"))) {
            files.clean(folder, known);
        }
    }

    /**
     * Whether the ledger's files still hold it somewhere, byte by byte. Nobody in this process may have the ledger open: to
     * close a descriptor of its file lets go of the locks by which other processes know that it is in use.
     */
    private static boolean hasTraces(Path ledger, Person person) throws IOException {
        for (Path file : List.of(ledger, ledger.resolveSibling(ledger.getFileName() + "-wal"))) {
            if (Files.exists(file) && holds(file, person.spelt())) {
                return true;
            }
        }
        return false;
    }

    private static boolean holds(Path file, List<String> texts) throws IOException {
        int overlap = texts.stream().mapToInt(String::length).max().orElse(0) * 4;
        String before = "";
        try (InputStream in = Files.newInputStream(file)) {
            for (byte[] block = in.readNBytes(BLOCK); block.length > 0; block = in.readNBytes(BLOCK)) {
                String text = before + new String(block, StandardCharsets.ISO_8859_1);
                for (String wanted : texts) {
                    String bytes = new String(wanted.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
                    if (text.contains(bytes)) {
                        return true;
                    }
                }
                before = text.substring(Math.max(0, text.length() - overlap));
            }
        }
        return false;
    }

    /** @param again whether the customer was forgotten before */
    private ExitCode say(Erased erased, PersonalFiles files, boolean traces, boolean again, List<Path> held) {
        PrintWriter out = spec.commandLine().getOut();
        if (!posbridge.options().quiet()) {
            out.println("Forgotten: "
                    + Count.of(erased.records(), "record says", "records say") + " nothing of the customer any more, "
                    + Count.of(
                            erased.cancelled(),
                            "of them was still to be delivered and is",
                            "of them were still to be delivered and are")
                    + " skipped; " + Count.of(erased.texts(), "other text") + ".");
            out.println("Files: lines of " + files.masked().size() + " overwritten, "
                    + Count.of(
                            files.deleted().size(),
                            "deleted whole because it is packed or has no plain lines",
                            "deleted whole because they are packed or have no plain lines")
                    + ".");
            files.deleted().forEach(file -> out.println("  deleted " + file));
            out.println(
                    atGameball
                            ? "Gameball was told to delete the customer."
                            : "Gameball was not told (--at-gameball does).");
            out.println("Backups made before still know the customer.");
            out.flush();
        }
        if (erased.sending() > 0) {
            spec.commandLine()
                    .getErr()
                    .println(Count.of(erased.sending(), "record of the customer is", "records of the customer are")
                            + " being sent. Run the same command again in a" + " moment.");
            return ExitCode.NOT_SETTLED;
        }
        if (!held.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "Held files name the customer: " + held + ". Release or reject them (what they bring of the"
                                    + " customer is skipped), then run the same command again.");
            return ExitCode.LOOK;
        }
        boolean found = erased.records() + erased.texts() > 0
                || !files.masked().isEmpty()
                || !files.deleted().isEmpty();
        if (!found && !again) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "Nothing was found of this customer, in the ledger or in files. Name the id, as at Gameball. Find it"
                                    + " by a number or an address: posbridge trace NUMBER. What comes of the id that was named is skipped all the"
                                    + " same.");
            return ExitCode.LOOK;
        }
        if (traces) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "The ledger's file still holds a text that names the customer: perhaps a part of another's, or"
                                    + " somebody reads an older moment. Run the same command again while nothing runs.");
            return ExitCode.LOOK;
        }
        return ExitCode.ALL_WELL;
    }
}
