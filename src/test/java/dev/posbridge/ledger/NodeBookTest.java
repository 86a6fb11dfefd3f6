package dev.posbridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.posbridge.ledger.HealthBook.State;
import dev.posbridge.ledger.store.LedgerAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nodes that share a ledger know of each other, and what one of them does at a time. */
class NodeBookTest {
    private LedgerDatabase one;
    private LedgerDatabase two;
    private TurnBook ofOne;
    private TurnBook ofTwo;

    @BeforeEach
    void open(@TempDir Path folder) {
        LedgerAddress ledger = TestLedgers.onPostgres(folder.resolve("ledger.db"));
        one = LedgerDatabase.open(ledger);
        two = LedgerDatabase.open(ledger);
        ofOne = new TurnBook(one);
        ofTwo = new TurnBook(two);
    }

    @AfterEach
    void close() {
        ofOne.close();
        ofTwo.close();
        one.close();
        two.close();
    }

    @Test
    void givesATurnToOneNodeUntilThatGivesItBack() {
        assertThat(ofOne.take("sftp acme")).isTrue();
        assertThat(ofOne.take("sftp acme")).isTrue();
        assertThat(ofTwo.take("sftp acme")).isFalse();
        assertThat(ofTwo.take("sftp other")).isTrue();

        ofOne.end("sftp acme");
        assertThat(ofTwo.take("sftp acme")).isFalse();
        ofOne.end("sftp acme");
        assertThat(ofOne.has("sftp acme")).isFalse();
        assertThat(ofTwo.take("sftp acme")).isTrue();
        assertThat(ofTwo.has("sftp acme")).isTrue();
    }

    @Test
    void keepsATurnForAsLongAsItsNodeIsThereAndNoLonger() {
        assertThat(ofOne.take("intake acme")).isTrue();
        // Cut off: whoever renews it does not get through any more, and knows it himself in time.
        one.close();
        await().atMost(Duration.ofSeconds(10)).until(() -> ofTwo.take("intake acme"));
        assertThat(ofOne.has("intake acme")).isFalse();
    }

    /** What is seen of a database by a machine whose clock is five minutes behind, or ahead. */
    @ParameterizedTest
    @ValueSource(ints = {300, -300})
    void goesByTheDatabasesClockWhereItsOwnIsFiveMinutesOff(int seconds, @TempDir Path folder) {
        LedgerAddress ledger = TestLedgers.onPostgres(folder.resolve("off.db"));
        TestLedgers.shiftClock(ledger, seconds);
        try (LedgerDatabase off = LedgerDatabase.open(ledger)) {
            LedgerAccount.claim(off, "chain", "test", "GBP");
            assertThat(LedgerClock.millis() - System.currentTimeMillis())
                    .isBetween(seconds * 1000L - 2000, seconds * 1000L + 2000);
            LedgerFixture shop = LedgerFixture.on(off);
            shop.give("night.csv", LedgerFixture.sale("R-1", "ann", "10.00"));
            LaneBook lanes = shop.lanes();
            assertThat(lanes.due()).hasSize(1);

            long theirs = System.currentTimeMillis() + seconds * 1000L;
            off.update(handle -> handle.execute("update record set due_at = ?", theirs + 120_000));
            assertThat(lanes.due()).as("another node put it off by two minutes").isEmpty();
            off.update(handle -> handle.execute("update record set due_at = ?", theirs - 3_000));
            assertThat(lanes.due()).hasSize(1);

            HealthBook health = new HealthBook(off);
            assertThat(new NodeBook(off, Path.of("/srv/c"), "1.0").say("sends", health))
                    .isTrue();
            assertThat(health.reported()).singleElement().satisfies(concern -> assertThat(concern.message())
                    .matches("This machine's clock is (299|300) s " + (seconds > 0 ? "behind" : "ahead of")
                            + " the database's. What is due goes by the database's; set it right for the times"
                            + " in reports."));
        }
        // The clock is one for the process.
        LedgerDatabase.open(LedgerAddress.ofFile(folder.resolve("file.db"))).close();
        assertThat(LedgerClock.millis() - System.currentTimeMillis()).isBetween(-1000L, 1000L);
    }

    @Test
    void knowsWhoIsThereAndHowTheyAre() {
        HealthBook health = new HealthBook(one);
        health.report("disk", State.RED, "full");
        // Dead letters are the ledger's, whoever counts them.
        health.reportCommon("dead letters", State.YELLOW, "2 wait");
        NodeBook here = new NodeBook(one, Path.of("/srv/a"), "1.0");
        NodeBook there = new NodeBook(two, Path.of("/srv/b"), "1.1");
        assertThat(here.say("takes in", health)).isTrue();
        assertThat(here.say("takes in", health)).isFalse();
        HealthBook sender = new HealthBook(two);
        sender.reportCommon("dead letters", State.YELLOW, "2 wait");
        assertThat(there.say("sends", sender)).isTrue();

        List<NodeBook.Node> all = NodeBook.all(two);
        assertThat(all).extracting(NodeBook.Node::role).containsExactlyInAnyOrder("takes in", "sends");
        assertThat(all).extracting(NodeBook.Node::problems).containsExactlyInAnyOrder("disk", "");
        assertThat(all).extracting(NodeBook.Node::state).containsExactlyInAnyOrder(State.RED, State.GREEN);
        assertThat(all).noneMatch(NodeBook.Node::isSilent).noneMatch(NodeBook.Node::isClockOff);
        assertThat(there.concerns(all)).singleElement().satisfies(concern -> {
            assertThat(concern.name()).endsWith(":/srv/a");
            assertThat(concern.state()).isEqualTo(State.RED);
            assertThat(concern.message()).isEqualTo(NodeBook.self() + ": disk. See \"posbridge status\" there.");
        });

        one.update(handle -> handle.execute(
                "update node set seen = clock_timestamp() - interval '20 seconds' where id like '%/srv/a'"));
        assertThat(there.concerns(NodeBook.all(two))).singleElement().satisfies(concern -> {
            assertThat(concern.state()).isEqualTo(State.YELLOW);
            assertThat(concern.message()).startsWith("nothing was heard of " + NodeBook.self() + " since ");
        });
        one.update(handle -> handle.execute(
                "update node set seen = clock_timestamp(), ahead = -300000, state = 0 where id like '%/srv/a'"));
        assertThat(there.concerns(NodeBook.all(two))).singleElement().satisfies(concern -> assertThat(concern.message())
                .isEqualTo(NodeBook.self() + ": its clock is 300 s behind the database's. Set it right."));
        one.update(handle -> handle.execute(
                "update node set id = 'another:/srv/b', name = 'another, process 7' where id like '%/srv/b'"));
        assertThat(NodeBook.whoseIs(two, Path.of("/srv/b/held/acme/1/night.csv")))
                .contains("another, process 7");
        assertThat(NodeBook.whoseIs(two, Path.of("/srv/a/held/acme/1/night.csv")))
                .isEmpty();
        here.leave();
        assertThat(NodeBook.all(two)).hasSize(1);
    }
}
