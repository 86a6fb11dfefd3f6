package dev.posbridge.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.posbridge.GameballUnavailableException;
import dev.posbridge.GameballUnavailableException.Scope;
import dev.posbridge.engine.GameballClient;
import dev.posbridge.gameball.Answer;
import dev.posbridge.gameball.Answers;
import dev.posbridge.gameball.BatchRequest;
import dev.posbridge.gameball.Call;
import dev.posbridge.gameball.GameballJson;
import dev.posbridge.gameball.JobAccepted;
import dev.posbridge.gameball.JobEntry;
import dev.posbridge.gameball.JobStatus;
import dev.posbridge.gameball.Meaning;
import dev.posbridge.gameball.Verdict;
import dev.posbridge.settings.Settings;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks Gameball for the histories of orders, by the thousand; such questions change nothing there. Two calls a second, a sixth of
 * what Gameball allows, because a service may deliver beside it with our share. Used by one thread.
 */
public final class Histories {
    private static final Duration BETWEEN_CALLS = Duration.ofMillis(500);
    private static final Duration LONGEST_JOB = Duration.ofMinutes(10);
    private static final Duration FIRST_LOOK = Duration.ofMillis(50);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int TRIES = 6;

    private final Settings.Gameball gameball;
    private final Answers answers = new Answers();
    private final GameballClient client;
    private long nextCall = System.nanoTime();

    /** Questions that were asked; {@link #answer} waits for what Gameball says. */
    record Question(List<String> orders, String job) {}

    /** @throws dev.posbridge.ConfigurationException where a key is missing */
    public Histories(Settings.Gameball gameball) {
        this.gameball = gameball;
        this.client = new GameballClient(gameball);
    }

    /** @param orders at most {@link BatchRequest#LARGEST} ids */
    Question ask(List<String> orders) throws InterruptedException {
        JobAccepted accepted =
                call(Call.ORDERS_TRANSACTIONS, Call.ORDERS_TRANSACTIONS.path(), json(orders), JobAccepted.class);
        return new Question(orders, accepted.jobId());
    }

    /**
     * @return by order id: its history, or empty where Gameball does not have the order; an order of which it said nothing is
     *     not there
     */
    Map<String, Optional<History>> answer(Question question) throws InterruptedException {
        long end = System.nanoTime() + LONGEST_JOB.toNanos();
        Duration look = FIRST_LOOK;
        while (System.nanoTime() < end) {
            Thread.sleep(look.toMillis());
            look = look.multipliedBy(2).compareTo(LONGEST_LOOK) > 0 ? LONGEST_LOOK : look.multipliedBy(2);
            JobStatus status = call(Call.JOB_STATUS, Call.JOB_STATUS.path(question.job()), null, JobStatus.class);
            if (status.mayBeOf(question.job()) && status.state().isTerminal()) {
                return histories(status);
            }
        }
        throw new GameballUnavailableException(
                Scope.SERVICE,
                null,
                "Gameball has not answered the question for "
                        + question.orders().size() + " orders (job " + question.job()
                        + ") within ten minutes. Run the same command again: it goes on where it was.");
    }

    /** In these entries the field customerId holds the order id. */
    private static Map<String, Optional<History>> histories(JobStatus status) {
        Map<String, Optional<History>> found = new HashMap<>();
        boolean ended = status.state() == JobStatus.State.COMPLETED;
        status.failed().stream()
                .filter(entry -> ended && !entry.isTrouble())
                .forEach(entry -> found.put(id(entry), Optional.empty()));
        // What is named as both is there: found is final.
        status.successful().forEach(entry -> found.put(id(entry), Optional.of(History.of(entry.transactions()))));
        return found;
    }

    private static String id(JobEntry entry) {
        return entry.orderId() == null ? entry.customerId() : entry.orderId();
    }

    private <T extends Answer> T call(Call call, String path, String body, Class<T> type) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        for (int left = TRIES; ; left--) {
            Verdict<T> verdict = null;
            GameballUnavailableException failure = null;
            try {
                verdict = once(call, path, body, type);
            } catch (IOException problem) {
                failure = new GameballUnavailableException(
                        Scope.SERVICE,
                        null,
                        "Gameball at " + gameball.url() + " does not answer (" + problem
                                + "). Run the same command again: it goes on where it was.");
            }
            if (verdict != null && verdict.meaning() == Meaning.DONE) {
                return verdict.answer();
            }
            boolean again = verdict == null || verdict.meaning().isRetried() || verdict.meaning() == Meaning.UNCLEAR;
            if (!again || left == 1) {
                throw verdict == null ? failure : verdict.failure("the question for orders");
            }
            Duration asked = verdict == null ? null : verdict.retryAfter();
            Thread.sleep((asked == null ? pause : asked).toMillis());
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    private <T extends Answer> Verdict<T> once(Call call, String path, String body, Class<T> type)
            throws IOException, InterruptedException {
        waitForTurn();
        HttpResponse<String> response = client.send(call, path, body);
        return answers.judge(
                response.statusCode(),
                response.body(),
                response.headers().firstValue("Retry-After").orElse(null),
                type);
    }

    private void waitForTurn() throws InterruptedException {
        if (!gameball.documentedQuotas()) {
            return;
        }
        long now = System.nanoTime();
        if (nextCall - now > 0) {
            Thread.sleep(Duration.ofNanos(nextCall - now).plusMillis(1).toMillis());
        }
        nextCall = System.nanoTime() + BETWEEN_CALLS.toNanos();
    }

    private static String json(List<String> orders) {
        try {
            return GameballJson.mapper().writeValueAsString(new BatchRequest<>(orders));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a list of texts is always writable", impossible);
        }
    }
}
