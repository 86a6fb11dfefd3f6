package dev.posbridge.console;

import dev.posbridge.console.DeadLetterRows.Cell;
import dev.posbridge.ledger.DeadLetterFilter;
import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.ledger.DeadLetters.DeadLetter;
import dev.posbridge.ledger.FileRecords;
import dev.posbridge.ledger.Replayed;
import dev.posbridge.operations.Discarding;
import dev.posbridge.operations.FileReplay;
import dev.posbridge.operations.Replaying;
import dev.posbridge.pos.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** {@code /dead-letters}: what did not arrive, why, and the buttons that mend it. */
final class DeadLettersPage {
    private static final int PAGE = 50;
    /** At once, so that a button answers; the rest is left for the next press. */
    private static final int MOST_AT_ONCE = 500;

    private static final String PATH = "/dead-letters";

    private final Workplace workplace;
    private final Site site;
    private final DeadLetters book;
    private final FileRecords records;

    /** What is shown of the list. @param next id before which the next page begins, 0 for none */
    record Listed(Filter filter, List<Group> groups, List<DeadLetter> letters, long count, long next) {}

    /** Which are asked for, as the address says it. */
    record Filter(String vendor, String reason, String file, boolean closed) {
        DeadLetterFilter meant() {
            return new DeadLetterFilter(Words.orNull(vendor), Words.orNull(reason), Words.orNull(file), null, closed);
        }

        boolean narrows() {
            return !vendor.isEmpty() || !reason.isEmpty() || !file.isEmpty();
        }
    }

    /** A reason, how many have it, and what helps. */
    record Group(String vendor, String reason, String level, long count, String remedy) {}

    DeadLettersPage(Workplace workplace, Site site) {
        this.workplace = workplace;
        this.site = site;
        this.book = new DeadLetters(workplace.database());
        this.records = new FileRecords(workplace.database());
    }

    /**
     * What became of a dead letter that was replayed, as it is now.
     *
     * @param record null where it has none
     * @param again the open dead letter that it became once more, 0 for none
     * @param waits who delivers it
     */
    record Mended(FileRecords.Shown record, long again, String waits) {
        boolean isSettled() {
            return record == null || !record.outcome().equals("pending");
        }

        boolean isDeliveredOrKnown() {
            return record != null && List.of("delivered", "duplicate").contains(record.outcome());
        }
    }

    private static Filter filter(UnaryOperator<String> values) {
        String reason = values.apply("code");
        boolean known = reason.isEmpty()
                || List.of(Reason.values()).stream().anyMatch(one -> one.code().equals(reason));
        if (!known) {
            throw new RefusedException(400, "reason \"" + reason + "\": no such reason code.");
        }
        return new Filter(
                values.apply("vendor"),
                reason,
                values.apply("file"),
                values.apply("closed").equals("true"));
    }

    Answer list(Visit visit) {
        Filter filter = filter(visit.asked()::query);
        long before = visit.asked().id("before");
        List<DeadLetter> letters =
                before == 0 ? book.find(filter.meant(), true, PAGE + 1) : book.before(filter.meant(), before, PAGE + 1);
        boolean more = letters.size() > PAGE;
        List<DeadLetter> shown = more ? letters.subList(0, PAGE) : letters;
        List<Group> groups = book.summary().stream()
                .map(group -> new Group(
                        group.vendor() == null ? "" : group.vendor(),
                        group.reason(),
                        group.level(),
                        group.count(),
                        Reason.ofCode(group.reason()).remedy()))
                .toList();
        Listed listed = new Listed(
                filter,
                groups,
                shown,
                book.count(filter.meant()),
                more ? shown.get(PAGE - 1).id() : 0);
        return Site.page(out -> JtedeadlettersGenerated.render(
                out, null, site.frame(visit, "Dead letters", PATH), listed, visit, workplace.zone()));
    }

    Answer show(Visit visit) {
        DeadLetter letter = letter(visit);
        DeadLetterRows rows = DeadLetterRows.of(letter, workplace.profiles(), visit.showsPersonal());
        Mended mended = mended(letter);
        String looked = letter.isOpen() && !letter.isFile() ? become(visit, letter, null) : "";
        return Site.page(out -> JtedeadletterGenerated.render(
                out,
                null,
                site.frame(visit, "Dead letter " + letter.id(), PATH),
                letter,
                rows,
                canonical(visit, letter),
                looked,
                html(mended),
                mended.isSettled(),
                visit,
                workplace.zone()));
    }

    /** The part of its page that changes by itself once it was replayed. */
    Answer mended(Visit visit) {
        return Answer.page(200, html(mended(letter(visit))));
    }

    private Mended mended(DeadLetter letter) {
        FileRecords.Shown record = !"replayed".equals(letter.state()) || letter.recordId() == null
                ? null
                : records.one(letter.recordId()).orElse(null);
        long again = record == null
                ? 0
                : book.ofRecord(record.id()).stream()
                        .filter(DeadLetter::isOpen)
                        .mapToLong(DeadLetter::id)
                        .max()
                        .orElse(0);
        return new Mended(record, again, whoDelivers());
    }

    private String html(Mended mended) {
        return Site.html(out -> JtemendedGenerated.render(out, null, mended, workplace.zone()));
    }

    private static String canonical(Visit visit, DeadLetter letter) {
        if (letter.canonical() == null) {
            return null;
        }
        String text = Json.pretty(letter.canonical());
        return visit.showsPersonal() ? text : Personal.json(text);
    }

    /** What the rows in the form would become, said as it is typed. */
    Answer preview(Visit visit) {
        DeadLetter letter = letter(visit);
        String html = become(visit, letter, rows(visit, letter));
        return Answer.page(200, html);
    }

