package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.settings.SettingsReader;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/** A moment as people type it: a day, which begins at midnight of this machine's clock, a moment, or how long ago. */
final class Since {
    private Since() {}

    /** @throws ConfigurationException for anything else */
    static Instant parse(String option, String text) {
        Duration ago = SettingsReader.parseDuration(text);
        if (ago != null) {
            return Instant.now().minus(ago);
        }
        try {
            return text.indexOf('T') > 0
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text).atStartOfDay(ZoneId.systemDefault()).toInstant();
        } catch (DateTimeException problem) {
            throw new ConfigurationException(
                    option + " is \"" + text + "\", expected a day such as 2026-01-31, a moment such as "
                            + "2026-01-31T06:00:00Z, or how long ago, such as 36h or 7d.",
                    problem);
        }
    }
}
