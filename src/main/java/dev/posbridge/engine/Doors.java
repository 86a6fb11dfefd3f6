package dev.posbridge.engine;

import dev.posbridge.ConfigurationException;
import dev.posbridge.PosbridgeException;
import dev.posbridge.PrivateFiles;
import dev.posbridge.intake.IntakeGuard;
import dev.posbridge.intake.Sets;
import dev.posbridge.intake.expected.ExpectedFiles;
import dev.posbridge.intake.expected.ExpectedWatch;
import dev.posbridge.intake.sftp.ReportWriter;
import dev.posbridge.ledger.AuditBook;
import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.HealthBook.State;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.Requests;
import dev.posbridge.ledger.SourceFiles;
import dev.posbridge.ledger.TurnBook;
import dev.posbridge.settings.Settings;
import dev.posbridge.settings.SftpSource;
import dev.posbridge.settings.Source;
import dev.posbridge.vendor.Profile;
import dev.posbridge.vendor.Profiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ways in that the service watches: an inbox for each vendor, servers, queues. A vendor whose profile is broken has none
 * that is open: what comes by them stays where it is. Where a command or a signal asks for it the profiles are read anew,
 * and what became of that is told. A file that is being read goes on by the profile that it began with. Thread-safe.
 */
public final class Doors {
    private static final Logger LOG = LoggerFactory.getLogger(Doors.class);
    private static final String CONCERN = "profile ";
    private static final int MOST_TOLD = 3;

    private final Settings settings;
    private final Profiles profiles;
    private final LedgerDatabase database;
    private final HealthBook health;
    private final RouteRunner routes;
    private final MessageSources messages;
    private final Requests requests;
    private final AtomicBoolean wanted = new AtomicBoolean();
    private final Set<String> opened = new HashSet<>();

    Doors(
            Settings settings,
            Profiles profiles,
            LedgerDatabase database,
            HealthBook health,
            RouteRunner routes,
            MessageSources messages) {
        this.settings = settings;
        this.profiles = profiles;
        this.database = database;
        this.health = health;
        this.routes = routes;
        this.messages = messages;
        this.requests = new Requests(database, settings.folders().data());
    }

    /**
     * @param nodes what other nodes do that share the ledger
     * @param reports writes what is put back on servers
     */
    synchronized List<Inlet> atStart(IntakeGuard guard, TurnBook nodes, ReportWriter reports) {
        routes.bind("profiles", this);
        profiles.readAll().forEach(this::refused);
        List<Inlet> inlets = new ArrayList<>();
        profiles.names().forEach(vendor -> inlets.addAll(ofVendor(vendor)));
        List<SftpSource> drops = settings.sources().sftp();
        if (!drops.isEmpty()) {
            inlets.addAll(new SftpDoors(routes, database, health, guard, nodes)
                    .bind(drops, profiles, settings.folders(), reports));
        }
        settings.sources().expecting().forEach(source -> inlets.add(expected(source)));
        return inlets;
    }

    private Inlet expected(Source source) {
        ExpectedFiles files = new ExpectedFiles(source, profiles, new SourceFiles(database));
        routes.bind(source.name() + "-expected", new ExpectedWatch(source, files, health));
        return new Inlet("expected-" + source.name(), "expected-files", Map.of("source", source.name()));
    }

    /** Begins to take messages of vendors whose profiles hold. */
    void openQueues() {
        routes.add(context -> messages.addRoutes(context, profiles));
    }

    /** The profiles shall be read anew in a moment. */
    void wanted() {
        wanted.set(true);
    }

    /** Reads the profiles anew where somebody asked for it; asked every moment. */
    public void look() {
        boolean signalled = wanted.getAndSet(false);
        List<Long> asked = requests.reloads();
        if (!signalled && asked.isEmpty()) {
            return;
        }
        if (signalled) {
            new AuditBook(database).note("reload (SIGHUP)", 1, null);
        }
        Requests.Progress answer = reload();
        asked.forEach(request -> requests.end(request, answer.how(), answer.answer()));
    }

