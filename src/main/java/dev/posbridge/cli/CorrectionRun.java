package dev.posbridge.cli;

import dev.posbridge.Count;
import dev.posbridge.ledger.CorrectionBook;
import dev.posbridge.ledger.CorrectionBook.Choice;
import dev.posbridge.ledger.CorrectionBook.Comparison;
import dev.posbridge.ledger.CorrectionBook.Wrong;
import dev.posbridge.ledger.FileReport;
import dev.posbridge.ledger.FileState;
import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.operations.CorrectionFigures;
import dev.posbridge.operations.CorrectionWish;
import dev.posbridge.settings.Settings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A correction from the corrected file to the report: with an engine that delivers, or beside a service that does. */
record CorrectionRun(
        Settings settings,
        CorrectionBook book,
        LedgerAccount account,
        Terminal terminal,
        CorrectionWish wish,
        String reason,
        boolean json,
        boolean quiet) {

    /** Takes the corrected file in, without waiting for its delivery. */
    interface TakeIn {
        IngestResult takeIn() throws InterruptedException;
    }

    /** Waits until these files are settled. */
    interface Watch {
        IngestResult watch(List<Long> files) throws InterruptedException;
    }

    /** @param takeIn null where the corrections came already */
    int run(TakeIn takeIn, Watch watch) throws InterruptedException {
        // Asked first: the corrected file often has the same name, and is none of those that were wrong.
        Choice meant = wish.choice(book);
        wish.requireKnown(book, meant, takeIn != null);
        Set<Long> files = new LinkedHashSet<>();
        if (takeIn != null) {
            IngestResult taken = takeIn.takeIn();
            Optional<FileReport> file = taken.report().files().stream()
                    .filter(one -> one.state() != FileState.REJECTED && one.state() != FileState.HELD)
                    .findFirst();
            if (file.isEmpty()) {
                taken.print(terminal, json, quiet);
                ExitCode exit = taken.exitCode();
                return (exit == ExitCode.ALL_WELL ? ExitCode.NOT_SETTLED : exit).number();
            }
            files.add(file.get().id());
            meant = meant.broughtBy(book.bringer(file.get().id()));
        }
        Comparison found = wish.wrong(book, meant);
        List<Wrong> wrong = found.wrong();
        long underWay = wish.reverseOnly() ? 0 : book.underWay(meant);
        if (!json && !quiet) {
            new CorrectionView(new CorrectionFigures(found, wish.reverseOnly(), settings))
                    .print(terminal.out(), account.currency());
            terminal.out().println();
        }
        if (!wrong.isEmpty()) {
            files.addAll(book.correct(wrong, wish.name(), reason));
        }
        IngestResult result = watch.watch(List.copyOf(files));
        result.print(terminal, json, quiet);
        if (underWay > 0) {
            return again(underWay);
        }
        // An order that was named; a return that waits for one which is being taken back settles by itself.
        boolean left = result.exitCode() == ExitCode.ALL_WELL
                && found.refused().stream().anyMatch(why -> why.startsWith("\""));
        return (left ? ExitCode.LOOK : result.exitCode()).number();
    }

    private int again(long underWay) {
        terminal.err()
                .println(Count.of(underWay, "order was", "orders were")
                        + " being sent just now, so nobody knew yet what to take back. Run the same "
                        + "command again.");
        terminal.err().flush();
        return ExitCode.NOT_SETTLED.number();
    }
}
