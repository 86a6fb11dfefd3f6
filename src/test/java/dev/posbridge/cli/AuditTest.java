package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.posbridge.cli.Shop.Run;
import dev.posbridge.operations.document.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTest {
    private static final String ME = System.getProperty("user.name");

    @TempDir
    private static Path home;

    private static Shop shop;

    @BeforeAll
    static void doThings() {
        shop = Shop.in(home, Shop.NAMED);
        shop.ingest("night.csv", "S,1,2026-01-30 12:00,07700900001,2O.00,,A,2,10.00");
        shop.run("pause", "--reason", "wrong prices", "--store", "7");
        shop.run("resume");
        shop.run("resume");
        shop.run("dead-letters", "replay", "1");
        shop.run("dead-letters", "discard", "--reason", "paid by hand", "2");
        shop.run("dead-letters", "discard", "--reason", "paid by hand", "2");
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void saysWhoDidWhatAndWhyInTheOrderInWhichItWasDone() {
        Run run = shop.look("audit");

        assertThat(run.exit()).isZero();
        assertThat(run.out().lines().map(line -> line.replaceFirst("^\\S+ \\S+ \\S+  ", "")))
                .containsExactly(
                        ME + "  pause  1  wrong prices",
                        ME + "  resume  1",
                        ME + "  dead-letters replay  1",
                        ME + "  dead-letters discard  1  paid by hand");
        assertThat(run.out().lines())
                .allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d \\S+  .*"));
    }

    @Test
    void saysTheSameToPrograms() {
        JsonNode audit =
                Json.tree(shop.look("audit", "--json", "--since", "1h").out()).path("audit");

        assertThat(audit).hasSize(4);
        assertThat(audit.get(0).path("who").asText()).isEqualTo(ME);
        assertThat(audit.get(0).path("command").asText()).isEqualTo("pause");
        assertThat(audit.get(0).path("count").asInt()).isEqualTo(1);
        assertThat(audit.get(0).path("reason").asText()).isEqualTo("wrong prices");
        assertThat(audit.get(1).path("reason").isNull()).isTrue();
    }

    @Test
    void showsNothingOfWhatWasBefore() {
        Run run = shop.look("audit", "--since", "2999-01-31");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).isEqualTo("Nothing was changed by a command since 2999-01-31.\n");
    }

    @Test
    void refusesATimeThatIsNone() {
        Run run = shop.look("audit", "--since", "31.01.2026");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("--since is \"31.01.2026\", expected a day such as 2026-01-31, a moment such as "
                        + "2026-01-31T06:00:00Z, or how long ago, such as 36h or 7d.\n");
    }
}
