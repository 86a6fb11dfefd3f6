package dev.posbridge;

import java.util.List;

/** Fix the settings or the command: nothing has been started, nothing was sent. Carries all problems at once. */
public final class ConfigurationException extends PosbridgeException {
    private static final long serialVersionUID = 1L;

    public ConfigurationException(String message) {
        super(message);
    }

    public ConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }

    public ConfigurationException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
    }
}
