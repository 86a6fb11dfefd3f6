package dev.posbridge.cli;

import dev.posbridge.ledger.CorrectionBook;
import dev.posbridge.ledger.CorrectionBook.Comparison;
import dev.posbridge.operations.CorrectionFigures;
import dev.posbridge.operations.CorrectionWish;
import dev.posbridge.operations.document.Json;
import dev.posbridge.settings.Settings;
import dev.posbridge.vendor.Profiles;
import java.nio.file.Path;

/** What a correction would do; reads only. */
record CorrectionLook(Settings settings, Profiles profiles, CorrectChoice options) {

    /** @param with the corrected file, or null */
    int print(ReadOnlyLedger ledger, Path with, Terminal terminal, boolean json) {
        CorrectionBook book = new CorrectionBook(ledger.database());
        CorrectionWish wish = options.wish();
        Comparison comparison =
                with == null ? wish.look(book) : wish.look(book, settings, profiles.named(options.vendor(book)), with);
        CorrectionView view = new CorrectionView(new CorrectionFigures(comparison, wish.reverseOnly(), settings));
        if (json) {
            terminal.out().println(Json.text(view.node(ledger.account())));
        } else {
            terminal.out().println("Dry run: nothing is changed.");
            view.print(terminal.out(), ledger.account().currency());
        }
        terminal.out().flush();
        // Whoever asked for something that cannot be corrected has to look at it.
        return (comparison.refused().isEmpty() ? ExitCode.ALL_WELL : ExitCode.LOOK).number();
    }
}