    private String become(Visit visit, DeadLetter letter, String corrected) {
        Become become = Become.of(workplace, letter, corrected);
        return Site.html(out -> JtebecomeGenerated.render(out, null, become.masked(visit.showsPersonal())));
    }

    Answer replay(Visit visit) {
        DeadLetter letter = letter(visit);
        Map<DeadLetter, String> one = new LinkedHashMap<>();
        one.put(letter, letter.isFile() ? null : rows(visit, letter));
        Replaying.Outcome outcome = replayed(visit, one);
        if (!outcome.failed().isEmpty()) {
            throw new RefusedException(409, outcome.failed().get(0));
        }
        if (!outcome.closed().isEmpty()) {
            visit.session().tell("Nothing was done: somebody else was faster, or it is closed.");
            return Answer.see(PATH + "/" + letter.id());
        }
        if (outcome.replayed().isEmpty()) {
            visit.session().tell("The file is laid into the inbox again. " + whoDelivers());
            return Answer.see(PATH);
        }
        Replayed replayed = outcome.replayed().get(0);
        visit.session().tell(told(replayed));
        return Answer.see(PATH + "/" + (replayed.newDeadLetter() == 0 ? letter.id() : replayed.newDeadLetter()));
    }

    private String told(Replayed replayed) {
        return switch (replayed.became()) {
            case "due" -> "Mended.";
            case "duplicate" -> "Mended: it turned out to be known already, so nothing is sent.";
            case "dead" -> "Replayed, and dead again: " + replayed.reason() + ".";
            case "closed" -> "Nothing was done: somebody else was faster, or it is closed.";
            default ->
                "Replayed: it is " + replayed.became()
                        + (replayed.reason() == null ? "" : " (" + replayed.reason() + ")") + ".";
        };
    }

    private String whoDelivers() {
        return workplace.holder().isPresent()
                ? "The running service delivers it."
                : "Nothing runs here: the next posbridge run delivers it.";
    }

    Answer discard(Visit visit) {
        DeadLetter letter = letter(visit);
        String reason = visit.reason();
        List<Long> discarded =
                visit.audited(() -> Discarding.discard(workplace.database(), List.of(letter.id()), reason));
        visit.session()
                .tell(
                        discarded.isEmpty()
                                ? "Nothing was done: it was closed already."
                                : "Discarded. Nothing of it will be sent.");
        return Answer.see(PATH);
    }

    /** Those that are ticked, or all that the filter means. */
    Answer replayMany(Visit visit) {
        Map<DeadLetter, String> chosen = new LinkedHashMap<>();
        chosen(visit).forEach(letter -> chosen.put(letter, null));
        Replaying.Outcome outcome = replayed(visit, chosen);
        Map<String, Long> became = outcome.replayed().stream()
                .collect(Collectors.groupingBy(Replayed::became, java.util.TreeMap::new, Collectors.counting()));
        List<String> words = new ArrayList<>();
        became.forEach((word, count) -> words.add(count + " " + word));
        long files = chosen.size()
                - outcome.replayed().size()
                - outcome.failed().size()
                - outcome.closed().size();
        if (files > 0) {
            words.add(Words.of(files, "file") + " in the inbox again");
        }
        if (!outcome.failed().isEmpty()) {
            words.add(outcome.failed().size() + " not replayed: "
                    + outcome.failed().get(0));
        }
        visit.session()
                .tell("Replayed " + Words.of(chosen.size(), "dead letter") + ": " + String.join(", ", words) + ".");
        return Answer.see(PATH);
    }

    Answer discardMany(Visit visit) {
        String reason = visit.reason();
        List<Long> ids = chosen(visit).stream().map(DeadLetter::id).toList();
        List<Long> discarded = visit.audited(() -> Discarding.discard(workplace.database(), ids, reason));
        visit.session().tell("Discarded " + Words.of(discarded.size(), "dead letter") + ".");
        return Answer.see(PATH);
    }

    private List<DeadLetter> chosen(Visit visit) {
        if (visit.asked().field("every").equals("true")) {
            Filter filter = filter(visit.asked()::field);
            if (!filter.narrows() || filter.closed()) {
                throw new RefusedException(400, "Choose a reason, a vendor or a file first.");
            }
            return book.find(filter.meant(), false, MOST_AT_ONCE);
        }
        List<DeadLetter> letters = visit.asked().fields("id", List.of()).stream()
                .limit(MOST_AT_ONCE)
                .filter(id -> id.matches("\\d{1,18}"))
                .flatMap(id -> book.byId(Long.parseLong(id)).stream())
                .toList();
        if (letters.isEmpty()) {
            throw new RefusedException(400, "None is ticked. Tick the dead letters that are meant.");
        }
        return letters;
    }

    private Replaying.Outcome replayed(Visit visit, Map<DeadLetter, String> chosen) {
        FileReplay files = new FileReplay(workplace.settings());
        return visit.audited(() -> replaying().replay(chosen, files::offerToService));
    }

    private Replaying replaying() {
        return new Replaying(workplace.database(), workplace.account(), workplace.settings(), workplace.profiles());
    }

    private String rows(Visit visit, DeadLetter letter) {
        DeadLetterRows rows = DeadLetterRows.of(letter, workplace.profiles(), true);
        return rows.corrected((row, column) -> {
            String given = visit.asked().field("r" + row + "c" + column);
            Cell cell = rows.rows().get(row).get(column);
            return given.equals(Personal.cell(cell.column(), cell.value())) ? cell.value() : given;
        });
    }

    private DeadLetter letter(Visit visit) {
        return book.byId(visit.number(0)).orElseThrow(() -> RefusedException.absent("dead letter", visit.number(0)));
    }
}
