package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posbridge.cli.Cli.Seen;
import dev.posbridge.engine.DataFolder;
import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.LedgerMove;
import dev.posbridge.ledger.TestLedgers;
import dev.posbridge.ledger.store.LedgerAddress;
import dev.posbridge.sandbox.Sandbox;
import dev.posbridge.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A ledger goes from its file to a PostgreSQL server, whatever happens on the way, and is used there as if nothing had been. */
@DisabledIfSystemProperty(
        named = "posbridge.test.ledger",
        matches = "postgresql",
        disabledReason = "begins with a file")
class LedgerMoveTest {
    private static final int SALES = 300;

    @TempDir
    private Path folder;

    private Sandbox sandbox;
    private Posbridges posbridges;
    private Path data;
    private LedgerAddress target;

    @BeforeEach
    void takeInADay() throws IOException {
        sandbox = Sandbox.start(SandboxSettings.defaults().withQuotas(SandboxSettings.QuotaRule.OFF));
        posbridges = new Posbridges(folder);
        data = folder.resolve("data");
        target = TestLedgers.onPostgres(folder.resolve("target.db"));
        assertThat(run("ingest", "--vendor", "generic-csv", file("one.csv", "A").toString())
                        .exit())
                .isZero();
        assertThat(run(
                                "ingest",
                                "--wait",
                                "stored",
                                "--vendor",
                                "generic-csv",
                                file("two.csv", "B").toString())
                        .exit())
                .isZero();
        assertThat(run("pause", "--store", "7", "--reason", "stocktaking \\ \"7\"\ttoday")
                        .exit())
                .isZero();
    }

    @AfterEach
    void close() {
        posbridges.close();
        sandbox.close();
    }

    @Test
    void carriesPointsThatGameballTold() throws IOException {
        Path one = Files.writeString(
                folder.resolve("three.csv"),
                "kind,id,occurred_at,customer_id,total\nsale,C1,2026-01-31 12:00:00,c1,10.00\n");
        Seen taken =
                run("ingest", "--set", "posbridge.delivery.mode=single", "--vendor", "generic-csv", one.toString());
        assertThat(taken.out()).as(taken.err()).contains("Points: 10 earned");

        Seen moved = Cli.run(move(target));

        assertThat(moved.exit()).as(moved.err()).isZero();
        assertThat(onServer("report", "--file", "three.csv").out()).contains("Points: 10 earned");
    }

    @Test
    void goesOnFromTheServerAsIfNothingHadBeen() throws Exception {
        // Killed in the middle, twice: each time it goes on where it was.
        for (String moment : List.of("AFTER_CARRYING", "AFTER_CARRYING:9")) {
            assertThat(posbridges
                            .startWith(List.of("-Dposbridge.failpoint=" + moment), move(target))
                            .exit())
                    .isEqualTo(86);
            assertThat(run("status").err())
                    .isEqualTo(data.resolve("ledger.db") + ": found a ledger that was moved to " + target
                            + ", or is on its way there, expected one that is used. Set posbridge.ledger.url = "
                            + target
                            + "; if the move was interrupted, run it again: posbridge --data-dir " + data
                            + " ledger move --to " + target
                            + "\n");
            assertThat(onServer("status").err())
                    .isEqualTo(target + ": found a ledger that is being moved here from " + data.resolve("ledger.db")
                            + ", expected a whole one. Finish it on that machine: posbridge --data-dir " + data
                            + " ledger move --to " + target + " --user " + target.user()
                            + ". If it was given up, make a new database.\n");
        }
        Seen moved = Cli.run(move(target));

        assertThat(moved.err()).isEqualTo("Carried, comparing both sides\n");
        assertThat(moved.out())
                .startsWith("The ledger of account sandbox is in " + target + " now: ")
                .contains(
                        """
                         tables, each the same as in %s.

                                         records       GBP sales         refunds
                          delivered          300          300.00               0
                          pending            300          300.00               0

                        From now on, in the settings of every node, and the password as here:
                          posbridge.ledger.url = %s
                          posbridge.ledger.user = %s
                        Nothing is sent from %s any more; keep it as a backup of today, and %s as it is.
                        """
                                .formatted(
                                        data.resolve("ledger.db"),
                                        target.url(),
                                        target.user(),
                                        data.resolve("ledger.db"),
                                        data));
        assertThat(moved.exit()).isZero();

        assertThat(Cli.run(move(target)).out())
                .startsWith("The ledger of account sandbox was moved from " + data.resolve("ledger.db") + " to "
                        + target + " already.\n");
        assertThat(run("ingest", "--vendor", "generic-csv", file("two.csv", "B").toString())
                        .exit())
                .isEqualTo(2);
        assertThat(onServer("status").out()).contains("stocktaking \\ \"7\"\ttoday");
        assertThat(onServer("resume", "--store", "7").exit()).isZero();
        assertThat(onServer("status", "--verify").out()).startsWith("The ledger agrees with itself");
        // What waited goes from there; what was delivered is known; the next file gets ids that were never used.
        Seen went = onServer(
                "ingest",
                "--vendor",
                "generic-csv",
                file("one.csv", "A").toString(),
                file("three.csv", "C").toString());
        assertThat(went.exit()).as(went.out() + went.err()).isZero();
        assertThat(sandbox.book().totals().orders()).isEqualTo(3 * SALES);
        assertThat(sandbox.book().totals().repeatedOrders()).isZero();
    }