    private synchronized Requests.Progress reload() {
        try {
            Set<String> needed =
                    settings.sources().all().stream().map(Source::vendor).collect(Collectors.toSet());
            Profiles.News news = profiles.readAnew(needed);
            tell(news);
            routes.add(profiles.names().stream()
                    .flatMap(vendor -> ofVendor(vendor).stream())
                    .toList());
            openQueues();
            return answer(news);
        } catch (PosbridgeException problem) {
            LOG.error("the profiles stay as they were: {}", problem.getMessage());
            return new Requests.Progress(
                    Requests.How.REFUSED, "The profiles stay as they were. " + problem.getMessage());
        }
    }

    private void tell(Profiles.News news) {
        health.reported().stream()
                .map(HealthBook.Concern::name)
                .filter(concern ->
                        concern.startsWith(CONCERN) && !news.refused().containsKey(concern.substring(CONCERN.length())))
                .forEach(health::forget);
        news.refused().forEach(this::refused);
        LOG.info("profiles read anew: new={} changed={} gone={}", news.added(), news.changed(), news.gone());
    }

    private void refused(String vendor, String problems) {
        String what = profiles.isInForce(vendor) ? stays(vendor) : stands(vendor, settings.folders());
        List<String> lines = problems.lines().toList();
        health.report(
                CONCERN + vendor,
                profiles.isInForce(vendor) ? State.YELLOW : State.RED,
                what + " Mend its profile, then posbridge reload. "
                        + String.join(" ", lines.stream().limit(MOST_TOLD).toList())
                        + (lines.size() > MOST_TOLD ? " And " + (lines.size() - MOST_TOLD) + " more." : ""));
        lines.forEach(line -> LOG.error("{}", line));
        LOG.error("vendor={} {}", vendor, what);
    }

    private static String stays(String vendor) {
        return "Vendor " + vendor + " goes on by its profile as it was read before.";
    }

    /** Of a vendor whose profile is broken, what that means. */
    public static String stands(String vendor, Settings.Folders folders) {
        return "Vendor " + vendor + " stands still: nothing of it is taken in, its files stay in "
                + folders.inbox().resolve(vendor) + ".";
    }

    private Requests.Progress answer(Profiles.News news) {
        List<String> lines = new ArrayList<>();
        news.added().forEach(vendor -> lines.add(vendor + ": new, taken."));
        news.changed().forEach(vendor -> lines.add(vendor + ": changed, taken."));
        news.gone().forEach(vendor -> lines.add(vendor + ": gone, nothing is taken in by it any more."));
        news.refused().forEach((vendor, problems) -> {
            lines.addAll(problems.lines().toList());
            lines.add(profiles.isInForce(vendor) ? stays(vendor) : stands(vendor, settings.folders()));
        });
        if (lines.isEmpty()) {
            lines.add("No profile has changed.");
        }
        return new Requests.Progress(
                news.refused().isEmpty() ? Requests.How.DONE : Requests.How.FAILED, String.join("\n", lines));
    }

    /** Those that are not open yet. A vendor whose profile never held has no inbox, unless somebody made one. */
    private List<Inlet> ofVendor(String vendor) {
        Path folder = settings.folders().inbox().resolve(vendor);
        List<Inlet> inlets = new ArrayList<>();
        if ((profiles.isInForce(vendor) || Files.isDirectory(folder)) && !opened.contains("inbox-" + vendor)) {
            inlets.add(inbox(vendor, folder));
            opened.add("inbox-" + vendor);
        }
        boolean hasSets =
                profiles.isInForce(vendor) && profiles.named(vendor).set().isPresent();
        if (hasSets && opened.add("sets-" + vendor)) {
            routes.bind("sets-of-" + vendor, sets(vendor, folder));
            inlets.add(new Inlet("sets-" + vendor, "set-inbox", Map.of("vendor", vendor)));
        }
        return inlets;
    }

    private Sets sets(String vendor, Path folder) {
        return new Sets(
                vendor,
                () -> profiles.find(vendor).flatMap(Profile::set),
                folder.toAbsolutePath().normalize(),
                settings.folders().archive().resolve(vendor),
                settings.inbox().settle(),
                health);
    }

    private static Inlet inbox(String vendor, Path folder) {
        try {
            PrivateFiles.folder(folder);
        } catch (IOException problem) {
            throw new ConfigurationException(
                    folder + ": cannot be made (" + problem.getMessage()
                            + "). Give a folder that is writable with posbridge.inbox.",
                    problem);
        }
        return new Inlet("inbox-" + vendor, "file-inbox", Map.of("vendor", vendor, "folder", folder.toString()));
    }
}
