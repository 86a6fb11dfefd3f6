package dev.posbridge.engine;

import dev.posbridge.intake.ByBusinessDate;
import dev.posbridge.intake.sftp.AfterTaken;
import dev.posbridge.intake.sftp.DoneFile;
import dev.posbridge.intake.sftp.DropFilter;
import dev.posbridge.intake.sftp.DropHealth;
import dev.posbridge.intake.sftp.DropPolls;
import dev.posbridge.intake.sftp.DropWatch;
import dev.posbridge.intake.sftp.RemoteFolder;
import dev.posbridge.intake.sftp.SftpDoor;
import dev.posbridge.intake.sftp.Spool;
import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.TakenBook;
import dev.posbridge.settings.SftpSource;
import dev.posbridge.vendor.Profile;
import dev.posbridge.vendor.Profiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import org.apache.camel.spring.pollingconsumer.SpringScheduledPollConsumerScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts together what the SFTP sources need; only where there is one is any class of the SFTP stack loaded. */
final class SftpDoors {
    private static final Logger LOG = LoggerFactory.getLogger(SftpDoors.class);

    private final RouteRunner routes;
    private final SftpDoor component;
    private final TakenBook taken;
    private final HealthBook health;
    private final Path spool;

    private SftpDoors(RouteRunner routes, SftpDoor component, Ledger ledger, HealthBook health, Path spool) {
        this.routes = routes;
        this.component = component;
        this.taken = new TakenBook(ledger.database());
        this.health = health;
        this.spool = spool;
    }

    /** Binds the beans of these sources. */
    static List<Inlet> bind(
            List<SftpSource> sources,
            RouteRunner routes,
            Profiles profiles,
            Ledger ledger,
            HealthBook health,
            Path spool) {
        SftpDoor component = new SftpDoor(sources);
        routes.bind("sftp", component);
        SftpDoors doors = new SftpDoors(routes, component, ledger, health, spool);
        List<Inlet> made = new ArrayList<>();
        for (SftpSource source : sources) {
            made.add(doors.inlet(source, profiles.named(source.vendor())));
            made.add(new Inlet("sftp-watch-" + source.name(), "sftp-watch", Map.of("source", source.name())));
        }
        return made;
    }

    private Inlet inlet(SftpSource source, Profile profile) {
        DropHealth ofSource = new DropHealth(source, health);
        DropWatch watch = new DropWatch(source.server().timeout().multipliedBy(2));
        DropFilter filter = new DropFilter(source, profile, taken);
        routes.bind(source.name() + "-watch", watch);
        routes.bind(source.name() + "-filter", filter);
        routes.bind(source.name() + "-order", new ByBusinessDate(profile, filter::localName));
        routes.bind(source.name() + "-polls", new DropPolls(component, ofSource, watch));
        routes.bind(source.name() + "-after", new AfterTaken(source, taken, ofSource, watch));
        routes.bind(source.name() + "-spool", new Spool(source, filter, watch, taken, spool.resolve(source.name())));
        if (source.schedule().cron() != null) {
            routes.bind(source.name() + "-clock", clock(source));
        }
        if (!source.server().checked()) {
            LOG.warn(
                    "source={} host={} ITS HOST KEY IS NOT CHECKED (trust-any-host-for-tests): whoever listens there can "
                            + "send anything. For tests only.",
                    source.name(),
                    source.server().host());
        }
        return new Inlet("sftp-" + source.name(), "sftp-drop", parameters(source));
    }

    private static Map<String, Object> parameters(SftpSource source) {
        SftpSource.Server server = source.server();
        RemoteFolder folder = new RemoteFolder(source.drop().folder());
        Map<String, Object> parameters = new TreeMap<>(Map.of(
                "source", source.name(),
                "vendor", source.vendor(),
                "host", server.host() + ":" + server.port(),
                "folder", folder.base().isEmpty() ? "." : folder.base(),
                "depth", Integer.toString(folder.depth()),
                "user", server.user(),
                "authentications", authentications(server),
                "timeout", Long.toString(server.timeout().toMillis()),
                "strict", server.checked() ? "yes" : "no",
                "poll", Long.toString(source.schedule().poll().toMillis())));
        parameters.put("clock", source.schedule().cron() == null ? "none" : "#" + source.name() + "-clock");
        putIfSet(parameters, "knownHostsFile", server.knownHosts());
        putIfSet(parameters, "privateKeyFile", server.keyFile());
        putIfSet(parameters, "doneFile", DoneFile.asCamelWritesIt(source.drop().doneFile()));
        return parameters;
    }

    private static void putIfSet(Map<String, Object> parameters, String name, Object value) {
        if (value != null) {
            parameters.put(name, value.toString());
        }
    }

    private static String authentications(SftpSource.Server server) {
        if (server.password() == null) {
            return "publickey";
        }
        return server.keyFile() == null ? "password,keyboard-interactive" : "publickey,password,keyboard-interactive";
    }

    private static SpringScheduledPollConsumerScheduler clock(SftpSource source) {
        SpringScheduledPollConsumerScheduler clock = new SpringScheduledPollConsumerScheduler();
        clock.setCron(source.schedule().cron());
        clock.setTimeZone(TimeZone.getTimeZone(source.drop().zone()));
        return clock;
    }
}
