package dev.posbridge.console;

import dev.posbridge.Nearest;
import dev.posbridge.ledger.HoldBook;
import dev.posbridge.ledger.HoldBook.Held;
import dev.posbridge.ledger.Pauses;
import dev.posbridge.ledger.Pauses.Pause;
import dev.posbridge.ledger.Requests;
import dev.posbridge.operations.HeldFiles;
import dev.posbridge.pos.RecordKind;
import dev.posbridge.vendor.Profile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** {@code /held}: the brakes. Files that wait for a person before anything of them leaves, and delivery that is paused. */
final class HeldPage {
    private static final String PATH = "/held";
    private static final int MOST = 200;

    private final Workplace workplace;
    private final Site site;
    private final HoldBook book;
    private final Pauses pauses;

    /** What is shown. @param served whether a service runs that reads what is released */
    record Shown(
            List<Held> held, long more, List<Pause> pauses, List<String> vendors, List<String> kinds, boolean served) {}

    HeldPage(Workplace workplace, Site site) {
        this.workplace = workplace;
        this.site = site;
        this.book = new HoldBook(workplace.database());
        this.pauses = new Pauses(workplace.database());
    }

    Answer page(Visit visit) {
        List<Held> held = book.held();
        Shown shown = new Shown(
                held.stream().limit(MOST).toList(),
                Math.max(0, held.size() - MOST),
                pauses.all(),
                workplace.vendors(),
                Arrays.stream(RecordKind.values()).map(RecordKind::word).toList(),
                workplace.isServed());
        return Site.page(out -> JteheldGenerated.render(
                out, null, site.frame(visit, "Held and paused", PATH), shown, visit, workplace.zone()));
    }

    /** The service reads it again; where none runs, the command does. */
    Answer release(Visit visit) {
        Held file = held(visit);
        String reason = visit.reason();
        if (file.isWhole() && !workplace.isServed()) {
            throw new RefusedException(
                    409,
                    "No service runs that could read it. Type: posbridge release " + file.vendor() + "/" + file.name()
                            + " --reason '...', or start posbridge run first.");
        }
        visit.audited(() -> {
            Held approved = new HeldFiles(workplace.database(), workplace.settings())
                    .approve(file, HoldBook.Approval.RELEASE, "release", reason);
            if (file.isWhole()) {
                String profile = workplace
                        .profiles()
                        .find(file.vendor())
                        .map(Profile::hash)
                        .orElse("");
                new Requests(workplace.database()).ask(file.vendor(), profile, List.of(Path.of(approved.path())));
            }
            return null;
        });
        visit.session()
                .tell("Released " + file.vendor() + "/" + file.name()
                        + (file.isWhole() ? ": the running service reads it now." : ": what was held of it is due."));
        return Answer.see(PATH);
    }

    Answer reject(Visit visit) {
        Held file = held(visit);
        String reason = visit.reason();
        long records =
                visit.audited(() -> new HeldFiles(workplace.database(), workplace.settings()).reject(file, reason));
        visit.session()
                .tell("Rejected " + file.vendor() + "/" + file.name() + ": " + Words.of(records, "record")
                        + " not delivered. A corrected file may come.");
        return Answer.see(PATH);
    }

    private Held held(Visit visit) {
        return book.held().stream()
                .filter(one -> one.id() == visit.number(0))
                .findFirst()
                .orElseThrow(() ->
                        new RefusedException(409, "It is not held any more: somebody else was faster. Look again."));
    }

    Answer pause(Visit visit) {
        Scope scope = scope(visit);
        String reason = visit.reason();
        if (pauses.all().stream().anyMatch(scope::isOf)) {
            visit.session().tell("Nothing was done: delivery" + scope.words() + " is paused already.");
            return Answer.see(PATH);
        }
        visit.audited(() -> {
            pauses.add(scope.vendor(), scope.store(), scope.kind(), reason);
            return null;
        });
        visit.session().tell("Delivery" + scope.words() + " is paused. Intake goes on.");
        return Answer.see(PATH);
    }

    Answer resume(Visit visit) {
        Scope scope = scope(visit);
        int lifted = visit.audited(() -> pauses.lift(scope.vendor(), scope.store(), scope.kind()));
        visit.session()
                .tell(
                        lifted == 0
                                ? "Nothing was done: delivery" + scope.words() + " is not paused any more."
                                : "Delivery" + scope.words() + " goes on.");
        return Answer.see(PATH);
    }

    /** What a pause is about; null means all. */
    private record Scope(String vendor, String store, RecordKind kind) {
        boolean isOf(Pause pause) {
            return Objects.equals(vendor, pause.vendor())
                    && Objects.equals(store, pause.store())
                    && Objects.equals(kind == null ? null : kind.word(), pause.kind());
        }

        String words() {
            return Pauses.scope(vendor, store, kind == null ? null : kind.word());
        }
    }

    private Scope scope(Visit visit) {
        String vendor = orNull(visit.asked().field("vendor").strip());
        String store = orNull(visit.asked().field("store").strip());
        String word = visit.asked().field("kind");
        RecordKind kind = Arrays.stream(RecordKind.values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElse(null);
        if (kind == null && !word.isEmpty()) {
            throw new RefusedException(400, "kind is \"" + word + "\", expected a kind of record, or none for all.");
        }
        boolean pausing = visit.asked().path().endsWith("/pause");
        if (pausing && vendor != null && !workplace.vendors().contains(vendor)) {
            throw new RefusedException(
                    400,
                    "vendor is \"" + vendor + "\", found no profile and no file of that name."
                            + Nearest.hint(vendor, workplace.vendors()));
        }
        if (pausing && store != null && !book.names().hasStore(vendor, store)) {
            throw new RefusedException(
                    400,
                    "store is \"" + store + "\", of which nothing ever came. For a store that is to sell its first"
                            + " receipt type posbridge pause --store " + store + " --new-store.");
        }
        return new Scope(vendor, store, kind);
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
