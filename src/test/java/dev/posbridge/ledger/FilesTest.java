package dev.posbridge.ledger;

import static dev.posbridge.ledger.LedgerFixture.ids;
import static dev.posbridge.ledger.LedgerFixture.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is trusted whole or not at all, and a crash in its middle costs nothing but time. */
class FilesTest {
    private LedgerFixture ledger;

    @BeforeEach
    void open(@TempDir Path folder) {
        ledger = LedgerFixture.in(folder);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void sendsNothingOfAFileBeforeItIsReleased() {
        LedgerFile file = ledger.stage("1", sale("R1", "ann", "10.00"));
        assertThat(ledger.deliverAll()).isEmpty();
        ledger.files().release(file.id(), 1);
        assertThat(ids(ledger.deliverAll())).containsExactly("acme-R1");
    }

    @Test
    void sendsEverySaleOnceWhenACutFileIsFollowedByTheWholeOne() {
        LedgerFile cut = ledger.stage("cut", sale("R1", "ann", "10.00"), sale("R2", "bob", "5.00"));
        ledger.reject(cut);
        assertThat(ledger.deliverAll()).isEmpty();
        assertThat(ledger.records()).isEmpty();
        ledger.give("whole", sale("R1", "ann", "10.00"), sale("R2", "bob", "5.00"), sale("R3", "cid", "1.00"));

        assertThat(ids(ledger.deliverAll())).containsExactlyInAnyOrder("acme-R1", "acme-R2", "acme-R3");
        assertThat(ledger.outcomes(cut).in().records()).isZero();
        assertThat(ledger.deadLetters()).containsExactly("cut: it ends in the middle");
    }

    @Test
    void givesUpWhatAnInterruptedFileHadStagedWhenAnotherComes() {
        LedgerFile interrupted = ledger.stage("1", sale("R1", "ann", "10.00"));
        ledger.reopen();
        ledger.give("2", sale("R1", "ann", "10.00"), sale("R2", "bob", "5.00"));

        assertThat(ids(ledger.deliverAll())).containsExactlyInAnyOrder("acme-R1", "acme-R2");
        assertThat(ledger.reports())
                .extracting(FileReport::state)
                .containsExactly(FileState.ABANDONED, FileState.RELEASED);
        assertThatThrownBy(() -> ledger.store(interrupted, 1, sale("R9", "ann", "1.00")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("1: is no longer being read; another process or file took its place");
    }

    @Test
    void readsAnAbandonedFileAnewAndCountsWhatCameMeanwhile() {
        ledger.stage("1", sale("R1", "ann", "10.00"), sale("R3", "cid", "2.00"));
        ledger.give("2", sale("R1", "ann", "10.00"));
        LedgerFile again = ledger.give("1", sale("R1", "ann", "10.00"), sale("R3", "cid", "2.00"));

        assertThat(ids(ledger.deliverAll())).containsExactlyInAnyOrder("acme-R1", "acme-R3");
        assertThat(ledger.outcomes(again).of("duplicate").records()).isEqualTo(1);
        assertThat(ledger.outcomes(again).of("delivered").records()).isEqualTo(1);
    }

    @Test
    void passesOverStoredReceiptsWhenAFileIsReadAgainAfterACrash() {
        LedgerFile file = ledger.stage("1", sale("R1", "ann", "10.00"), sale("R2", "bob", "5.00"));
        ledger.reopen();
        LedgerFile again = ledger.begin("renamed", "content of 1", "acme").file();
        assertThat(again.id()).isEqualTo(file.id());
        assertThat(again.receiptsStored()).isEqualTo(2);

        ledger.chunks()
                .store(
                        again,
                        null,
                        List.of(
                                LedgerFixture.chunk(0, sale("R1", "ann", "10.00"), sale("R2", "bob", "5.00")),
                                LedgerFixture.chunk(2, sale("R3", "cid", "1.00"))));
        ledger.files().release(again.id(), 3);

        assertThat(ids(ledger.deliverAll())).containsExactlyInAnyOrder("acme-R1", "acme-R2", "acme-R3");
        assertThat(ledger.outcomes(again).of("duplicate").records()).isZero();
        assertThat(ledger.outcomes(again).of("delivered").records()).isEqualTo(3);
        assertThat(ledger.reports())
                .singleElement()
                .extracting(FileReport::name)
                .isEqualTo("renamed");
    }

    @Test
    void storesNoChunkBehindOneThatIsMissing() {
        LedgerFile file = ledger.stage("1", sale("R1", "ann", "10.00"));

        assertThatThrownBy(() -> ledger.store(file, 2, sale("R3", "cid", "1.00")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("1: receipts 1 to 2 are not stored, so what follows them must wait");
        assertThat(ledger.begin("1", "content of 1", "acme").file().receiptsStored())
                .isEqualTo(1);
    }

    @Test
    void countsProcessesThatDieReadingAFileUntilOneComesFurther() {
        LedgerFile file = ledger.begin("1", "content of 1", "acme").file();
        for (int deaths = 1; deaths < Beginning.MOST_DEATHS; deaths++) {
            ledger.reopen();
            assertThat(ledger.begin("1", "content of 1", "acme").isPoisonous()).isFalse();
        }
        ledger.store(file, 0, sale("R1", "ann", "10.00"));
        for (int deaths = 1; deaths < Beginning.MOST_DEATHS; deaths++) {
            ledger.reopen();
            assertThat(ledger.begin("1", "content of 1", "acme").deaths()).isEqualTo(deaths);
        }
        ledger.reopen();
        assertThat(ledger.begin("1", "content of 1", "acme").isPoisonous()).isTrue();
        ledger.files().survived(file.id());
        assertThat(ledger.begin("1", "content of 1", "acme").isPoisonous()).isFalse();
    }

    @Test
    void countsNoDeathWhereTheSameProcessReadsAgain() {
        FileBook files = ledger.files();
        FileOffer offer = new FileOffer("acme", "acme", "1", "inbox/1", "content", "profile", null, null, false, false);
        for (int failure = 0; failure <= Beginning.MOST_DEATHS; failure++) {
            assertThat(files.begin(offer).deaths()).isZero();
        }
    }

    @Test
    void releasesNoFileWhoseRecordsWereGivenUp() {
        LedgerFile first = ledger.stage("1", sale("R1", "ann", "10.00"));
        ledger.stage("2", sale("R2", "ann", "5.00"));

        assertThatThrownBy(() -> ledger.files().release(first.id(), 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("file " + first.id() + " is no longer being read; another took its place");
        assertThat(ledger.records()).containsExactly("sale R2 pending");
    }

    @Test
    void countsKnownContentUnderAnotherNameAndReadsNothing() {
        ledger.give("1", sale("R1", "ann", "10.00"), sale("R2", "bob", "5.00"), sale("R1", "ann", "10.00"));
        ledger.deliverAll();
        assertThat(ledger.begin("other name", "content of 1", "acme").readable())
                .isFalse();

        FileReport known = ledger.reports().get(1);
        assertThat(known.state()).isEqualTo(FileState.KNOWN);
        assertThat(known.outcomes().of("duplicate").records()).isEqualTo(3);
        assertThat(known.outcomes().in().sales()).isEqualByComparingTo("25.00");
        assertThat(ledger.reports().get(0).outcomes().in().sales()).isEqualByComparingTo("25.00");
        assertThat(ledger.deliverAll()).isEmpty();
    }

    @Test
    void takesARejectedContentAnew() {
        ledger.reject(ledger.stage("1", sale("R1", "ann", "10.00")));
        ledger.give("1", sale("R1", "ann", "10.00"));

        assertThat(ids(ledger.deliverAll())).containsExactly("acme-R1");
    }

    @Test
    void closesTheFilesDeadLetterWhenTheSameContentIsRejectedAgain() {
        ledger.reject(ledger.stage("1", sale("R1", "ann", "10.00")));
        ledger.reject(ledger.stage("1", sale("R1", "ann", "10.00")));

        assertThat(ledger.deadLetters()).hasSize(1);
    }

    @Test
    void closesWhatWasSaidOfARejectedFileOnlyWhenAGoodOneOfItsNameComes() {
        LedgerFile first = ledger.begin("1", "cut off", "acme").file();
        ledger.reject(first);
        LedgerFile second = ledger.begin("1", "cut off elsewhere", "acme").file();
        ledger.reject(second);
        assertThat(ledger.deadLetters()).hasSize(2);

        ledger.give("1", sale("R1", "ann", "10.00"));
        assertThat(ledger.deadLetters()).isEmpty();
    }
}
