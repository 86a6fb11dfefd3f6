package dev.posbridge;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * How long a test waits for what comes a moment later: as long as a machine under load may need, which costs nothing where
 * it comes. A test that says how long itself does so because the time is what it is about. JUnit finds this by itself.
 */
public final class Patience implements BeforeAllCallback {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(LONGEST_WAIT);
    }
}
