package dev.posbridge.console;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a user may do; each may do what those before it may. */
enum Role {
    /** Look, personal data masked. */
    READ,
    /** Mend, replay, discard, release, pause; see personal data where it was asked for. */
    OPERATE,
    /** Change how files are read. */
    ADMINISTER;

    boolean may(Role wanted) {
        return compareTo(wanted) >= 0;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }
}
