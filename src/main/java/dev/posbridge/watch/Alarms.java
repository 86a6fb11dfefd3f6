package dev.posbridge.watch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posbridge.LedgerUnavailableException;
import dev.posbridge.gameball.Masking;
import dev.posbridge.ledger.AlarmBook;
import dev.posbridge.ledger.AlarmBook.Alarm;
import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.HealthBook.Concern;
import dev.posbridge.ledger.HealthBook.State;
import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.settings.Operations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people what is wrong: once a cause, again after a while, and when it is over. What was told is in the ledger, so that a
 * restart begins nothing anew; where nobody could be told it is tried again. The log is told in any case. Used by one
 * thread.
 */
final class Alarms {
    private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);

    /** About whether alarms arrive there can be no alarm. */
    private static final String OWN = "alarms";

    /** What waits as it was told to concerns nobody. */
    private static final Set<String> QUIET_IN_YELLOW = Set.of("delivery", OWN);

    private static final Duration FIRST_SAY_OF_SOURCE = Duration.ofHours(25);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(15);
    private static final int MOST_DOUBLINGS = 5;
    private static final int LONGEST_TEXT = 600;

    /** After a start those who report have their say before silence means that all is well; sources look rarely. */
    private final Duration firstSay = Duration.ofMillis(Long.getLong("engine.watch.first-say", 120_000));

    private final LedgerAccount account;
    private final Operations.Alarms settings;
    private final AlarmBook book;
    private final HealthBook health;
    private final Messenger messenger;
    private final InstantSource clock;
    private final Instant began;
    private final Map<String, Alarm> raised = new TreeMap<>();
    private final Set<String> unwritten = new HashSet<>();
    private final Set<String> heard = new HashSet<>();
    private Instant notBefore = Instant.MIN;
    private int failures;

    /** What is told of an alarm. */
    private enum Event {
        RAISED,
        REMINDER,
        CLEARED;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    Alarms(
            LedgerAccount account,
            Operations.Alarms settings,
            AlarmBook book,
            HealthBook health,
            Messenger messenger,
            InstantSource clock) {
        this.account = account;
        this.settings = settings;
        this.book = book;
        this.health = health;
        this.messenger = messenger;
        this.clock = clock;
        this.began = clock.instant();
        book.all().forEach(alarm -> raised.put(alarm.concern(), alarm));
    }

    /** To be called every moment. */
    void look() throws InterruptedException {
        Instant now = clock.instant();
        List<Concern> concerns = health.reported();
        concerns.forEach(concern -> heard.add(concern.name()));
        write();
        if (now.isBefore(notBefore)) {
            return;
        }
        Map<String, Concern> byName = concerns.stream().collect(Collectors.toMap(Concern::name, Function.identity()));
        for (Alarm alarm : List.copyOf(raised.values())) {
            Concern concern = byName.get(alarm.concern());
            if (isOver(alarm, concern, now)) {
                clear(alarm, now);
            } else if (concern != null && !now.isBefore(alarm.toldAt().plus(settings.reminder()))) {
                raise(Event.REMINDER, concern, alarm, now);
            }
        }
        for (Concern concern : concerns) {
            if (isAlarming(concern)
                    && !raised.containsKey(concern.name())
                    && !now.isBefore(concern.since().plus(settings.after()))) {
                String cause = concern.name() + " " + now.toEpochMilli();
                raise(
                        Event.RAISED,
                        concern,
                        new Alarm(concern.name(), cause, concern.state(), concern.since(), now),
                        now);
            }
        }
    }

    private static boolean isAlarming(Concern concern) {
        return switch (concern.state()) {
            case GREEN -> false;
            case YELLOW -> !QUIET_IN_YELLOW.contains(concern.name());
            case RED -> !OWN.equals(concern.name());
        };
    }

    /** Of a concern that nobody reports any more it is believed that it is none, once whoever might has had the time. */
    private boolean isOver(Alarm alarm, Concern concern, Instant now) {
        if (concern != null && isAlarming(concern)) {
            return false;
        }
        if (concern != null) {
            // What was told before this process began is not over because nothing was tried yet.
            return alarm.toldAt().isAfter(began) || now.isAfter(began.plus(firstSay));
        }
        boolean ofSource = alarm.concern().matches("(sftp|files of|report to|queue) .*");
        Duration patience = ofSource ? FIRST_SAY_OF_SOURCE : firstSay;
        return heard.contains(alarm.concern()) || now.isAfter(began.plus(patience));
    }

    private void raise(Event event, Concern concern, Alarm alarm, Instant now) throws InterruptedException {
        String text = text(concern.message());
        if (tell(event, alarm.cause(), concern.name(), concern.state(), alarm.since(), text, now)) {
            raised.put(concern.name(), new Alarm(concern.name(), alarm.cause(), concern.state(), alarm.since(), now));
            unwritten.add(concern.name());
            LOG.warn(
                    "alarm {}: {} is {}: {}",
                    event.word(),
                    concern.name(),
                    concern.state().word(),
                    text);
            write();
        }
    }

    private void clear(Alarm alarm, Instant now) throws InterruptedException {
        if (tell(Event.CLEARED, alarm.cause(), alarm.concern(), State.GREEN, alarm.since(), "", now)) {
            raised.remove(alarm.concern());
            unwritten.add(alarm.concern());
            LOG.info("alarm cleared: {} is well again", alarm.concern());
            write();
        }
    }

    /** A ledger that takes nothing just now takes it later; meanwhile we remember it. */
    private void write() {
        try {
            for (String concern : List.copyOf(unwritten)) {
                Alarm alarm = raised.get(concern);
                if (alarm == null) {
                    book.cleared(concern);
                } else {
                    book.told(alarm);
                }
                unwritten.remove(concern);
            }
        } catch (LedgerUnavailableException later) {
            LOG.debug("alarms are not written yet", later);
        }
    }

    /** @return whether it counts as told */
    private boolean tell(
            Event event, String cause, String concern, State state, Instant since, String found, Instant now)
            throws InterruptedException {
        List<String> problems = messenger.tell(message(event, cause, concern, state, since, found, now));
        if (problems.isEmpty()) {
            failures = 0;
            health.forget(OWN);
            return true;
        }
        health.report(
                OWN,
                State.YELLOW,
                "Alarms do not arrive: " + String.join("; ", problems)
                        + ". Correct posbridge.alarms.webhook or posbridge.alarms.command; it is tried again.");
        if (problems.size() < messenger.receivers()) {
            return true;
        }
        notBefore = now.plus(FIRST_PAUSE.multipliedBy(1L << Math.min(MOST_DOUBLINGS, failures)));
        failures++;
        return false;
    }

    private ObjectNode message(
            Event event, String cause, String concern, State state, Instant since, String found, Instant now) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("schemaVersion", 1);
        root.put("event", event.word());
        root.put("cause", cause);
        root.put("concern", concern);
        root.put("state", state.word());
        root.put("message", found);
        root.put("since", since.toString());
        root.put("at", now.toString());
        root.put("account", account.name());
        root.put("environment", account.environment());
        root.put("runbook", Runbook.page(concern));
        // What chat programs show.
        root.put(
                "text",
                "Posbridge " + account.name() + " (" + account.environment() + "): " + concern
                        + (event == Event.CLEARED
                                ? " is well again, after it was not since " + since + "."
                                : " is " + state.word() + " since " + since + ": " + found));
        return root;
    }

    private static String text(String message) {
        String masked = Masking.mask(message);
        return masked.length() > LONGEST_TEXT ? masked.substring(0, LONGEST_TEXT) + "..." : masked;
    }
}
