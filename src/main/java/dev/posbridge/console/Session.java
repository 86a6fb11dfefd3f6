package dev.posbridge.console;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** Somebody who came in. Thread-safe. */
final class Session {
    private final String token = Tokens.random();
    private final String csrf = Tokens.random();
    private final String user;
    private final Role role;
    private final Instant began;
    private volatile Instant seen;
    private volatile Instant shownUntil = Instant.EPOCH;
    private final AtomicReference<String> notice = new AtomicReference<>();

    Session(String user, Role role, Instant now) {
        this.user = user;
        this.role = role;
        this.began = now;
        this.seen = now;
    }

    String token() {
        return token;
    }

    /** What each form of this session brings along. */
    String csrf() {
        return csrf;
    }

    String user() {
        return user;
    }

    Role role() {
        return role;
    }

    Instant began() {
        return began;
    }

    Instant seen() {
        return seen;
    }

    void seen(Instant now) {
        seen = now;
    }

    /** Personal data are shown until then. */
    void showUntil(Instant end) {
        shownUntil = end;
    }

    /** What the next page says of what was done. */
    void tell(String done) {
        notice.set(done);
    }

    /** Said once; null where nothing was done. */
    String told() {
        return notice.getAndSet(null);
    }

    boolean showsPersonal(Instant now) {
        return now.isBefore(shownUntil);
    }
}
