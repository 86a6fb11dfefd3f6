package dev.posbridge.console;

import dev.posbridge.engine.GameballClient;
import dev.posbridge.gameball.Answers;
import dev.posbridge.gameball.BalanceAnswer;
import dev.posbridge.gameball.Call;
import dev.posbridge.gameball.Verdict;
import dev.posbridge.ledger.FileRecords;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.concurrent.Semaphore;

/** {@code /records/N/customer}: what the customer of a record has at Gameball, asked when somebody wants to know it. */
final class CustomerPage {
    private static final int NOT_FOUND = 404;

    private final Workplace workplace;
    private final Site site;
    private final FileRecords records;
    private final Semaphore turn = new Semaphore(1);

    /** @param has null where Gameball does not know the customer */
    record Shown(FileRecords.Shown record, BalanceAnswer has) {}

    CustomerPage(Workplace workplace, Site site) {
        this.workplace = workplace;
        this.site = site;
        this.records = new FileRecords(workplace.database());
    }

    /** One call, which changes nothing; one at a time, since deliveries have the same quota. */
    Answer ask(Visit visit) {
        long id = visit.number(0);
        FileRecords.Shown record = records.one(id).orElseThrow(() -> RefusedException.absent("record", id));
        if (record.customer() == null) {
            throw new RefusedException(409, "The record names no customer.");
        }
        if (!turn.tryAcquire()) {
            throw new RefusedException(503, "Somebody else is asking just now. Do it again in a moment.");
        }
        try {
            Shown shown = new Shown(record, balance(record.customer()));
            return Site.page(out -> JtecustomerGenerated.render(
                    out, null, site.frame(visit, "What the customer has", "/trace"), shown, visit));
        } finally {
            turn.release();
        }
    }

    private BalanceAnswer balance(String customer) {
        try {
            HttpResponse<String> answer = new GameballClient(
                            workplace.settings().gameball())
                    .send(Call.BALANCE, Call.BALANCE.path(customer), null);
            if (answer.statusCode() == NOT_FOUND) {
                return null;
            }
            Verdict<BalanceAnswer> verdict = new Answers()
                    .judge(
                            answer.statusCode(),
                            answer.body(),
                            answer.headers().firstValue("Retry-After").orElse(null),
                            BalanceAnswer.class);
            return verdict.orThrow("the question for a balance");
        } catch (IOException problem) {
            throw new RefusedException(
                    502,
                    "Gameball at " + workplace.settings().gameball().url() + " does not answer (" + problem
                            + "). Ask again later.",
                    problem);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw new RefusedException(503, "The console closes.", closing);
        }
    }
}
