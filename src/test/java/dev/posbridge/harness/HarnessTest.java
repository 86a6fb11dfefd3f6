package dev.posbridge.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posbridge.ConfigurationException;
import dev.posbridge.gameball.Call;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No switch of a harness works by mistake. */
class HarnessTest {
    private Properties before;

    @BeforeEach
    void remember() {
        before = (Properties) System.getProperties().clone();
    }

    @AfterEach
    void restore() {
        System.setProperties(before);
    }

    @ParameterizedTest
    @CsvSource({
        "posbridge.failpoint, AFTER_CLAIM",
        "posbridge.failpoint, AFTER_CLAIM:3",
        "posbridge.failpoint.log, hits.txt",
        "posbridge.guard.off, ATTEMPT_FIRST",
        "posbridge.suspects-millis, 1",
        "posbridge.lock-patience-millis, 1000",
        "posbridge.statements, counts.txt"
    })
    void takesASwitchBeforeASandboxAndRefusesItBeforeAnybodyElse(String property, String value) {
        System.setProperty(property, value);

        assertThatCode(() -> Harness.check(true)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Harness.check(false))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "-D" + property + "=" + value + ": is for tests with a Gameball on this machine only. Leave "
                                + "it out, or set posbridge.gameball.url to a sandbox.");
    }

    @ParameterizedTest
    @CsvSource({
        "posbridge.failpoint, NOWHERE, LEDGER_OPENED",
        "posbridge.failpoint, AFTER_CLAIM:0, LEDGER_OPENED",
        "posbridge.failpoint, AFTER_CLAIM:x, LEDGER_OPENED",
        "posbridge.guard.off, sender, 'ATTEMPT_FIRST, ARCHIVE_LAST, OWN_ID_IS_DELIVERED, SENDER_LEASE'",
        "posbridge.suspects-millis, -1, 1 to 999999 milliseconds",
        "posbridge.lock-patience-millis, 0, 1 to 999999 milliseconds"
    })
    void refusesWhatItDoesNotKnow(String property, String value, String known) {
        System.setProperty(property, value);

        assertThatThrownBy(() -> Harness.check(true))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("-D" + property + "=" + value + ": is not known. Known: " + known);
    }

    @Test
    void hasAPointBeforeAndAfterEveryCall() {
        List<String> points =
                Arrays.stream(Failpoint.values()).map(Failpoint::name).toList();

        // A command deletes by itself, and does so again where it did not see the end of it.
        assertThat(Call.values())
                .filteredOn(call -> call != Call.CUSTOMER_DELETION)
                .allSatisfy(call -> assertThat(points).contains("BEFORE_" + call.name(), "AFTER_" + call.name()));
    }
}
