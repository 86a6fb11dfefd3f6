package dev.posbridge.console;

import dev.posbridge.ledger.FileState;
import dev.posbridge.ledger.HoldBook;
import dev.posbridge.ledger.HoldBook.Held;
import dev.posbridge.ledger.Names;
import dev.posbridge.ledger.Pauses;
import dev.posbridge.operations.HeldFiles;
import dev.posbridge.pos.RecordKind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/** What a person decides about files that wait for one, and about delivery as a whole; for the pages and for programs. */
final class Brakes {
    private final Workplace workplace;
    private final HoldBook book;
    private final Pauses pauses;
    private final Service service;

    /** What a pause is about; null means all. */
    record Scope(String vendor, String store, RecordKind kind) {
        private boolean isOf(Pauses.Pause pause) {
            return Objects.equals(vendor, pause.vendor())
                    && Objects.equals(store, pause.store())
                    && Objects.equals(kind == null ? null : kind.word(), pause.kind());
        }

        String words() {
            return Pauses.scope(vendor, store, kind == null ? null : kind.word());
        }
    }

    Brakes(Workplace workplace) {
        this.workplace = workplace;
        this.book = new HoldBook(workplace.database());
        this.pauses = new Pauses(workplace.database());
        this.service = new Service(workplace);
    }

    /** @throws RefusedException where it is held no longer */
    Held held(long id) {
        return book.held().stream()
                .filter(one -> one.id() == id)
                .findFirst()
                .orElseThrow(() ->
                        new RefusedException(409, "It is not held any more: somebody else was faster. Look again."));
    }

    /** A file, held or not. */
    Held file(long id) {
        return book.byId(id).orElseThrow(() -> RefusedException.absent("file", id));
    }

    /**
     * The service reads it again; where none runs, the command does. Asked twice, it reads it once.
     *
     * @param command as it is typed, without its file and reason
     * @return what becomes of it, for people
     */
    String goOn(Visit visit, Held file, HoldBook.Approval approval, String command, String reason) {
        boolean toBeRead = file.isWhole() || file.state() == FileState.REJECTED;
        if (toBeRead) {
            service.requireThere(command + " " + file.vendor() + "/" + file.name());
        }
        if (toBeRead && file.approved() == approval && service.isAsked(Path.of(file.path()))) {
            return "nothing was done, the running service was asked for it already.";
        }
        return visit.audited(() -> {
            Held approved =
                    new HeldFiles(workplace.database(), workplace.settings()).approve(file, approval, command, reason);
            return toBeRead ? service.take(file.vendor(), Path.of(approved.path())) : "what was held of it is due.";
        });
    }

    /** @return how many records are not delivered */
    long reject(Visit visit, Held file, String reason) {
        return visit.audited(() -> new HeldFiles(workplace.database(), workplace.settings()).reject(file, reason));
    }

    /** @return whether it was not paused already */
    boolean pause(Visit visit, Scope scope, String reason) {
        if (pauses.all().stream().anyMatch(scope::isOf)) {
            return false;
        }
        visit.audited(() -> {
            pauses.add(scope.vendor(), scope.store(), scope.kind(), reason);
            return null;
        });
        return true;
    }

    /** @return how many pauses were lifted */
    int resume(Visit visit, Scope scope) {
        return visit.audited(() -> pauses.lift(scope.vendor(), scope.store(), scope.kind()));
    }

    /** What the form names. @throws RefusedException where it names no kind of record */
    static Scope scope(Visit visit) {
        String word = visit.asked().field("kind");
        RecordKind kind = Arrays.stream(RecordKind.values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElse(null);
        if (kind == null && !word.isEmpty()) {
            throw new RefusedException(400, "kind is \"" + word + "\", expected a kind of record, or none for all.");
        }
        return new Scope(
                Words.orNull(visit.asked().field("vendor").strip()),
                Words.orNull(visit.asked().field("store").strip()),
                kind);
    }

    /** The same, of a vendor and a store that somebody knows. */
    Scope scopeToPause(Visit visit) {
        Scope scope = scope(visit);
        workplace.requireVendor(scope.vendor());
        if (scope.store() != null && !new Names(workplace.database()).hasStore(scope.vendor(), scope.store())) {
            throw new RefusedException(
                    400,
                    "store is \"" + scope.store() + "\", of which nothing ever came. For a store that is to sell its"
                            + " first receipt type posbridge pause --store " + scope.store() + " --new-store.");
        }
        return scope;
    }
}
