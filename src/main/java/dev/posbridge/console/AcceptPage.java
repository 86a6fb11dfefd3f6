package dev.posbridge.console;

import dev.posbridge.ledger.HoldBook.Approval;
import dev.posbridge.ledger.HoldBook.Held;

/** {@code /held/N/accept}: a file that was rejected for its totals or its bad rows, what it comes to, and taking it in all the same. */
final class AcceptPage {
    private final Workplace workplace;
    private final Site site;
    private final Brakes brakes;

    /**
     * What is shown.
     *
     * @param despite as the command spells it
     */
    record Shown(Held file, String despite, Lying lying, boolean served) {}

    AcceptPage(Workplace workplace, Site site) {
        this.workplace = workplace;
        this.site = site;
        this.brakes = new Brakes(workplace);
    }

    Answer page(Visit visit) {
        Held file = brakes.file(visit.number(0));
        Shown shown = new Shown(
                file,
                approval(file).word(),
                Lying.of(visit, workplace, file.vendor(), file.path()),
                workplace.isServed());
        return Site.page(out -> JteacceptGenerated.render(
                out, null, site.frame(visit, "Take " + file.name() + " in", "/held"), shown, visit));
    }

    Answer accept(Visit visit) {
        Held file = brakes.file(visit.number(0));
        Approval approval = approval(file);
        String reason = visit.reason();
        String command = "accept --despite " + approval.word();
        String then = brakes.goOn(visit, file, approval, command, reason);
        visit.session().tell("Accepted " + file.vendor() + "/" + file.name() + ": " + then);
        return Answer.see("/files/" + file.id());
    }

    private static Approval approval(Held file) {
        return file.overruledBy()
                .orElseThrow(() -> new RefusedException(
                        409,
                        file.vendor() + "/" + file.name() + " was not rejected for its totals or its bad rows, it is "
                                + file.state().word() + ": somebody else was faster, or another one came."));
    }
}
