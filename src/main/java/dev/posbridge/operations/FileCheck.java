package dev.posbridge.operations;

import dev.posbridge.ConfigurationException;
import dev.posbridge.Count;
import dev.posbridge.RecordRejectedException;
import dev.posbridge.gameball.Payloads;
import dev.posbridge.intake.DryRun;
import dev.posbridge.ledger.Entry;
import dev.posbridge.ledger.FileFigures;
import dev.posbridge.ledger.Forecast;
import dev.posbridge.ledger.Hold;
import dev.posbridge.ledger.RecordState;
import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.RecordKind;
import dev.posbridge.pos.Refund;
import dev.posbridge.pos.Sale;
import dev.posbridge.vendor.Profile;
import dev.posbridge.vendor.value.Tally;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What a dry run found in one file. Used by one thread. */
public final class FileCheck implements Consumer<Entry> {
    static final int MOST_ERRORS = 10;
    public static final int FIRST_CALLS = 3;
    /** As many as anybody is asked about. */
    public static final int MOST_CUSTOMERS = 20;

    private static final int AT_ONCE = 1_000;
    private static final int MOST_UNDERSTOOD = 200;

    private final String name;
    private final long most;
    private final PlannedCall.Planner planner;
    private final CheckedKeys before;
    private final Duration tolerance;
    private final Profile profile;
    private final Forecast forecast;
    private final List<Entry> waiting = new ArrayList<>();
    private final CheckedKeys keys = new CheckedKeys();
    private final Map<RecordKind, Long> records = new EnumMap<>(RecordKind.class);
    private final Map<RecordKind, Long> repeated = new EnumMap<>(RecordKind.class);
    private final Map<Reason, Long> skipped = new EnumMap<>(Reason.class);
    private final List<String> firstRepeated = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private final List<PlannedCall> firstCalls = new ArrayList<>();
    private final List<Understood> understood = new ArrayList<>();
    private final Set<String> firstCustomers = new LinkedHashSet<>();
    private BigDecimal sales = BigDecimal.ZERO;
    private BigDecimal refunds = BigDecimal.ZERO;
    private long guests;
    private long bad;
    private long unread;
    private long seen;
    private final FileFigures figures = new FileFigures();
    private DryRun.Outcome outcome;
    private Hold hold;
    private String knownAs;

    /**
     * @param before keys of the files before this one
     * @param forecast knows what was taken in before
     * @param most receipts that are looked at: each of them costs memory
     */
    FileCheck(
            String name,
            PlannedCall.Planner planner,
            CheckedKeys before,
            Profile profile,
            Forecast forecast,
            long most) {
        this.name = name;
        this.most = most;
        this.planner = planner;
        this.before = before;
        this.profile = profile;
        this.forecast = forecast;
        this.tolerance = profile.again().timeTolerance();
    }

    @Override
    public void accept(Entry entry) {
        if (++seen > most) {
            throw new ConfigurationException(name + ": has more than " + most
                    + " receipts, which are too many to be tried here. Type: posbridge check --vendor V " + name);
        }
        figures.add(entry);
        if (understood.size() < MOST_UNDERSTOOD) {
            understood.add(Understood.of(entry));
        }
        waiting.add(entry);
        if (waiting.size() == AT_ONCE) {
            compareWithLedger();
        }
    }

    /** As many together as intake looks up. */
    private void compareWithLedger() {
        Map<Entry, String> faults = forecast.faults(
                profile.identity(),
                waiting.stream()
                        .filter(entry -> entry.state() == RecordState.PENDING)
                        .toList(),
                tolerance,
                name);
        waiting.forEach(entry -> note(entry, faults.get(entry)));
        waiting.clear();
    }

    private void note(Entry entry, String fault) {
        if (fault != null) {
            noteBad(fault);
        } else if (entry.state() == RecordState.SKIPPED) {
            skipped.merge(entry.reason(), 1L, Long::sum);
            keys.addLeftOut(entry.posRecord());
        } else if (entry.state() == RecordState.DEAD) {
            unread += entry.posRecord() == null ? 1 : 0;
            noteBad(entry.message());
        } else {
            plan(entry.posRecord());
        }
    }

    /** @param content hash of the file's bytes */
    void lookWhetherKnown(String content) {
        knownAs =
                forecast.takenInAs(profile.identity(), content, profile.hash()).orElse(null);
    }

    /** Under which name the same content was taken in before; null where it was not. */
    public String knownAs() {
        return knownAs;
    }

    void end(DryRun.Outcome read) {
        compareWithLedger();
        outcome = read;
        hold = isRejected() || knownAs != null
                ? null
                : forecast.of(name, profile.identity(), figures, profile.limits())
                        .orElse(null);
    }

