package dev.posbridge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.posbridge.Count;
import dev.posbridge.PosbridgeException;
import dev.posbridge.engine.GameballClient;
import dev.posbridge.gameball.Answer;
import dev.posbridge.gameball.Answers;
import dev.posbridge.gameball.BalanceAnswer;
import dev.posbridge.gameball.Call;
import dev.posbridge.gameball.CustomerAnswer;
import dev.posbridge.gameball.GameballJson;
import dev.posbridge.gameball.HoldAnswer;
import dev.posbridge.gameball.HoldMeasure;
import dev.posbridge.gameball.HoldReleased;
import dev.posbridge.gameball.Meaning;
import dev.posbridge.gameball.OrderAnswer;
import dev.posbridge.gameball.Payloads;
import dev.posbridge.gameball.RefundAnswer;
import dev.posbridge.gameball.Verdict;
import dev.posbridge.pos.CustomerDetails;
import dev.posbridge.pos.LineItem;
import dev.posbridge.pos.Money;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Refund;
import dev.posbridge.pos.Sale;
import dev.posbridge.settings.Settings;
import dev.posbridge.vendor.Profiles;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What {@code posbridge doctor} tries, one after the other; each becomes a line of its list. Used once, by one thread. */
final class Examination {
    private static final Position POSITION = Position.ofFile("posbridge doctor");
    private static final Duration MOST_OFF = Duration.ofMinutes(1);
    private static final BigDecimal PAID = new BigDecimal("100");
    private static final int NOT_FOUND = 404;

    private final Settings settings;
    private final Profiles profiles;
    private final Answers answers = new Answers();
    private final List<Finding> findings = new ArrayList<>();
    private final String run = "posbridge-doctor-"
            + DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")
                    .withZone(ZoneOffset.UTC)
                    .format(Instant.now());
    private GameballClient client;
    /** Why there is no client, or null. */
    private String noKeys;

    private boolean refused;

    /** How a trial ended. */
    enum Result {
        OK,
        WRONG,
        UNTRIED;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** One line: what was tried, and what was seen. */
    record Finding(Result result, String what, String detail) {}

    Examination(Settings settings, Profiles profiles) {
        this.settings = settings;
        this.profiles = profiles;
    }

    /** @param write whether to try what leaves something behind at Gameball */
    List<Finding> all(boolean write) throws InterruptedException {
        try {
            client = new GameballClient(settings.gameball());
        } catch (PosbridgeException problem) {
            noKeys = problem.getMessage().replace('\n', ' ');
        }
        here();
        boolean answers = asksGameball();
        if (write && answers && unnamed().isEmpty()) {
            writes();
        } else {
            untried(
                    write
                            ? "Gameball did not answer, or the account is not named"
                            : "needs --write, and a test account");
        }
        return findings;
    }

    private List<String> unnamed() {
        return AccountDefaults.missing(settings.account());
    }

    /** Whether Gameball refused our keys or account. */
    boolean isRefused() {
        return refused;
    }

    private void here() {
        unnamed().forEach(missing -> add(Result.WRONG, "account named", missing));
        if (unnamed().isEmpty()) {
            add(Result.OK, "account named", settings.account().name());
        }
        boolean tls = "https".equals(settings.gameball().url().getScheme());
        add(
                tls || settings.gameball().isLoopback(),
                "HTTPS",
                tls ? settings.gameball().url().toString() : "a stand-in on this machine",
                "Set posbridge.gameball.url to https.");
        profiles();
        Path data = settings.folders().data();
        if (Files.isDirectory(data)) {
            add(isPrivate(data), "data folder is its owner's", data.toString(), "Run chmod 700 " + data + ".");
            logs(data.resolve("logs"));
        } else {
            add(Result.UNTRIED, "data folder", data + " is not there yet; the first run makes it");
        }
    }

    private void profiles() {
        try {
            List<String> unverified = profiles.all().stream()
                    .map(profile -> profile.vendor())
                    .filter(profiles::unverified)
                    .toList();
            add(
                    Result.OK,
                    "profiles",
                    profiles.names().size() + " load"
                            + (unverified.isEmpty()
                                    ? ""
                                    : "; verify with a file of yours before use: " + String.join(", ", unverified)));
        } catch (PosbridgeException problem) {
            add(Result.WRONG, "profiles", problem.getMessage());
        }
    }

