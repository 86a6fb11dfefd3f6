package dev.posbridge.sandbox;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** What goes wrong at the moment. Faults are tried in the order they were added. Safe for any thread. */
public final class Faults {
    private final List<Armed> armed = new CopyOnWriteArrayList<>();
    private final Random random;

    Faults(long seed, List<Fault> faults) {
        random = new Random(seed);
        faults.forEach(this::add);
    }

    public void add(Fault fault) {
        armed.add(new Armed(fault));
    }

    public void clear() {
        armed.clear();
    }

    /** What was added and has not come to its end. */
    public List<Fault> list() {
        return armed.stream().map(one -> one.fault).toList();
    }

    /** Who is called: what a fault's filters look at. */
    record Target(String method, String path, Set<String> ids) {}

    /** Every pause that concerns the call. */
    List<Fault> pauses(Target target) {
        return armed.isEmpty()
                ? List.of()
                : armed.stream()
                        .filter(one -> one.fault.kind() == Fault.Kind.LATENCY && hits(one, target))
                        .map(one -> one.fault)
                        .toList();
    }

    /** The first fault that concerns the call itself. */
    Optional<Fault> ofCall(Target target) {
        return first(target, fault -> !fault.kind().ofJobs() && fault.kind() != Fault.Kind.LATENCY);
    }

    /** The first fault that concerns the job this call starts. */
    Optional<Fault> ofJob(Target target) {
        return first(target, fault -> fault.kind().ofJobs());
    }

    /** The first error made for this object of a batch. */
    Optional<Fault> ofObject(Target target) {
        return first(
                target,
                fault -> fault.kind() == Fault.Kind.ERROR && !fault.ids().isEmpty());
    }

    private Optional<Fault> first(Target target, Predicate<Fault> wanted) {
        for (Armed one : armed) {
            if (wanted.test(one.fault) && hits(one, target)) {
                return Optional.of(one.fault);
            }
        }
        return Optional.empty();
    }

    private boolean hits(Armed one, Target target) {
        if (!one.fault.concerns(target.method(), target.path(), target.ids())) {
            return false;
        }
        synchronized (this) {
            boolean hit = one.left > 0 && (one.fault.rate() >= 1 || random.nextDouble() < one.fault.rate());
            if (hit && one.fault.count() != null && --one.left == 0) {
                armed.remove(one);
            }
            return hit;
        }
    }

    private static final class Armed {
        private final Fault fault;
        private long left;

        private Armed(Fault fault) {
            this.fault = fault;
            this.left = fault.count() == null ? Long.MAX_VALUE : fault.count();
        }
    }
}
