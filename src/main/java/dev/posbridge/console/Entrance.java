package dev.posbridge.console;

import dev.posbridge.PosbridgeException;
import dev.posbridge.ledger.AuditBook;
import dev.posbridge.settings.ConsoleAccess;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * Who may have what. In this order: the name by which we were called (a foreign page may have had its name point here), who
 * asks, what they may do, and, for a change, that it comes from a form of ours. Thread-safe.
 */
final class Entrance {
    static final String COOKIE = "posbridge";
    static final String SIGN_IN = "/sign-in";

    private final ConsoleAccess access;
    private final ConsoleUsers users;
    private final String key;
    private final Set<String> hosts = new HashSet<>();
    private final Semaphore files = new Semaphore(1);
    private final Sessions sessions;
    private final SignInGuard guard;
    private final Routes routes;
    private final Site site;
    private final AuditBook audit;

    /** @param key of this start, which lets in whoever has it; null where there are users */
    Entrance(ConsoleAccess access, String key, Site site, Routes routes, InstantSource clock) {
        this.access = access;
        this.users = access.users() == null ? null : ConsoleUsers.read(access.users());
        this.key = key;
        this.site = site;
        this.routes = routes;
        this.audit = site.audit();
        this.sessions = new Sessions(clock);
        this.guard = new SignInGuard(clock);
        hosts.addAll(Set.of("localhost", "127.0.0.1", "[::1]"));
        hosts.add(access.address());
        access.hosts().forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
    }

    Answer answer(Asked asked) throws IOException {
        requireOurName(asked);
        refreshUsers();
        if (asked.path().startsWith("/assets/")) {
            return Assets.answer(asked.path());
        }
        if (asked.path().equals(SIGN_IN)) {
            return signIn(asked);
        }
        Optional<Session> session = session(asked);
        if (session.isEmpty()) {
            if (asked.isChange() || Api.isOf(asked.path())) {
                throw new RefusedException(401, "Nobody is signed in here. Sign in, and do it again.");
            }
            return Answer.see(SIGN_IN);
        }
        if (asked.isChange() && asked.mayBeLarge()) {
            return alone(asked, session.get());
        }
        return inside(asked, session.get());
    }

    /** Who was taken out of the file, or may do something else now, has to sign in again. */
    private void refreshUsers() {
        if (users != null) {
            users.refresh().forEach(sessions::endOf);
        }
    }

    private boolean isStillIn(Session session) {
        refreshUsers();
        return sessions.isIn(session);
    }

    /** A file is held in memory while it is read, so one is at a time. */
    private Answer alone(Asked asked, Session session) throws IOException {
        if (!files.tryAcquire()) {
            throw new RefusedException(503, "Another file is being read just now. Do it again in a moment.");
        }
        try {
            return inside(asked, session);
        } finally {
            files.release();
        }
    }

    private Answer inside(Asked asked, Session session) throws IOException {
        if (asked.isChange()) {
            asked.readBody();
            requireOurForm(asked, session);
        }
        if (asked.path().equals("/sign-out") && asked.isChange()) {
            sessions.end(session);
            return Answer.see(SIGN_IN).with("Set-Cookie", cookie("", "; Max-Age=0"));
        }
        Routes.Found found = routes.find(asked.method(), asked.path())
                .orElseThrow(() -> new RefusedException(404, "There is no such page."));
        if (!session.role().may(found.route().role())) {
            throw new RefusedException(
                    403,
                    "You may " + session.role().word() + ", and this needs somebody who may "
                            + found.route().role().word() + ".");
        }
        Visit visit = new Visit(asked, session, () -> isStillIn(session), found.parts());
        if (Api.isOf(asked.path())) {
            return found.route().handler().answer(visit);
        }
        try {
            return found.route().handler().answer(visit);
        } catch (RefusedException refused) {
            return site.problem(session, refused.status(), refused.getMessage());
        } catch (PosbridgeException known) {
            return site.problem(session, 409, known.getMessage());
        }
    }

    /** @param path that was asked for, by whom it is told */
    Answer problem(String path, int status, String message) {
        return Api.isOf(path) ? Answer.problem(status, message) : site.problem(status, message);
    }

    /** A browser that was led here by a foreign name would be allowed to read what we answer to a page of that name. */
    private void requireOurName(Asked asked) {
        String host = asked.header("Host");
        if (host == null || !hosts.contains(withoutPort(host.toLowerCase(Locale.ROOT)))) {
            throw new RefusedException(
                    421,
                    "The console is not called that. Call it localhost, or add the name to posbridge.console.host-names.");
        }
    }

    private static String withoutPort(String host) {
        return host.replaceFirst(":\\d{1,5}$", "");
    }