    private void plan(PosRecord posRecord) {
        try {
            PlannedCall call = planner.plan(posRecord);
            boolean again = before.contains(posRecord);
            if (again && before.isAnother(posRecord, tolerance)) {
                noteBad(posRecord.position() + ": receipt \"" + posRecord.key()
                        + "\" is another one than came under this number in a file before: time and goods are others. "
                        + Reason.KEY_REUSED.remedy());
                return;
            }
            records.merge(posRecord.kind(), 1L, Long::sum);
            if (!keys.add(posRecord) || again) {
                noteRepeated(posRecord);
                return;
            }
            addAmount(posRecord);
            if (posRecord.customer() != null && firstCustomers.size() < MOST_CUSTOMERS) {
                firstCustomers.add(posRecord.customer().id());
            }
            if (call.body() != null && firstCalls.size() < FIRST_CALLS) {
                firstCalls.add(call);
            }
        } catch (RecordRejectedException refused) {
            noteBad(refused.getMessage());
        }
    }

    private void addAmount(PosRecord posRecord) {
        if (posRecord instanceof Sale sale) {
            sales = sales.add(sale.totalPaid().amount());
            guests += Payloads.isGuest(sale) ? 1 : 0;
        } else if (posRecord instanceof Refund refund) {
            refunds = refunds.add(
                    refund.amount() == null ? BigDecimal.ZERO : refund.amount().amount());
            keys.addRefund(refund);
        }
    }

    private void noteRepeated(PosRecord posRecord) {
        repeated.merge(posRecord.kind(), 1L, Long::sum);
        if (firstRepeated.size() < MOST_ERRORS) {
            firstRepeated.add(posRecord.position() + ": " + CheckedKeys.name(posRecord));
        }
    }

    /** A refund that was counted, but will take back more than there is. */
    void refuse(GivenBack.Asked refund, String problem) {
        records.merge(RecordKind.REFUND, -1L, Long::sum);
        if (refund.amount() != null) {
            refunds = refunds.subtract(refund.amount().amount());
        }
        noteBad(problem);
    }

    private void noteBad(String message) {
        bad++;
        if (errors.size() < MOST_ERRORS) {
            errors.add(message);
        }
    }

    public String name() {
        return name;
    }

    /** What a person who checks the profile should know of it. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (knownAs != null) {
            notes.add("known: the same content was taken in before, as " + knownAs
                    + "; ingest counts it as duplicate and sends nothing of it");
        }
        if (!outcome.drops().isEmpty()) {
            notes.add("left out of customers because they are none: "
                    + outcome.drops().entrySet().stream()
                            .map(drop -> drop.getValue() + " " + drop.getKey())
                            .collect(Collectors.joining(", ")));
        }
        Tally tally = outcome.tally();
        notes.addAll(tally.lines());
        if (tally.overEarningSales() > 0) {
            notes.add("over-earning: the lines of " + Count.of(tally.overEarningSales(), "sale", "sales") + " come to "
                    + planner.money(tally.overEarningAmount())
                    + " more than was paid without a discount, and points follow the lines. Are rows there twice?"
                    + " balance refuses such receipts");
        }
        if (tally.underEarningSales() > 0) {
            notes.add("under-earning: the lines of " + Count.of(tally.underEarningSales(), "sale", "sales")
                    + " come to " + planner.money(tally.underEarningAmount())
                    + " less than was paid, and points follow the lines");
        }
        if (hold != null) {
            notes.add("would be held, " + hold.reason().code() + ": " + hold.message());
        }
        return notes;
    }

    public DryRun.Outcome outcome() {
        return outcome;
    }

    public boolean isRejected() {
        return outcome.rejection() != null;
    }

    /** Why it would be held until a person has looked; null where it would not, as far as can be known. */
    public Hold hold() {
        return hold;
    }

    public CheckedKeys keys() {
        return keys;
    }

    /** Records that would be stored to be delivered. */
    public long count(RecordKind kind) {
        return records.getOrDefault(kind, 0L);
    }

    /** Records whose key came before, in this file or an earlier one. */
    public long repeated(RecordKind kind) {
        return repeated.getOrDefault(kind, 0L);
    }

    /** The first of the repeated, with their positions. */
    public List<String> firstRepeated() {
        return firstRepeated;
    }

    public Map<Reason, Long> skipped() {
        return skipped;
    }

    /** Receipts and records that would become dead letters. */
    public long bad() {
        return bad;
    }

    /** Those of them that became no record: nobody knows which sales they are. */
    long unread() {
        return unread;
    }

    public List<String> errors() {
        return errors;
    }

    /** What the sales come to, repeated ones left out; the same for {@link #refunds}. */
    public BigDecimal sales() {
        return sales;
    }

    public BigDecimal refunds() {
        return refunds;
    }

    /** Sales that bring their customer along. */
    public long guests() {
        return guests;
    }

    public List<PlannedCall> firstCalls() {
        return firstCalls;
    }

    /** The first receipts beside their rows, in the file's order. */
    public List<Understood> understood() {
        return understood;
    }

    /** Different customers, the first that were met. */
    public Set<String> firstCustomers() {
        return firstCustomers;
    }
}
