package dev.posbridge.console;

import dev.posbridge.PosbridgeException;
import dev.posbridge.RecordRejectedException;
import dev.posbridge.ledger.DeadLetters.DeadLetter;
import dev.posbridge.ledger.Entry;
import dev.posbridge.ledger.RecordState;
import dev.posbridge.operations.PlannedCall;
import dev.posbridge.operations.Replaying;
import dev.posbridge.operations.Understood;
import java.util.ArrayList;
import java.util.List;

/**
 * What rows would become, by the code with which {@code check} says it.
 *
 * @param good whether something would be sent, or is rightly left out
 * @param problem why nothing can become of them; null where something can
 */
record Become(boolean good, List<Line> lines, String problem) {

    /** A record. @param request what Gameball would be told, null where only delivery can know it */
    record Line(RecordState state, String words, String call, String request) {}

    static Become of(Workplace workplace, DeadLetter letter, String corrected) {
        try {
            List<Entry> entries = new Replaying(
                            workplace.database(), workplace.account(), workplace.settings(), workplace.profiles())
                    .look(letter, corrected);
            PlannedCall.Planner planner =
                    new PlannedCall.Planner(workplace.settings().account());
            List<Line> lines = new ArrayList<>();
            entries.forEach(entry -> lines.add(line(entry, planner)));
            boolean good = !lines.isEmpty() && lines.stream().noneMatch(line -> line.state() == RecordState.DEAD);
            return new Become(good, lines, null);
        } catch (PosbridgeException refused) {
            return new Become(false, List.of(), refused.getMessage());
        }
    }

    private static Line line(Entry entry, PlannedCall.Planner planner) {
        if (entry.state() != RecordState.PENDING) {
            return new Line(entry.state(), Understood.words(entry), null, null);
        }
        try {
            PlannedCall call = planner.plan(entry.posRecord());
            return new Line(
                    entry.state(),
                    Understood.words(entry),
                    call.name(),
                    call.body() == null ? null : Json.pretty(call.json()));
        } catch (RecordRejectedException refused) {
            return new Line(RecordState.DEAD, refused.getMessage(), null, null);
        }
    }

    Become masked(boolean personal) {
        return personal
                ? this
                : new Become(
                        good,
                        lines.stream()
                                .map(line -> new Line(
                                        line.state(),
                                        Personal.text(line.words()),
                                        line.call(),
                                        line.request() == null ? null : Personal.json(line.request())))
                                .toList(),
                        Personal.text(problem));
    }
}