    private Optional<Session> session(Asked asked) {
        if (access.proxyUserHeader() != null && asked.isFromThisMachine()) {
            String name = asked.header(access.proxyUserHeader());
            return name == null
                    ? Optional.empty()
                    : users.named(name).map(user -> sessions.ofName(user.name(), user.role()));
        }
        return asked.isOfProgram()
                ? Optional.of(programSession(asked))
                : sessions.find(asked.cookie(COOKIE), !asked.isByItself());
    }

    /**
     * Of a program that brings name and password, or the key of this start as password, with each question. No browser sends
     * them by itself: nobody ever asks it to.
     */
    private Session programSession(Asked asked) {
        String[] brought = asked.basic();
        String address = "address " + asked.remote();
        String who = "name " + brought[0];
        Duration wait = guard.wait(address, who);
        if (!wait.isZero()) {
            throw new RefusedException(
                    429, "Too many wrong answers. Try again in " + (wait.toSeconds() + 1) + " seconds.");
        }
        Optional<ConsoleUsers.User> user = users == null
                ? Optional.of(new ConsoleUsers.User(owner(), Role.ADMINISTER, null))
                        .filter(owner -> Tokens.same(key, brought[1]))
                : find(brought[0], brought[1]);
        if (user.isEmpty()) {
            guard.failed(address, who);
            throw new RefusedException(
                    401,
                    users == null
                            ? "That is not the key of this start. It stands where Posbridge was started."
                            : "Name and password do not go together.");
        }
        guard.succeeded(address, who);
        return sessions.ofName(user.get().name(), user.get().role());
    }

    private Optional<ConsoleUsers.User> find(String name, String password) {
        return name.length() > 64 || password.length() > 1_000 ? Optional.empty() : users.find(name, password);
    }

    private static String owner() {
        return System.getProperty("user.name", "?");
    }

    private void requireOurForm(Asked asked, Session session) {
        if (asked.isOfProgram() && asked.header("Origin") == null) {
            return;
        }
        String origin = asked.header("Origin");
        boolean ours = origin == null || isOurs(origin, asked);
        String brought = asked.header("X-Csrf-Token") == null ? asked.field("csrf") : asked.header("X-Csrf-Token");
        if (!ours || !Tokens.same(session.csrf(), brought)) {
            throw new RefusedException(
                    403, "That did not come from a page of this console. Open the page again, and do it there.");
        }
    }

    private static boolean isOurs(String origin, Asked asked) {
        try {
            URI uri = URI.create(origin);
            return uri.getAuthority() != null && uri.getAuthority().equalsIgnoreCase(asked.header("Host"));
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    private Answer signIn(Asked asked) throws IOException {
        if (!asked.isChange()) {
            return key != null && !asked.query("key").isEmpty()
                    ? let(asked, asked.query("key"))
                    : site.signIn(200, users != null, null);
        }
        asked.readBody();
        String origin = asked.header("Origin");
        if (origin != null && !isOurs(origin, asked)) {
            throw new RefusedException(403, "That did not come from a page of this console.");
        }
        return users == null
                ? let(asked, asked.field("key"))
                : let(asked, asked.field("name"), asked.field("password"));
    }

    /** By the key of this start. */
    private Answer let(Asked asked, String brought) {
        String address = "address " + asked.remote();
        Duration wait = guard.wait(address);
        if (!wait.isZero()) {
            return tooMany(wait);
        }
        if (!Tokens.same(key, brought)) {
            guard.failed(address);
            return site.signIn(403, false, "That is not the key of this start. It stands where Posbridge was started.");
        }
        guard.succeeded(address);
        return in(owner(), Role.ADMINISTER);
    }

    private Answer let(Asked asked, String name, String password) {
        String address = "address " + asked.remote();
        String who = "name " + name;
        Duration wait = guard.wait(address, who);
        if (!wait.isZero()) {
            return tooMany(wait);
        }
        Optional<ConsoleUsers.User> user = find(name, password);
        if (user.isEmpty()) {
            guard.failed(address, who);
            return site.signIn(403, true, "Name and password do not go together.");
        }
        guard.succeeded(address, who);
        return in(user.get().name(), user.get().role());
    }

    private Answer tooMany(Duration wait) {
        long seconds = wait.toSeconds() + 1;
        return site.signIn(429, users != null, "Too many wrong answers. Try again in " + seconds + " seconds.")
                .with("Retry-After", Long.toString(seconds));
    }

    private Answer in(String user, Role role) {
        Session session = sessions.begin(user, role);
        AuditBook.as(user + " (console)", () -> {
            audit.note("console sign-in", 1, role.word());
            return null;
        });
        return Answer.see("/").with("Set-Cookie", cookie(session.token(), ""));
    }

    private String cookie(String value, String more) {
        return COOKIE + "=" + value + "; Path=/; HttpOnly; SameSite=Strict"
                + (access.keyStore() == null ? "" : "; Secure") + more;
    }
}
