package dev.posbridge.console;

import dev.posbridge.ledger.AuditBook;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.time.Instant;
import java.util.function.Consumer;

/** Puts pages together: what stands around each, and what is said where there is none. */
final class Site {
    private final Workplace workplace;

    Site(Workplace workplace) {
        this.workplace = workplace;
    }

    AuditBook audit() {
        return new AuditBook(workplace.database());
    }

    /** @param active path of the page in the menu */
    Frame frame(Visit visit, String title, String active) {
        return new Frame(
                title,
                active,
                workplace.account(),
                visit.session(),
                visit.showsPersonal(),
                visit.session().told());
    }

    private Frame outside(String title) {
        return new Frame(title, "", workplace.account(), null, false, null);
    }

    /** To somebody who is in, with the way to the other pages. */
    Answer problem(Session session, int status, String message) {
        Frame frame =
                new Frame("Not done", "", workplace.account(), session, session.showsPersonal(Instant.now()), null);
        String shown = frame.personal() ? message : Personal.text(message);
        return Answer.page(status, html(out -> JteproblemGenerated.render(out, null, frame, shown)));
    }

    Answer problem(int status, String message) {
        return Answer.page(status, html(out -> JteproblemGenerated.render(out, null, outside("Not done"), message)));
    }

    /** @param byName whether there are users, or only the key of this start */
    Answer signIn(int status, boolean byName, String problem) {
        return Answer.page(
                status, html(out -> JtesigninGenerated.render(out, null, outside("Sign in"), byName, problem)));
    }

    static Answer page(Consumer<HtmlTemplateOutput> template) {
        return Answer.page(200, html(template));
    }

    static String html(Consumer<HtmlTemplateOutput> template) {
        StringOutput text = new StringOutput();
        template.accept(new OwaspHtmlTemplateOutput(text));
        return text.toString();
    }
}
