package dev.posbridge.cli;

import dev.posbridge.RecordRejectedException;
import dev.posbridge.intake.AccountRules;
import dev.posbridge.intake.DryRun;
import dev.posbridge.ledger.Entry;
import dev.posbridge.ledger.RecordState;
import dev.posbridge.operations.PlannedCall;
import dev.posbridge.operations.Understood;
import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Refund;
import dev.posbridge.pos.Sale;
import dev.posbridge.settings.Account;
import dev.posbridge.vendor.Profile;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What two versions of a profile make of the same files, receipt by receipt. Used by one thread. */
final class ProfileDifference {
    private static final String NOTHING = "no receipt starts here";

    private final Account account;
    private final List<Change> changes = new ArrayList<>();
    private final Side before = new Side();
    private final Side now = new Side();
    private final List<String> rejected = new ArrayList<>();
    private long changed;
    private long compared;

    /** A receipt that is understood in another way. */
    record Change(String place, String before, String now) {}

    /** What one version makes of one receipt: the words for people, and all that would be sent. */
    private record Told(String words, String sent) {
        static final String REJECTED = "the file is rejected: ";

        boolean isRejection() {
            return words.startsWith(REJECTED);
        }
    }

    ProfileDifference(Account account) {
        this.account = account;
    }

    void compare(Profile formerly, Profile today, Path file) {
        Map<Long, Told> old = before.read(formerly, file);
        Map<Long, Told> fresh = now.read(today, file);
        Told was = old.get(0L);
        if (was != null
                && was.isRejection()
                && fresh.containsKey(0L)
                && fresh.get(0L).isRejection()) {
            rejected.add(file.getFileName() + ": " + fresh.get(0L).words());
            return; // Nothing of it was compared, also where both say the same.
        }
        TreeSet<Long> lines = new TreeSet<>(old.keySet());
        lines.addAll(fresh.keySet());
        for (long line : lines) {
            compared++;
            Told one = old.get(line);
            Told other = fresh.get(line);
            if (one == null || other == null || !one.sent().equals(other.sent())) {
                changed++;
                if (changes.size() < 1_000) {
                    changes.add(change(file, line, one, other));
                }
            }
        }
    }

    private static Change change(Path file, long line, Told one, Told other) {
        String was = one == null ? NOTHING : one.words();
        String is = other == null ? NOTHING : other.words();
        boolean alike = was.equals(is);
        return new Change(
                file.getFileName() + (line == 0 ? "" : ":" + line),
                alike ? one.sent() : was,
                alike ? other.sent() : is);
    }

    List<Change> first(int most) {
        return changes.subList(0, Math.min(most, changes.size()));
    }

    /** Files that both versions reject, with what the newer one says. */
    List<String> rejected() {
        return rejected;
    }

    long changed() {
        return changed;
    }

    long compared() {
        return compared;
    }

    BigDecimal salesBefore() {
        return before.sales;
    }

    BigDecimal salesNow() {
        return now.sales;
    }

    BigDecimal refundsBefore() {
        return before.refunds;
    }

    BigDecimal refundsNow() {
        return now.refunds;
    }

    /** One version, over all files. */
    private final class Side {
        private BigDecimal sales = BigDecimal.ZERO;
        private BigDecimal refunds = BigDecimal.ZERO;

        /** By the line on which the receipt starts; the file's own rejection stands at line 0. */
        Map<Long, Told> read(Profile profile, Path file) {
            Map<Long, Told> told = new LinkedHashMap<>();
            List<PosRecord> taken = new ArrayList<>();
            PlannedCall.Planner planner = new PlannedCall.Planner(account);
            DryRun.Outcome outcome = new DryRun(profile, new AccountRules(account)).read(file, entry -> {
                told.put(entry.position().line(), told(entry, planner));
                if (entry.state() == RecordState.PENDING) {
                    taken.add(entry.posRecord());
                }
            });
            if (outcome.rejection() != null) {
                String words = Told.REJECTED + outcome.rejection().getMessage();
                return Map.of(0L, new Told(words, words));
            }
            taken.forEach(this::add);
            return told;
        }

        private void add(PosRecord posRecord) {
            if (posRecord instanceof Sale sale) {
                sales = sales.add(sale.totalPaid().amount());
            } else if (posRecord instanceof Refund refund && refund.amount() != null) {
                refunds = refunds.add(refund.amount().amount());
            }
        }
    }

    private static Told told(Entry entry, PlannedCall.Planner planner) {
        String words = Understood.words(entry);
        if (entry.state() != RecordState.PENDING) {
            return new Told(words, words);
        }
        try {
            PlannedCall call = planner.plan(entry.posRecord());
            return new Told(words, call.body() == null ? words : words + " " + call.json());
        } catch (RecordRejectedException refused) {
            return new Told("dead letter: " + refused.getMessage(), refused.getMessage());
        }
    }
}
