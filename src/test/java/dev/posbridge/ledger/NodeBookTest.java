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

    @Test
    void knowsWhoIsThereAndHowTheyAre() {
        HealthBook health = new HealthBook(one);
        health.report("disk", State.RED, "full");
        NodeBook here = new NodeBook(one, Path.of("/srv/a"), "1.0");
        NodeBook there = new NodeBook(two, Path.of("/srv/b"), "1.1");
        assertThat(here.say("takes in", health)).isTrue();
        assertThat(here.say("takes in", health)).isFalse();
        assertThat(there.say("sends", new HealthBook(two))).isTrue();

        List<NodeBook.Node> all = NodeBook.all(two);
        assertThat(all).extracting(NodeBook.Node::role).containsExactlyInAnyOrder("takes in", "sends");
        assertThat(all).noneMatch(NodeBook.Node::isSilent).noneMatch(NodeBook.Node::isClockOff);
        assertThat(there.concerns(all)).singleElement().satisfies(concern -> {
            assertThat(concern.name()).endsWith(":/srv/a");
            assertThat(concern.state()).isEqualTo(State.RED);
            assertThat(concern.message()).isEqualTo(NodeBook.self() + ": disk. See posbridge status there.");
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
        here.leave();
        assertThat(NodeBook.all(two)).hasSize(1);
    }
}
