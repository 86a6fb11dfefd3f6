package dev.posbridge;

import java.util.List;

/** Fix the vendor profile: it refuses to start. Each problem is one line, {@code file:line:column: text}. */
public final class ProfileException extends PosbridgeException {
    private static final long serialVersionUID = 1L;

    public ProfileException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
    }
}