    /** No key may stand in a log, at whatever level it was written. */
    private void logs(Path folder) {
        if (client == null) {
            add(Result.UNTRIED, "no key in logs", noKeys);
            return;
        }
        try {
            List<String> told = new ArrayList<>();
            int read = 0;
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        read++;
                        if (isKeyIn(file)) {
                            told.add(file.toString());
                        }
                    }
                }
            }
            add(
                    told.isEmpty(),
                    "no key in logs",
                    told.isEmpty() ? Count.of(read, "file") : "found one in " + String.join(", ", told),
                    "Remove the files, and have Gameball replace the key.");
        } catch (IOException problem) {
            add(Result.UNTRIED, "no key in logs", problem.getMessage());
        }
    }

    private boolean isKeyIn(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file, java.nio.charset.StandardCharsets.ISO_8859_1)) {
            return lines.anyMatch(client::isKeyIn);
        }
    }

    private static boolean isPrivate(Path folder) {
        try {
            Set<PosixFilePermission> rights = Files.getPosixFilePermissions(folder);
            return rights.stream().allMatch(right -> right.name().startsWith("OWNER"));
        } catch (IOException | UnsupportedOperationException otherSystem) {
            return true;
        }
    }

    private boolean asksGameball() throws InterruptedException {
        if (client == null) {
            add(Result.WRONG, "credentials", noKeys);
            return false;
        }
        try {
            HttpResponse<String> answer = client.send(Call.BALANCE, Call.BALANCE.path(run), null);
            Verdict<BalanceAnswer> verdict = judge(answer, BalanceAnswer.class);
            refused = verdict.meaning() == Meaning.KEY_REFUSED || verdict.meaning() == Meaning.ACCOUNT_DISABLED;
            boolean unknown = verdict.meaning() == Meaning.CUSTOMER_UNKNOWN || verdict.status() == NOT_FOUND;
            add(
                    !refused && unknown,
                    "credentials",
                    "accepted",
                    unlike(verdict, "the question for an unknown customer"));
            clock(answer);
            return !refused && unknown;
        } catch (IOException problem) {
            add(
                    Result.WRONG,
                    "Gameball answers",
                    settings.gameball().url() + " does not (" + problem
                            + "). Look at posbridge.gameball.url, the network, and posbridge.gameball.proxy.");
            return false;
        }
    }

    private void clock(HttpResponse<String> answer) {
        String date = answer.headers().firstValue("Date").orElse(null);
        try {
            if (date != null) {
                Instant theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                Duration off = Duration.between(theirs, Instant.now()).abs();
                add(
                        off.compareTo(MOST_OFF) < 0,
                        "clock",
                        off.toSeconds() + " s from Gameball's",
                        "Keep this machine's time by NTP: sales of the future are refused.");
            }
        } catch (DateTimeParseException strange) {
            add(Result.UNTRIED, "clock", "Gameball says \"" + date + "\"");
        }
    }

    private void untried(String why) {
        for (String what : List.of(
                "customer by mobile and e-mail",
                "profile called again",
                "order",
                "order id is unique",
                "points",
                "hold and release",
                "expired hold is refused",
                "refund")) {
            add(Result.UNTRIED, what, why);
        }
    }

    private void writes() throws InterruptedException {
        Payloads payloads = new Payloads(settings.account().merging());
        // In nobody's range of numbers but a made-up one's, and another at each run: accounts may merge by it.
        String mobile = "+9665" + String.format("%08d", Instant.now().getEpochSecond() % 100_000_000);
        CustomerDetails customer = new CustomerDetails(
                run,
                run + "@example.com",
                mobile,
                "Posbridge Doctor",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        try {
            String who = json(payloads.customer(customer, POSITION));
            add("customer by mobile and e-mail", judge(Call.CUSTOMER, Call.CUSTOMER.path(), who, CustomerAnswer.class));
            add("profile called again", judge(Call.CUSTOMER, Call.CUSTOMER.path(), who, CustomerAnswer.class));
            sells(payloads, customer);
        } catch (IOException problem) {
            boolean late = problem instanceof HttpTimeoutException;
            add(
                    Result.WRONG,
                    "Gameball answers",
                    late
                            ? "one call had no answer in time. Run it again."
                            : "it broke off: " + problem + ". Run it again.");
        }
    }

    private void sells(Payloads payloads, CustomerDetails customer) throws IOException, InterruptedException {
        Instant now = Instant.now();
        Sale sale = sale(customer, now);
        String order = json(payloads.order(sale, now));
        Verdict<OrderAnswer> sold = judge(Call.ORDER, Call.ORDER.path(), order, OrderAnswer.class);
        add("order", sold);
        Verdict<OrderAnswer> again = judge(Call.ORDER, Call.ORDER.path(), order, OrderAnswer.class);
        add(
                again.meaning() == Meaning.ID_TAKEN || again.meaning() == Meaning.TIME_TAKEN,
                "order id is unique",
                "the same once more is refused (" + code(again) + ")",
                unlike(again, "the same order once more"));
        boolean earned = sold.answer() != null && sold.answer().rewardedPoints() != null;
        add(
                earned ? Result.OK : Result.UNTRIED,
                "points",
                earned
                        ? sold.answer().rewardedPoints() + " for " + sale.totalPaid() + ": compare with the programme"
                        : "the answer named none");
        holds(payloads, customer, now);
        Refund refund = new Refund(
                POSITION,
                sale.key() + "-R",
                sale.orderId() + "-R",
                sale.key(),
                sale.orderId(),
                customer,
                now.plusSeconds(1),
                sale.businessDate(),
                null,
                true,
                List.of(),
                null);
        add(
                "refund",
                judge(
                        Call.REFUND,
                        Call.REFUND.path(),
                        json(payloads.refund(refund, customer, sale.orderId(), PAID, refund.returnedAt())),
                        RefundAnswer.class));
    }

    private Sale sale(CustomerDetails customer, Instant now) {
        Money paid = new Money(PAID, Currency.getInstance(settings.account().currency()));
        LineItem line = new LineItem("doctor", null, "Posbridge doctor", BigDecimal.ONE, PAID, null, null, null, null);
        return new Sale(
                POSITION,
                run,
                run,
                customer,
                now,
                LocalDate.ofInstant(now, ZoneOffset.UTC),
                paid,
                paid,
                null,
                null,
                null,
                List.of(line),
                null,
                "pos",
                null,
                null);
    }

    private void holds(Payloads payloads, CustomerDetails customer, Instant now)
            throws IOException, InterruptedException {
        String one = json(payloads.hold(customer, POSITION, now, new HoldMeasure(1L, null, null), null, null));
        Verdict<HoldAnswer> held = judge(Call.HOLD, Call.HOLD.path(), one, HoldAnswer.class);
        if (held.meaning() != Meaning.DONE) {
            add(
                    Result.UNTRIED,
                    "hold and release",
                    "Gameball held nothing (" + code(held)
                            + "): new points may have to wait, or a one-time password is asked for. Try it at a till.");
            add(Result.UNTRIED, "expired hold is refused", "there is none");
            return;
        }
        String reference = held.answer().holdReference();
        add("hold and release", judge(Call.HOLD_RELEASE, Call.HOLD_RELEASE.path(reference), null, HoldReleased.class));
        Verdict<HoldReleased> gone =
                judge(Call.HOLD_RELEASE, Call.HOLD_RELEASE.path(reference), null, HoldReleased.class);
        add(
                gone.meaning() != Meaning.DONE,
                "expired hold is refused",
                "one that is gone is (" + code(gone) + ")",
                "Gameball released it twice.");
    }

    private void add(String what, Verdict<?> verdict) {
        add(verdict.meaning() == Meaning.DONE, what, "done", unlike(verdict, what));
    }

    private static String unlike(Verdict<?> verdict, String what) {
        return verdict.meaning() == Meaning.DONE
                ? what + " was answered as done."
                : verdict.failure(what).getMessage();
    }

    private static String code(Verdict<?> verdict) {
        return verdict.error() == null || verdict.error().code() == null
                ? "HTTP " + verdict.status()
                : "code " + verdict.error().code();
    }

    private void add(boolean well, String what, String detail, String remedy) {
        add(well ? Result.OK : Result.WRONG, what, well ? detail : remedy);
    }

    private void add(Result result, String what, String detail) {
        findings.add(new Finding(result, what, detail));
    }

    private <T extends Answer> Verdict<T> judge(Call call, String path, String body, Class<T> type)
            throws IOException, InterruptedException {
        return judge(client.send(call, path, body), type);
    }

    private <T extends Answer> Verdict<T> judge(HttpResponse<String> answer, Class<T> type) {
        return answers.judge(
                answer.statusCode(),
                answer.body(),
                answer.headers().firstValue("Retry-After").orElse(null),
                type);
    }

    private static String json(Object request) {
        try {
            return GameballJson.mapper().writeValueAsString(request);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a request is always writable", impossible);
        }
    }
}
