package dev.posbridge.console;

import dev.posbridge.PosbridgeException;
import dev.posbridge.PrivateFiles;
import dev.posbridge.ledger.CorrectionBook;
import dev.posbridge.ledger.CorrectionBook.Choice;
import dev.posbridge.ledger.CorrectionBook.Wrong;
import dev.posbridge.ledger.FileState;
import dev.posbridge.ledger.NightBook;
import dev.posbridge.ledger.NightBook.NightFile;
import dev.posbridge.ledger.Requests;
import dev.posbridge.operations.CorrectionFigures;
import dev.posbridge.operations.CorrectionWish;
import dev.posbridge.operations.ListedOrders;
import dev.posbridge.vendor.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * {@code /corrections}: orders that were delivered wrong are taken back, and sent as they should have been. What it comes to is
 * shown first; what is done is done once, whoever presses too, because an order that is being corrected is wrong no more.
 */
final class CorrectionsPage {
    private static final String PATH = "/corrections";
    private static final long MOST_RECEIPTS = 200_000;
    private static final int LONGEST_LIST = 20_000;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
    private static final ReentrantLock TURN = new ReentrantLock();

    private final Workplace workplace;
    private final Site site;
    private final CorrectionBook book;
    private final NightBook nights;
    private final Service service;

    /** As it was typed. @param how came, reverse or with */
    record Typed(String file, String records, String how, String vendor) {
        boolean isAsked() {
            return !(file + records).isBlank();
        }
    }

    /**
     * What is shown.
     *
     * @param figures what it would do; null where nobody asked, or nothing can be said
     * @param problem why nothing can be said; null where it can
     * @param with the corrected file by which it was said; null for none
     */
    record Shown(
            Typed typed,
            CorrectionFigures figures,
            String problem,
            String with,
            List<String> vendors,
            boolean served) {}

    CorrectionsPage(Workplace workplace, Site site) {
        this.workplace = workplace;
        this.site = site;
        this.book = new CorrectionBook(workplace.database());
        this.nights = new NightBook(workplace.database());
        this.service = new Service(workplace);
    }

    Answer page(Visit visit) {
        Asked asked = visit.asked();
        Typed typed = new Typed(
                asked.query("file").strip(),
                asked.query("records").strip(),
                asked.query("how").equals("reverse") ? "reverse" : "came",
                "");
        if (!typed.isAsked()) {
            return shown(visit, typed, null, null, null);
        }
        try {
            CorrectionWish wish = wish(typed);
            return shown(visit, typed, figures(wish.look(book), wish), null, null);
        } catch (PosbridgeException problem) {
            return shown(visit, typed, null, problem.getMessage(), null);
        }
    }

    /** What a corrected file would change; it is gone when the page is there. */
    Answer look(Visit visit) {
        Typed typed = typed(visit, "with");
        return DroppedFile.answer(visit, workplace, file -> {
            CorrectionWish wish = wish(typed);
            return shown(
                    visit,
                    typed,
                    figures(wish.look(book, workplace.settings(), profile(typed, wish), file.path()), wish),
                    null,
                    file.name());
        });
    }

    private CorrectionFigures figures(CorrectionBook.Comparison comparison, CorrectionWish wish) {
        return new CorrectionFigures(comparison, wish.reverseOnly(), workplace.settings());
    }

    /** By what is in the ledger already. */
    Answer correct(Visit visit) {
        Typed typed = typed(visit, visit.asked().field("how").equals("reverse") ? "reverse" : "came");
        String reason = visit.reason();
        CorrectionWish wish = wish(typed);
        return alone(() -> {
            Choice meant = wish.choice(book);
            List<Wrong> wrong = wish.wrong(book, meant).wrong();
            String seen = visit.asked().field("orders");
            if (!wrong.isEmpty() && !seen.equals(Integer.toString(wrong.size()))) {
                throw new RefusedException(
                        409,
                        "It is about " + Words.of(wrong.size(), "order") + " now, and was about \"" + seen
                                + "\" when you looked. Nothing was done: look again.");
            }
            return done(visit, wish, wrong, wish.reverseOnly() ? 0 : book.underWay(meant), reason);
        });
    }

    /** The corrected file is handed to the service, and what differs is corrected when it is read. */
    Answer correctWith(Visit visit) {
        Typed typed = typed(visit, "with");
        String reason = visit.reason();
        CorrectionWish wish = wish(typed);
        service.requireThere("correct --file " + wish.name() + " --with FILE");
        return DroppedFile.answer(visit, workplace, dropped -> {
            Profile profile = profile(typed, wish);
            wish.look(book, workplace.settings(), profile, dropped.path());
            Choice meant = wish.choice(book);
            return alone(() -> {
                NightFile taken = taken(visit, profile, dropped);
                Choice by = meant.broughtBy(book.bringer(taken.id()));
                return done(visit, wish, wish.wrong(book, by).wrong(), book.underWay(by), reason);
            });
        });
    }

