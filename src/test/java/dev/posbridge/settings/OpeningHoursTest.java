package dev.posbridge.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posbridge.ConfigurationException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When delivery works, by the clock on the wall of a time zone. */
class OpeningHoursTest {
    /** London went from 01:00 to 02:00 on 29 March 2026 at 01:00 UTC, and from 02:00 to 01:00 on 25 October at 01:00 UTC. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // windows | blackout | now | open | opens next
                "- | - | 2026-01-31T12:00:00Z | true | -",
                "Mon-Fri 22:00-06:00 Europe/London | - | 2026-01-30T21:59:59Z | false | 2026-01-30T22:00:00Z",
                "Mon-Fri 22:00-06:00 Europe/London | - | 2026-01-30T22:00:00Z | true | -",
                "Mon-Fri 22:00-06:00 Europe/London | - | 2026-01-31T05:59:59Z | true | -",
                "Mon-Fri 22:00-06:00 Europe/London | - | 2026-01-31T06:00:00Z | false | 2026-02-02T22:00:00Z",
                "Mon-Fri 22:00-06:00 Europe/London | - | 2026-07-01T20:30:00Z | false | 2026-07-01T21:00:00Z",
                "Sat-Mon 00:00-24:00 UTC | - | 2026-02-02T23:59:59Z | true | -",
                "Sat-Mon 00:00-24:00 UTC | - | 2026-02-03T00:00:00Z | false | 2026-02-07T00:00:00Z",
                "Mon,Wed 10:00-11:00 UTC; Tue 09:00-09:30 UTC | - | 2026-02-02T11:00:00Z | false | 2026-02-03T09:00:00Z",
                // the hour that is left out
                "daily 01:30-03:00 Europe/London | - | 2026-03-29T00:59:59Z | false | 2026-03-29T01:00:00Z",
                "daily 01:30-03:00 Europe/London | - | 2026-03-29T01:00:00Z | true | -",
                "daily 01:10-01:50 Europe/London | - | 2026-03-29T00:59:59Z | false | 2026-03-30T00:10:00Z",
                // the hour that comes twice
                "daily 01:30-02:00 Europe/London | - | 2026-10-25T00:45:00Z | true | -",
                "daily 01:30-02:00 Europe/London | - | 2026-10-25T01:00:00Z | false | 2026-10-25T01:30:00Z",
                "daily 01:30-02:00 Europe/London | - | 2026-10-25T01:45:00Z | true | -",
                "daily 00:30-01:30 Europe/London | - | 2026-10-25T00:30:00Z | false | 2026-10-25T01:00:00Z",
                // days without delivery
                "- | 2026-12-24..2026-12-26 Europe/London | 2026-12-23T23:59:59Z | true | -",
                "- | 2026-12-24..2026-12-26 Europe/London | 2026-12-24T00:00:00Z | false | 2026-12-27T00:00:00Z",
                "- | 2026-07-01 Europe/London | 2026-06-30T23:00:00Z | false | 2026-07-01T23:00:00Z",
                "daily 22:00-06:00 UTC | 2026-12-24 UTC; 2026-12-25 UTC | 2026-12-24T01:00:00Z | false | 2026-12-26T00:00:00Z",
                "daily 22:00-06:00 UTC | 2026-12-24..2027-12-31 UTC; 2028-01-01..2028-12-31 UTC | 2026-12-24T01:00:00Z | false | 2029-01-01T00:00:00Z",
            })
    void opensAndClosesByTheClockOnTheWall(String windows, String blackout, Instant now, boolean open, Instant next) {
        OpeningHours hours = hours(windows, blackout);
        assertThat(hours.areOpen(now)).isEqualTo(open);
        assertThat(hours.nextOpening(now).orElse(null)).isEqualTo(next);
    }

    @Test
    void takesTheShareOfTheFirstWindowThatIsOpen() {
        OpeningHours hours =
                hours("Mon 10:00-12:00 UTC 50 %; daily 00:00-24:00 UTC 100%; Tue 00:00-24:00 UTC 1%", null);
        assertThat(hours.share(Instant.parse("2026-02-02T10:00:00Z"))).isEqualTo(OptionalDouble.of(0.5));
        assertThat(hours.share(Instant.parse("2026-02-02T12:00:00Z"))).isEqualTo(OptionalDouble.of(1));
        assertThat(hours.share(Instant.parse("2026-02-03T12:00:00Z"))).isEqualTo(OptionalDouble.of(1));
        assertThat(hours("daily 00:00-24:00 UTC", null).share(Instant.parse("2026-02-02T10:00:00Z")))
                .isEmpty();
    }

    @Test
    void saysWhenItOpensByTheClockOfItsZone() {
        assertThat(hours("Mon-Fri 22:00-06:00 Europe/London", null)
                        .nextOpeningInWords(Instant.parse("2026-07-01T12:00:00Z")))
                .hasValue("2026-07-01 22:00 Europe/London");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "22:00-06:00 | days, hours, a time zone and perhaps a share, such as \"Mon-Sat 22:00-06:00 Europe/London 80%\", "
                        + "and a semicolon before the next",
                "Mon 22:00-06:00 UTC 80 | days, hours, a time zone and perhaps a share, such as "
                        + "\"Mon-Sat 22:00-06:00 Europe/London 80%\", and a semicolon before the next",
                "Mo 22:00-06:00 UTC | days as Mon, Mon-Fri, Mon,Wed,Sat-Sun or daily, of Mon, Tue, Wed, Thu, Fri, Sat, Sun",
                "Mon- 22:00-06:00 UTC | days as Mon, Mon-Fri, Mon,Wed,Sat-Sun or daily, of Mon, Tue, Wed, Thu, Fri, Sat, Sun",
                "Mon 25:00-06:00 UTC | times from 00:00 to 24:00",
                "Mon 21:60-06:00 UTC | times from 00:00 to 24:00",
                "Mon 06:00-06:00 UTC | hours that begin before they end; a whole day is 00:00-24:00",
                "Mon 22:00-06:00 London | a time zone such as Europe/London or UTC, not \"London\"",
                "Mon 22:00-06:00 UTC 0% | a share from 1% to 100%",
                "Mon 22:00-06:00 UTC 101% | a share from 1% to 100%",
            })
    void saysWhichPartOfAWindowIsWrong(String window, String expected) {
        assertThatThrownBy(() -> hours("daily 00:00-01:00 UTC; " + window, null))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("--set posbridge.delivery.windows: posbridge.delivery.windows: found \"" + window
                        + "\", expected " + expected + ".");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "2026-12-24 | a day or several and a time zone, such as \"2026-12-24..2026-12-26 Europe/London\", and a "
                        + "semicolon before the next",
                "2026-02-30 UTC | a date such as 2026-01-31, not \"2026-02-30\"",
                "2026-12-26..2026-12-24 UTC | a first day that is not after the last",
                "2026-12-24 Moon/Sea | a time zone such as Europe/London or UTC, not \"Moon/Sea\"",
            })
    void saysWhichPartOfABlackoutIsWrong(String blackout, String expected) {
        assertThatThrownBy(() -> hours(null, blackout))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("--set posbridge.delivery.blackout: posbridge.delivery.blackout: found \"" + blackout
                        + "\", expected " + expected + ".");
    }

    private static OpeningHours hours(String windows, String blackout) {
        Map<String, String> set = new HashMap<>();
        if (windows != null) {
            set.put("posbridge.delivery.windows", windows);
        }
        if (blackout != null) {
            set.put("posbridge.delivery.blackout", blackout);
        }
        return SettingsReader.readOnly(Path.of("").toAbsolutePath(), set)
                .delivery()
                .hours();
    }
}
