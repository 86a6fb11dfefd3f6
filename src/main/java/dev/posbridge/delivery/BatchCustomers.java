package dev.posbridge.delivery;

import dev.posbridge.gameball.BatchRequest;
import dev.posbridge.gameball.JobEntry;
import dev.posbridge.gameball.JobStatus;
import dev.posbridge.gameball.Payloads;
import dev.posbridge.ledger.CustomerStanding;
import dev.posbridge.ledger.DueSale;
import dev.posbridge.ledger.JobBook;
import dev.posbridge.ledger.JobKind;
import dev.posbridge.ledger.Outcome;
import dev.posbridge.ledger.Settlement;
import dev.posbridge.settings.Account;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Sees to it, ahead of the orders, that Gameball knows their customers: asks about those whom the ledger does not know by
 * the thousand, creates by the thousand those whom Gameball does not know either. Each customer is known through the first
 * of their sales. What is odd goes one by one, where the answer says more. Thread-safe.
 */
final class BatchCustomers {
    private static final int MOST_WAITING = 2 * BatchRequest.LARGEST;

    private final JobBook book;
    private final Account account;
    private final long parkMillis;
    private final Deque<DueSale> toAsk = new ArrayDeque<>();
    private final Deque<DueSale> toCreate = new ArrayDeque<>();
    /** Asked about, or being created. */
    private final Set<String> underWay = new HashSet<>();

    private final Set<String> absent = new HashSet<>();
    private final List<Settlement> refused = new ArrayList<>();

    BatchCustomers(JobBook book, Account account, long parkMillis) {
        this.book = book;
        this.account = account;
        this.parkMillis = parkMillis;
    }

    /** Whether the sale may go; if not, its customer is asked about. */
    synchronized boolean areReady(DueSale sale) {
        if (sale.customerKnown() || sale.customerId() == null || Payloads.isGuest(sale.customerId(), sale.orderId())) {
            return true;
        }
        if (absent.contains(sale.customerId())) {
            refuse(sale);
        } else if (underWay.add(sale.customerId())) {
            toAsk.add(sale);
        }
        return false;
    }

    /** Whether so many wait to be asked about that looking for more has time. */
    synchronized boolean isFull() {
        return toAsk.size() >= MOST_WAITING;
    }

    synchronized boolean isIdle() {
        return underWay.isEmpty();
    }

    /** Forgets who was not there: somebody may create them. */
    synchronized void forgetAbsent() {
        absent.clear();
    }

    /**
     * Takes those to be created, or asked about.
     *
     * @param fewToo whether less than a full list may go
     * @return empty where there are not enough
     */
    synchronized List<DueSale> take(JobKind kind, boolean fewToo) {
        Deque<DueSale> waiting = kind == JobKind.CUSTOMERS ? toCreate : toAsk;
        if (waiting.size() < BatchRequest.LARGEST && !fewToo) {
            return List.of();
        }
        List<DueSale> taken = new ArrayList<>();
        while (taken.size() < BatchRequest.LARGEST && !waiting.isEmpty()) {
            taken.add(waiting.remove());
        }
        return taken;
    }

    /** Nothing left us: they wait for another call. */
    synchronized void putBack(JobKind kind, List<DueSale> customers) {
        Deque<DueSale> waiting = kind == JobKind.CUSTOMERS ? toCreate : toAsk;
        for (int i = customers.size() - 1; i >= 0; i--) {
            waiting.addFirst(customers.get(i));
        }
    }

    /** The list as a whole failed, or nobody knows: each customer is seen to with the first of their sales. */
    synchronized void oneByOne(List<DueSale> customers) {
        book.sendSingly(customers.stream().map(DueSale::recordId).toList());
        customers.forEach(customer -> underWay.remove(customer.customerId()));
    }

    /** Takes in what a job says of those who were asked about. */
    synchronized void answered(List<DueSale> customers, JobStatus job) {
        Set<String> there = ids(job.successful());
        Map<String, JobEntry> failed = failed(job);
        List<DueSale> odd = new ArrayList<>();
        List<CustomerStanding> known = new ArrayList<>();
        for (DueSale customer : customers) {
            JobEntry failure = failed.get(customer.customerId());
            if (there.contains(customer.customerId())) {
                existing(customer, known, odd);
            } else if (failure != null && !failure.isTrouble()) {
                unknown(customer);
            } else {
                odd.add(customer);
            }
        }
        book.learn(known);
        known.forEach(customer -> underWay.remove(customer.customerId()));
        oneByOne(odd);
    }

    private void existing(DueSale customer, List<CustomerStanding> known, List<DueSale> odd) {
        switch (account.existingCustomers()) {
            case LEAVE -> known.add(new CustomerStanding(customer.customerId(), false));
            // An update is told once, as with the first call of its own.
            case UPDATE, FILL_GAPS -> odd.add(customer);
        }
    }

    private void unknown(DueSale customer) {
        if (ended(customer) == null) {
            toCreate.add(customer);
        } else {
            absent.add(customer.customerId());
            underWay.remove(customer.customerId());
        }
    }

    /** Takes in what a job says of those who were created. */
    synchronized void created(List<DueSale> customers, JobStatus job) {
        Set<String> there = ids(job.successful());
        boolean allThere = job.isWholeSuccess(customers.size());
        List<DueSale> odd = new ArrayList<>();
        List<CustomerStanding> ours = new ArrayList<>();
        for (DueSale customer : customers) {
            if (allThere || there.contains(customer.customerId())) {
                ours.add(new CustomerStanding(customer.customerId(), true));
            } else {
                odd.add(customer);
            }
        }
        book.learn(ours);
        ours.forEach(customer -> underWay.remove(customer.customerId()));
        oneByOne(odd);
    }

    /** Writes how sales of customers ended whom the account does not want created. */
    synchronized void settleRefused() {
        if (!refused.isEmpty()) {
            book.settleUnsent(refused);
            refused.clear();
        }
    }

    private void refuse(DueSale sale) {
        refused.add(new Settlement(sale.recordId(), ended(sale)));
    }

    private Outcome ended(DueSale sale) {
        // Most accounts create everybody: then nobody reads who it is.
        return account.unknownCustomers() == Account.UnknownCustomers.CREATE
                ? null
                : CustomerSteps.endedUnlessCreated(account, sale.sale().customer(), parkMillis);
    }

    private static Set<String> ids(List<JobEntry> entries) {
        return entries.stream().map(JobEntry::customerId).collect(Collectors.toSet());
    }

    private static Map<String, JobEntry> failed(JobStatus job) {
        return job.failed().stream()
                .filter(entry -> entry.customerId() != null)
                .collect(Collectors.toMap(JobEntry::customerId, Function.identity(), (one, other) -> one));
    }
}
