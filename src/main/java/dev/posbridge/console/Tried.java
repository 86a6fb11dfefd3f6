package dev.posbridge.console;

import dev.posbridge.PosbridgeException;
import dev.posbridge.ledger.Forecast;
import dev.posbridge.ledger.RecordState;
import dev.posbridge.operations.CheckResult;
import dev.posbridge.operations.FileCheck;
import dev.posbridge.operations.PlannedCall;
import dev.posbridge.operations.Understood;
import dev.posbridge.pos.RecordKind;
import dev.posbridge.vendor.Control;
import dev.posbridge.vendor.Profile;
import dev.posbridge.vendor.format.Table;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * What a file would come to, by the code of {@code check}: nothing of it is stored or sent. Personal data are masked unless the
 * session asked for them.
 *
 * @param sums what it brings, and what is left out
 * @param rejection why the whole file would be rejected; null where it would not
 * @param errors of bad receipts, the first
 * @param receipts the first, beside their rows
 * @param calls that would be made first
 * @param unused columns that the profile neither uses nor drops
 */
record Tried(
        String name,
        long rows,
        long receiptsOfFile,
        List<Sum> sums,
        List<Control> controls,
        String rejection,
        long bad,
        List<String> errors,
        List<String> notes,
        List<String> unused,
        List<Receipt> receipts,
        List<Request> calls) {
    private static final int MOST_RECEIPTS = 40;
    private static final int MOST_UNUSED = 100;
    /** A file of 16 MiB may unpack to many more than a service has memory for. */
    private static final long MOST_OF_FILE = 200_000;
    /** A file is read to its end for each, so one asks at a time. */
    private static final Semaphore TURN = new Semaphore(1);

    /** A kind of record or a reason why it is left out. @param money null where it has none */
    record Sum(String what, long records, BigDecimal money) {}

    /** @param cells its rows by their columns; empty where they cannot be taken apart, then there is the text */
    record Receipt(String place, String state, String words, List<List<DeadLetterRows.Cell>> cells, String text) {}

    /** A call to Gameball. */
    record Request(String name, String json) {}

    boolean isGood() {
        return rejection == null && bad == 0;
    }

    /** @throws RefusedException where somebody else's file is being read */
    static Tried of(Visit visit, Workplace workplace, Profile profile, Path file) {
        if (!TURN.tryAcquire()) {
            throw new RefusedException(503, "Another file is being read. Do it again in a moment.");
        }
        try {
            CheckResult result = CheckResult.of(
                    profile,
                    workplace.settings().account(),
                    List.of(file),
                    Forecast.by(workplace.database()),
                    MOST_OF_FILE);
            return of(visit, profile, result, result.files().get(0));
        } finally {
            TURN.release();
        }
    }

    private static Tried of(Visit visit, Profile profile, CheckResult result, FileCheck file) {
        boolean personal = visit.showsPersonal();
        String header = file.outcome().header();
        return new Tried(
                file.name(),
                file.outcome().rows(),
                file.outcome().receipts(),
                sums(file, result),
                file.outcome().controls(),
                file.isRejected()
                        ? visit.masked(file.outcome().rejection().reason().code() + ": "
                                + file.outcome().rejection().getMessage())
                        : null,
                file.bad(),
                file.errors().stream().map(visit::masked).toList(),
                file.notes().stream().map(visit::masked).toList(),
                file.outcome().unused().stream().limit(MOST_UNUSED).toList(),
                file.understood().stream()
                        .limit(MOST_RECEIPTS)
                        .map(one -> receipt(visit, profile, file.name(), header, one))
                        .toList(),
                file.firstCalls().stream()
                        .map(call -> new Request(call.name(), shown(call, personal)))
                        .toList());
    }

    private static String shown(PlannedCall call, boolean personal) {
        String json = Json.pretty(call.json());
        return personal ? json : Personal.json(json);
    }

    private static List<Sum> sums(FileCheck file, CheckResult result) {
        List<Sum> sums = new ArrayList<>();
        for (RecordKind kind : RecordKind.values()) {
            if (file.count(kind) > 0) {
                BigDecimal money =
                        kind == RecordKind.SALE ? file.sales() : kind == RecordKind.REFUND ? file.refunds() : null;
                sums.add(new Sum(kind.word() + "s", file.count(kind), money));
            }
        }
        file.skipped().forEach((reason, count) -> sums.add(new Sum("left out: " + reason.code(), count, null)));
        if (result.repeated() > 0) {
            sums.add(new Sum("there twice, counted once", result.repeated(), null));
        }
        if (file.bad() > 0) {
            sums.add(new Sum("cannot be understood", file.bad(), null));
        }
        return sums;
    }

    private static Receipt receipt(Visit visit, Profile profile, String name, String header, Understood one) {
        List<List<DeadLetterRows.Cell>> cells = cells(profile, name, header, one.raw(), visit.showsPersonal());
        return new Receipt(
                one.place(),
                one.state() == RecordState.DEAD ? "bad" : one.state() == RecordState.SKIPPED ? "left out" : "good",
                visit.masked(one.words()),
                cells,
                cells.isEmpty() ? visit.masked(one.raw()) : "");
    }

    private static List<List<DeadLetterRows.Cell>> cells(
            Profile profile, String name, String header, String raw, boolean personal) {
        try {
            Table table = profile.table(name, header);
            return DeadLetterRows.cells(table, profile.split(table, name, header, raw), personal, -1, -1);
        } catch (PosbridgeException | IllegalStateException none) {
            return List.of();
        }
    }
}
