package dev.posbridge.operations;

import dev.posbridge.ShellWord;
import dev.posbridge.engine.DataFolder;
import dev.posbridge.ledger.AlarmBook;
import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.HoldBook;
import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.NodeBook;
import dev.posbridge.ledger.Requests;
import dev.posbridge.ledger.RestoreGuard;
import dev.posbridge.ledger.StatusBook;
import dev.posbridge.ledger.Tally;
import dev.posbridge.settings.OpeningHours;
import dev.posbridge.settings.Settings;
import dev.posbridge.vendor.Profiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is due, under way and to be looked at, and why it stands still where it does.
 *
 * @param holder who holds the data folder, or null
 * @param quotas how much of them was used of late; empty where none are kept
 * @param forecast how long delivery takes; null where nobody knows
 * @param health what the running service says of itself; empty where nothing runs
 * @param alarms that nobody has called off
 * @param reading files that are not read to their end
 * @param left files in the inbox, and why
 * @param dead open dead letters
 * @param held files that a person has to look at
 * @param nodes that share the ledger; none where it is a file
 * @param outOfHours that delivery is closed now and when it opens, as a sentence; null while it is open
 */
public record StatusNow(
        LedgerAccount account,
        Path data,
        String holder,
        StatusBook.Status status,
        List<QuotaUse> quotas,
        Duration forecast,
        List<HealthBook.Concern> health,
        List<AlarmBook.Alarm> alarms,
        String outOfHours,
        List<DeadLetters.Group> dead,
        List<HoldBook.Held> held,
        List<ReadingNow> reading,
        List<LeftInInbox> left,
        List<NodeBook.Node> nodes) {

    /** As it is now; only looks. */
    public static StatusNow of(LedgerDatabase database, LedgerAccount account, Settings settings, Profiles profiles) {
        StatusBook book = new StatusBook(database);
        StatusBook.Status status = book.now();
        Optional<String> holder = DataFolder.holder(settings.folders().data());
        Instant now = Instant.now();
        List<ReadingNow> reading = book.reading().stream()
                .map(file -> ReadingNow.of(file, isRead(database, settings, file.path(), holder), now))
                .toList();
        List<NodeBook.Node> nodes = NodeBook.all(database);
        boolean reported = holder.isPresent() || nodes.stream().anyMatch(node -> !node.isSilent());
        List<HealthBook.Concern> health = reported ? new HealthBook(database).kept() : List.of();
        return new StatusNow(
                account,
                settings.folders().data(),
                holder.orElse(null),
                status,
                QuotaUse.of(status.callsOfWindow(), settings),
                Forecast.of(status, settings),
                health,
                new AlarmBook(database).all(),
                RestoreGuard.restored(database)
                        .map(why -> RestoreGuard.sentence(why) + '.')
                        .orElseGet(() -> outOfHours(settings.delivery().hours())),
                new DeadLetters(database).summary(),
                new HoldBook(database).held(),
                reading,
                left(settings, profiles, reading, holder, health),
                nodes);
    }

    /** That delivery is closed now and when it opens, as a sentence; null where it is open. */
    public static String outOfHours(OpeningHours hours) {
        Instant now = Instant.now();
        return hours.areOpen(now)
                ? null
                : "Delivery is outside of its hours, it "
                        + hours.nextOpeningInWords(now)
                                .map(opening -> "opens at " + opening)
                                .orElse("does not open within a year")
                        + ".";
    }

    /** A service reads what lies where it looks, and what it was asked for; a command reads its own files. */
    private static boolean isRead(LedgerDatabase database, Settings settings, Path file, Optional<String> holder) {
        return holder.isPresent()
                && (!DataFolder.isService(holder)
                        || file.startsWith(settings.folders().inbox())
                        || file.startsWith(settings.folders().data())
                        || new Requests(database, settings.folders().data())
                                .next()
                                .filter(request -> request.files().contains(file))
                                .isPresent());
    }

    private static List<LeftInInbox> left(
            Settings settings,
            Profiles profiles,
            List<ReadingNow> reading,
            Optional<String> holder,
            List<HealthBook.Concern> health) {
        Set<Path> read = reading.stream().map(file -> file.file().path()).collect(Collectors.toSet());
        return LeftInInbox.in(
                settings, profiles, read, DataFolder.isService(holder), vendor -> stopped(health, vendor));
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

    public Tally deadMoney() {
        return dead.stream().map(DeadLetters.Group::tally).reduce(Tally.NONE, Tally::plus);
    }

    public long deadWithoutTotal() {
        return dead.stream().mapToLong(DeadLetters.Group::withoutTotal).sum();
    }

    /** How long it takes to read what is being read; null where nobody knows. Delivery begins after a file's end. */
    public Duration readingLeft() {
        return reading.stream()
                .map(ReadingNow::left)
                .filter(java.util.Objects::nonNull)
                .reduce(Duration::plus)
                .orElse(null);
    }

    /** What to type where something was interrupted. */
    public List<String> next() {
        List<String> next = new ArrayList<>();
        reading.stream()
                .filter(file -> !file.goesOn())
                .forEach(file -> next.add(
                        file.isThere()
                                ? "Next: posbridge ingest --vendor "
                                        + file.file().vendor() + " "
                                        + ShellWord.of(file.file().path()) + "  (goes on after receipt "
                                        + file.file().receipts()
                                        + "; posbridge run does it too where it lies in the inbox)"
                                : "Next: deliver " + file.file().name()
                                        + " again; nothing of it leaves before it is read to its end"));
        boolean sent =
                nodes.stream().anyMatch(node -> !node.isSilent() && node.role().equals("sends"));
        if (holder == null && !sent && !status.open().isEmpty()) {
            next.add(
                    "Next: posbridge run  (delivers what waits; so does the next posbridge ingest, which ends when all is"
                            + " settled)");
        }
        return next;
    }
}