    /** What the file knows would be sent again from a server that begins with nothing, and what waits in it never. */
    @Test
    void isNotForgottenWhereTheSettingsNameAServer() {
        Seen begun = onServer(
                "ingest", "--vendor", "generic-csv", folder.resolve("one.csv").toString());

        assertThat(begun.err())
                .isEqualTo(data.resolve("ledger.db") + ": found a ledger that is in use, expected none beside " + target
                        + ": what it knows would be sent again. Move it: posbridge --data-dir " + data
                        + " ledger move --to " + target + " --user " + target.user()
                        + "; or put it away, where all of it is to be forgotten\n");
        assertThat(begun.exit()).isEqualTo(2);
        assertThat(Cli.run(move(target)).exit()).isZero();
        assertThat(onServer(
                                "ingest",
                                "--vendor",
                                "generic-csv",
                                folder.resolve("one.csv").toString())
                        .out())
                .containsPattern("duplicate +" + SALES + " ");
    }

    @Test
    void refusesWhatIsInUseAndWhatHoldsAnother() throws Exception {
        try (DataFolder held = DataFolder.tryTake(data, DataFolder.SERVICE).orElseThrow()) {
            Seen inUse = Cli.run(move(target));
            assertThat(inUse.exit()).isEqualTo(6);
            assertThat(inUse.err()).startsWith(data + ": is in use by \"posbridge run, process ");
            assertThat(held).isNotNull();
        }
        LedgerAddress other = TestLedgers.onPostgres(folder.resolve("other.db"));
        try (var used = LedgerDatabase.open(other)) {
            LedgerAccount.claim(used, "chain", "live", "GBP");
        }
        Seen another = Cli.run(move(other));
        assertThat(another.exit()).isEqualTo(2);
        assertThat(another.err())
                .isEqualTo(other
                        + ": found the ledger of account \"chain\", expected an empty database. Make a new one, and"
                        + " name it with --to.\n");
        assertThat(run("status").exit()).isZero();
        assertThat(Cli.run("ledger", "move", "--to", "jdbc:mysql://db/x", "--data-dir", data.toString())
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void isGivenUpUntilItHasEndedAndFindsARowThatCameOverWrong() throws Exception {
        assertThatThrownBy(() -> new LedgerMove(data.resolve("ledger.db"), target).run(new UntilItHasFiles()))
                .hasMessage("enough");
        LedgerAddress other = TestLedgers.onPostgres(folder.resolve("other.db"));
        assertThat(Cli.run(move(other)).err())
                .isEqualTo(data.resolve("ledger.db") + ": its move to " + target + " was begun, found --to " + other
                        + ". Finish it: posbridge --data-dir " + data + " ledger move --to " + target
                        + "; or give it up first: posbridge --data-dir " + data + " ledger move --to " + target
                        + " --abandon\n");
        Jdbi.create(target.url(), target.user(), "")
                .useHandle(handle -> handle.execute("update file set rows_read = rows_read + 1"));
        Seen wrong = Cli.run(move(target));
        assertThat(wrong.err())
                .endsWith(target + ": table file: found 2 rows that differ from the 2 of "
                        + data.resolve("ledger.db") + ". Give this move up (posbridge --data-dir " + data
                        + " ledger move --to " + target
                        + " --user " + target.user() + " --abandon), make a new database, and move again.\n");

        Seen givenUp = Cli.run(move(target, "--abandon"));
        assertThat(givenUp.err())
                .isEqualTo("Given up: " + data.resolve("ledger.db") + " is used as before. Do not use what is in "
                        + target + ", drop that database.\n");
        assertThat(run("status").exit()).isZero();
        assertThat(Cli.run(move(target)).err())
                .isEqualTo(
                        target + ": found a part of " + data.resolve("ledger.db")
                                + ", whose move was given up, expected an empty database. Make a new one, and name it with --to.\n");
        assertThat(Cli.run(move(target, "--abandon")).err())
                .isEqualTo(data.resolve("ledger.db") + ": no move of it was begun, there is nothing to give up.\n");
        assertThat(Cli.run(move(other)).exit()).isZero();
        assertThat(Cli.run(move(other, "--abandon")).err())
                .isEqualTo(
                        other + ": the move has ended, and nodes may have sent from there since. Go on from there: set"
                                + " posbridge.ledger.url = " + other + "\n");
    }

    @Test
    void leavesAloneWhatAnotherLedgerHasWhereItsMoveWasGoing() {
        assertThatThrownBy(() -> new LedgerMove(data.resolve("ledger.db"), target).run(new UntilItHasFiles()))
                .hasMessage("enough");
        TestLedgers.emptyOnPostgres(folder.resolve("target.db"));
        try (var used = LedgerDatabase.open(target)) {
            LedgerAccount.claim(used, "chain", "live", "GBP");
        }

        assertThat(Cli.run(move(target, "--abandon")).err())
                .isEqualTo("Given up: " + data.resolve("ledger.db") + " is used as before. There is nothing of it in "
                        + target + ".\n");
        assertThat(run("status").exit()).isZero();
        try (var used = LedgerDatabase.openExisting(target)) {
            assertThat(LedgerAccount.of(used))
                    .get()
                    .extracting(LedgerAccount::name)
                    .isEqualTo("chain");
        }
    }

    /** Ends in the middle. */
    private final class UntilItHasFiles implements LedgerMove.Progress {
        @Override
        public void begins(long rows) {
            assertThat(rows).isGreaterThan(2);
        }

        @Override
        public LongConsumer carried() {
            return rows -> {
                long files = Jdbi.create(target.url(), target.user(), "")
                        .withHandle(handle -> handle.select("select count(*) from file")
                                .mapTo(Long.class)
                                .one());
                if (files > 0) {
                    throw new IllegalStateException("enough");
                }
            };
        }

        @Override
        public void compares() {
            throw new IllegalStateException("it did not end");
        }
    }

    private String[] move(LedgerAddress to, String... more) {
        return Stream.concat(
                        Stream.of(
                                Cli.with(data, sandbox.uri(), "ledger", "move", "--to", to.url(), "--user", to.user())),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    private Seen run(String... arguments) {
        return Cli.run(Cli.with(data, sandbox.uri(), arguments));
    }

    private Seen onServer(String... arguments) {
        return Cli.run(Stream.concat(
                        Stream.of(Cli.with(data, sandbox.uri(), arguments)),
                        Stream.of(
                                "--set",
                                "posbridge.ledger.url=" + target.url(),
                                "--set",
                                "posbridge.ledger.user=" + target.user()))
                .toArray(String[]::new));
    }

    private Path file(String name, String prefix) throws IOException {
        String rows = IntStream.range(0, SALES)
                .mapToObj(n -> "sale," + prefix + n + ",2026-01-31 12:00:00,c" + n % 90 + ",1.00\n")
                .collect(Collectors.joining("", "kind,id,occurred_at,customer_id,total\n", ""));
        return Files.writeString(folder.resolve(name), rows);
    }
}
