package dev.posbridge.console;

import dev.posbridge.ledger.AuditBook;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Somebody asks for something that they may have.
 *
 * @param goesOn whether the session is not over yet
 * @param parts variable parts of the path, in their order
 */
record Visit(Asked asked, Session session, BooleanSupplier goesOn, String... parts) {
    private static final Duration SHOWN = Duration.ofMinutes(10);

    String part(int index) {
        return parts[index];
    }

    /** @throws RefusedException where that part is no number */
    long number(int index) {
        if (!parts[index].matches("\\d{1,18}")) {
            throw new RefusedException(404, "There is no such page.");
        }
        return Long.parseLong(parts[index]);
    }

    /** Whether personal data are shown to this session now. */
    boolean showsPersonal() {
        return session.showsPersonal(Instant.now());
    }

    /** Shows personal data to this session for a while; who looks at whom is nobody's secret. @return until when */
    Instant showPersonal(AuditBook audit, String reason) {
        audited(() -> {
            audit.note("console show-personal", 1, reason);
            return null;
        });
        Instant until = Instant.now().plus(SHOWN);
        session.showUntil(until);
        return until;
    }

    /** Text with what is personal masked, unless the session asked for it. */
    String masked(String text) {
        return showsPersonal() ? text : Personal.text(text);
    }

    /** Whom a record is about; masked unless the session asked for it. */
    String person(String id) {
        return id == null || showsPersonal() ? id : Personal.person(id);
    }

    /** What the work notes in the audit is this user's. */
    <T> T audited(Supplier<T> work) {
        return AuditBook.as(session.user() + " (console)", work);
    }

    /**
     * The words of whoever changes something.
     *
     * @throws RefusedException where there are none
     */
    String reason() {
        String reason = asked.field("reason").strip();
        if (reason.isEmpty()) {
            throw new RefusedException(
                    400, "No reason is given, expected why, in your own words. Whoever looks later reads it.");
        }
        if (reason.length() > 1_000) {
            throw new RefusedException(
                    400, "The reason has " + reason.length() + " characters, expected at most 1,000.");
        }
        return reason;
    }
}