    private NightFile taken(Visit visit, Profile profile, DroppedFile dropped) {
        Requests requests = workplace.requests();
        long request = visit.audited(() -> requests.ask(profile.vendor(), profile.hash(), List.of(kept(dropped))));
        if (!service.await(request, LONGEST_WAIT).ended()) {
            throw new RefusedException(
                    409,
                    "The running service reads the corrected file still. When it has, correct \"by what came already\".");
        }
        NightFile file = nights.file(requests.files(request).values().stream()
                .findFirst()
                .orElseThrow(() -> new RefusedException(409, "The service did not take the corrected file in.")));
        if (file.state() == FileState.REJECTED || file.state() == FileState.HELD) {
            throw new RefusedException(409, "Nothing was corrected: " + file.message());
        }
        return file;
    }

    /** The service reads it after this page is answered, if it must: there it lies until tomorrow. */
    private Path kept(DroppedFile dropped) {
        try {
            Path all = PrivateFiles.folder(workplace.settings().folders().data().resolve("corrected"));
            DroppedFile.forget(all, Duration.ofDays(1));
            Path folder = Files.createTempDirectory(all, "by");
            return Files.copy(dropped.path(), folder.resolve(dropped.name()));
        } catch (IOException problem) {
            throw new RefusedException(507, "The file cannot be laid down: " + problem.getMessage(), problem);
        }
    }

    private Answer done(Visit visit, CorrectionWish wish, List<Wrong> wrong, long underWay, String reason) {
        String again = underWay == 0
                ? ""
                : " " + Words.of(underWay, "order")
                        + " being sent just now could not be told yet: do the same again in a minute.";
        if (wrong.isEmpty()) {
            visit.session().tell("Nothing was done: nothing of it is wrong, or it is being corrected already." + again);
        } else {
            visit.audited(() -> book.correct(wrong, wish.name(), reason));
            visit.session()
                    .tell("Corrected: " + Words.of(wrong.size(), "order") + " taken back"
                            + (wish.reverseOnly() ? "" : " and sent as it should have been") + ". "
                            + (workplace.isServed()
                                    ? "The running service delivers it."
                                    : "Nothing runs here: the next posbridge run delivers it.")
                            + again);
        }
        return Answer.see(PATH);
    }

    /** Two people who press at once: the second finds what is left, which is nothing. */
    private static Answer alone(java.util.function.Supplier<Answer> work) {
        TURN.lock();
        try {
            return work.get();
        } finally {
            TURN.unlock();
        }
    }

    private Profile profile(Typed typed, CorrectionWish wish) {
        String vendor = wish.file() != null ? wish.vendor(book) : typed.vendor();
        if (vendor.isEmpty()) {
            throw new RefusedException(400, "A corrected file is read by a vendor's profile: choose the vendor.");
        }
        return workplace.profiles().named(vendor);
    }

    private static Typed typed(Visit visit, String how) {
        Asked asked = visit.asked();
        return new Typed(
                asked.field("file-name").strip(), asked.field("records").strip(), how, asked.field("vendor"));
    }

    private CorrectionWish wish(Typed typed) {
        if (typed.file().isEmpty() == typed.records().isEmpty()) {
            throw new RefusedException(400, "Say which orders: a file's name, or a list, one of the two.");
        }
        if (typed.records().length() > LONGEST_LIST) {
            throw new RefusedException(400, "The list is too long for a page. Type: posbridge correct --records FILE");
        }
        boolean reverse = typed.how().equals("reverse");
        if (typed.file().isEmpty()) {
            return new CorrectionWish(
                    null,
                    ListedOrders.of("The list", Arrays.asList(typed.records().split("[,\\s]+"))),
                    reverse);
        }
        long receipts = book.files(typed.file()).stream()
                .mapToLong(file -> nights.file(file).receipts())
                .sum();
        if (receipts > MOST_RECEIPTS) {
            throw new RefusedException(
                    409,
                    "The file has " + Words.count(receipts)
                            + " receipts, too many for a page. Type: posbridge correct --file " + typed.file());
        }
        return new CorrectionWish(typed.file(), null, reverse);
    }

    private Answer shown(Visit visit, Typed typed, CorrectionFigures figures, String problem, String with) {
        Shown shown = new Shown(typed, figures, problem, with, workplace.vendors(), workplace.isServed());
        return Site.page(out ->
                JtecorrectionsGenerated.render(out, null, site.frame(visit, "Corrections", "/held"), shown, visit));
    }
}
