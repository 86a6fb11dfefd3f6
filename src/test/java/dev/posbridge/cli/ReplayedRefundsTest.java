package dev.posbridge.cli;

import static dev.posbridge.cli.Shop.MATCHED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.posbridge.cli.Shop.Run;
import dev.posbridge.operations.document.Json;
import dev.posbridge.sandbox.Fault;
import dev.posbridge.sandbox.SandboxRefund;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Refunds that find their sale by product are matched again when they are replayed, and never more than was bought. */
class ReplayedRefundsTest {
    private static final String SALE = "S,1,2026-01-30 12:00,07700900001,20.00,,A,2,10.00";
    private static final String LATER_SALE = "S,2,2026-01-30 13:00,07700900001,5.00,,B,1,5.00";
    private static final String RETURN_OF_ONE = "R,90,2026-01-31 12:00,07700900001,10.00,,A,1,10.00";
    private static final String RETURN_OF_TWO = "R,91,2026-01-31 12:10,07700900001,20.00,,A,2,10.00";

    @TempDir
    private Path home;

    private Shop shop;

    @BeforeEach
    void open() {
        shop = Shop.in(home, MATCHED);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void findsTheSaleThatCameLater() {
        shop.ingest("b.csv", RETURN_OF_ONE, RETURN_OF_TWO);
        shop.ingest("a.csv", SALE);

        Run replay = shop.run("dead-letters", "replay", "--reason", "original-not-found");

        assertThat(replay.out()).startsWith("Replayed 2 dead letters: 1 dead again, 1 due.\n");
        assertThat(shop.sandbox().book().refunds())
                .extracting(SandboxRefund::refundId, SandboxRefund::orderId, SandboxRefund::amount)
                .containsExactly(tuple("shop-90", "shop-1", new BigDecimal("10.00")));
        assertThat(shop.run("dead-letters", "replay", "--every").out())
                .as("one is left, two are asked for")
                .startsWith("Replayed 1 dead letter: 1 dead again.\n");
        assertThat(report().path("outcomes").path("delivered").asLong()).isEqualTo(2);
        assertThat(report().path("outcomes").path("dead").asLong()).isEqualTo(1);
        assertThat(report().path("matchedByProduct").asLong()).isEqualTo(1);
    }

    @Test
    void aRefusedMatchTakesItsProductsAgain() {
        shop.ingest("a.csv", SALE);
        shop.sandbox()
                .faults()
                .add(Fault.of(Fault.Kind.ERROR).withPath("transactions/refund").withError(422, 3003));
        shop.ingest("b.csv", RETURN_OF_TWO);
        assertThat(shop.sandbox().book().refunds()).isEmpty();
        shop.sandbox().faults().clear();

        assertThat(shop.run("dead-letters", "replay", "--every").exit()).isZero();

        assertThat(shop.sandbox().book().refunds())
                .extracting(SandboxRefund::refundId, SandboxRefund::amount)
                .containsExactly(tuple("shop-91", new BigDecimal("20.00")));
    }

    @Test
    void aPartOfACreditNoteIsReplayedAloneAndTheWholeNeverAgain() {
        shop.ingest("a.csv", SALE);
        String note =
                "R,92,2026-01-31 12:20,07700900001,15.00,,A,1,10.00\nR,92,2026-01-31 12:20,07700900001,15.00,,B,1,5.00";
        shop.ingest("b.csv", note);
        assertThat(shop.sandbox().book().refunds())
                .extracting(SandboxRefund::refundId)
                .containsExactly("shop-92");
        shop.ingest("c.csv", LATER_SALE);

        Path sheet = shop.write(
                "sheet.csv",
                "dead-letter-id,reason," + Shop.HEADER + "1,x,R,92,2026-01-31 12:20,07700900001,5.00,,B,1,5.00\n");
        assertThat(shop.run("dead-letters", "replay", "--from", sheet.toString())
                        .err())
                .isEqualTo(
                        "Dead letter 1 is part of credit note \"92.2\" whose other parts were sent; its rows are those "
                                + "of the whole, which would be given back twice. Remove its rows, and replay it by its id.\n");
        Run replay = shop.run("dead-letters", "replay", "1");

        assertThat(replay.exit()).isZero();
        assertThat(shop.sandbox().book().refunds())
                .extracting(SandboxRefund::refundId, SandboxRefund::orderId, SandboxRefund::amount)
                .containsExactly(
                        tuple("shop-92", "shop-1", new BigDecimal("10.00")),
                        tuple("shop-92.2", "shop-2", new BigDecimal("5.00")));
        assertThat(shop.ingest("again.csv", note, "S,3,2026-01-31 12:30,07700900001,1.00,,A,1,1.00")
                        .exit())
                .as("the same note once more is a duplicate")
                .isZero();
        assertThat(shop.sandbox().book().refunds()).hasSize(2);
    }

    @Test
    void aReplayedSaleKeepsWhatWasGivenBackOfIt() {
        shop.sandbox()
                .faults()
                .add(Fault.of(Fault.Kind.ERROR).withPath("orders").withError(422, 3003));
        shop.ingest("a.csv", SALE, RETURN_OF_TWO);
        shop.sandbox().faults().clear();
        assertThat(shop.sandbox().book().totals().orders()).isZero();

        shop.run("dead-letters", "replay", "--every");
        assertThat(shop.sandbox().book().totals().orders()).isEqualTo(1);
        shop.ingest("b.csv", RETURN_OF_ONE);

        assertThat(shop.sandbox().book().refunds())
                .as("two were bought and two are back")
                .extracting(SandboxRefund::refundId)
                .containsExactly("shop-91");
    }

    private JsonNode report() {
        return Json.tree(shop.look("report", "--json").out());
    }
}
