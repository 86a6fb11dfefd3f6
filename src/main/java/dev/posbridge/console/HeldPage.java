package dev.posbridge.console;

import dev.posbridge.ledger.HoldBook;
import dev.posbridge.ledger.HoldBook.Held;
import dev.posbridge.ledger.Pauses;
import dev.posbridge.ledger.Pauses.Pause;
import dev.posbridge.pos.RecordKind;
import java.util.Arrays;
import java.util.List;

/** {@code /held}: the brakes. Files that wait for a person before anything of them leaves, and delivery that is paused. */
final class HeldPage {
    private static final String PATH = "/held";
    private static final int MOST = 200;

    private final Workplace workplace;
    private final Site site;
    private final HoldBook book;
    private final Pauses pauses;
    private final Brakes brakes;

    /** What is shown. @param served whether a service runs that reads what is released */
    record Shown(
            List<Held> held,
            long more,
            List<Held> overrulable,
            List<Pause> pauses,
            List<String> vendors,
            List<String> kinds,
            boolean served) {}

    HeldPage(Workplace workplace, Site site) {
        this.workplace = workplace;
        this.site = site;
        this.book = new HoldBook(workplace.database());
        this.pauses = new Pauses(workplace.database());
        this.brakes = new Brakes(workplace);
    }

    Answer page(Visit visit) {
        List<Held> held = book.held();
        Shown shown = new Shown(
                held.stream().limit(MOST).toList(),
                Math.max(0, held.size() - MOST),
                book.overrulable(MOST),
                pauses.all(),
                workplace.vendors(),
                Arrays.stream(RecordKind.values()).map(RecordKind::word).toList(),
                workplace.isServed());
        return Site.page(out -> JteheldGenerated.render(
                out, null, site.frame(visit, "Held and paused", PATH), shown, visit, workplace.zone()));
    }

    Answer release(Visit visit) {
        Held file = brakes.held(visit.number(0));
        String then = brakes.goOn(visit, file, HoldBook.Approval.RELEASE, "release", visit.reason());
        visit.session().tell("Released " + file.vendor() + "/" + file.name() + ": " + then);
        return Answer.see(PATH);
    }

    Answer reject(Visit visit) {
        Held file = brakes.held(visit.number(0));
        long records = brakes.reject(visit, file, visit.reason());
        visit.session()
                .tell("Rejected " + file.vendor() + "/" + file.name() + ": " + Words.of(records, "record")
                        + " not delivered. A corrected file may come.");
        return Answer.see(PATH);
    }

    Answer pause(Visit visit) {
        Brakes.Scope scope = brakes.scopeToPause(visit);
        visit.session()
                .tell(
                        brakes.pause(visit, scope, visit.reason())
                                ? "Delivery" + scope.words() + " is paused. Intake goes on."
                                : "Nothing was done: delivery" + scope.words() + " is paused already.");
        return Answer.see(PATH);
    }

    Answer resume(Visit visit) {
        Brakes.Scope scope = Brakes.scope(visit);
        visit.session()
                .tell(
                        brakes.resume(visit, scope) == 0
                                ? "Nothing was done: delivery" + scope.words() + " is not paused any more."
                                : "Delivery" + scope.words() + " goes on.");
        return Answer.see(PATH);
    }
}
