package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.intake.AccountRules;
import dev.posbridge.intake.DryRun;
import dev.posbridge.ledger.CorrectedFile;
import dev.posbridge.ledger.CorrectionBook;
import dev.posbridge.ledger.CorrectionBook.Choice;
import dev.posbridge.ledger.CorrectionBook.Comparison;
import dev.posbridge.ledger.Entry;
import dev.posbridge.operations.document.Json;
import dev.posbridge.settings.Settings;
import dev.posbridge.vendor.Profile;
import dev.posbridge.vendor.Profiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a correction would do; reads only. */
record CorrectionLook(Settings settings, Profiles profiles, CorrectChoice options) {
    private static final int CHUNK = 1_000;

    /** @param with the corrected file, or null */
    int print(ReadOnlyLedger ledger, Path with, Terminal terminal, boolean json) {
        CorrectionBook book = new CorrectionBook(ledger.database());
        Choice choice = options.choice(book);
        options.requireKnown(book, choice, with != null);
        Comparison comparison = with == null
                ? options.wrong(book, choice)
                : compare(profiles.named(options.vendor(book)), book, choice, with);
        CorrectionView view = new CorrectionView(comparison, options.isReverseOnly(), settings);
        if (json) {
            terminal.out().println(Json.text(view.node(ledger.account())));
        } else {
            terminal.out().println("Dry run: nothing is changed.");
            view.print(terminal.out(), ledger.account().currency());
        }
        terminal.out().flush();
        return ExitCode.ALL_WELL.number();
    }

    private Comparison compare(Profile profile, CorrectionBook book, Choice choice, Path with) {
        List<Entry> entries = new ArrayList<>();
        CorrectedFile file = new CorrectedFile(
                book.database(), profile.identity(), profile.again().timeTolerance(), choice);
        Runnable flush = () -> {
            file.add(entries);
            entries.clear();
        };
        DryRun.Outcome outcome = new DryRun(profile, new AccountRules(settings.account())).read(with, entry -> {
            entries.add(entry);
            if (entries.size() >= CHUNK) {
                flush.run();
            }
        });
        flush.run();
        if (outcome.rejection() != null) {
            throw new ConfigurationException(
                    with + " would be rejected: " + outcome.rejection().getMessage());
        }
        return file.result();
    }
}
