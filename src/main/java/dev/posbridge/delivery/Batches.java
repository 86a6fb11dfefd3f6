package dev.posbridge.delivery;

import dev.posbridge.gameball.Payloads;
import dev.posbridge.ledger.JobBook;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.settings.Account;
import dev.posbridge.settings.Settings;

/** What goes by the thousand, put together: who hands over, and who asks afterwards. */
public record Batches(BatchLane lane, Jobs jobs) {
    /** So many hand over at once, and so many ask: Gameball's answer may take longer than the next list. */
    public static final int WORKERS = 4;

    public static Batches of(
            Settings settings,
            LedgerDatabase database,
            Calls calls,
            Gate gate,
            FailurePolicy failures,
            Ways ways,
            RestoredLedger restored) {
        Account account = settings.account();
        Payloads payloads = new Payloads(account.merging(), account.returnWindowDays());
        JobBook book = new JobBook(database);
        BatchCustomers customers =
                new BatchCustomers(book, account, settings.refundsWait().toMillis());
        Jobs jobs = new Jobs(
                book, calls, gate, failures, customers, ways, settings.batch().jobDeadline(), restored);
        BatchBodies bodies = new BatchBodies(payloads, account.merging(), settings.batch(), account.returnWindowDays());
        return new Batches(new BatchLane(book, jobs, customers, bodies, ways, calls, failures), jobs);
    }
}
