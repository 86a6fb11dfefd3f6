package dev.posbridge.console;

import dev.posbridge.PosbridgeException;
import dev.posbridge.ledger.AuditBook;
import dev.posbridge.ledger.FileRecords;
import dev.posbridge.ledger.FileState;
import dev.posbridge.ledger.NightBook;
import dev.posbridge.ledger.NightBook.NightFile;
import dev.posbridge.ledger.Outcomes;
import dev.posbridge.ledger.ReportBook;
import dev.posbridge.vendor.Profile;
import dev.posbridge.vendor.Profiles;
import dev.posbridge.vendor.format.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** {@code /files/N}: a file's story, its sums, and its records a page at a time. */
final class FilePage {
    private static final int PAGE = 50;
    private static final int MOST_STORES = 50;

    private final Workplace workplace;
    private final Site site;
    private final NightBook nights;
    private final FileFigures figures;
    private final FileRecords records;

    /** A moment of a file's story. @param bad whether a person had to look */
    record Moment(Instant at, String words, boolean bad) {}

    /**
     * What is shown of a file.
     *
     * @param outcomes null while they are being counted
     * @param lying the file read anew; null where nobody asked for it
     * @param next id after which the next page begins, 0 for none
     */
    record Shown(
            NightFile file,
            String store,
            List<Moment> story,
            Outcomes outcomes,
            List<String> differences,
            List<NightBook.Usual> usual,
            Lying lying,
            String outcome,
            String reason,
            List<FileRecords.Shown> records,
            long after,
            long next) {}

    FilePage(Workplace workplace, Site site, FileFigures figures) {
        this.workplace = workplace;
        this.site = site;
        this.nights = new NightBook(workplace.database());
        this.figures = figures;
        this.records = new FileRecords(workplace.database());
    }

    Answer file(Visit visit) {
        NightFile file = nights.file(visit.number(0));
        if (file == null) {
            throw RefusedException.absent("file", visit.number(0));
        }
        String outcome = visit.asked().query("outcome");
        String reason = visit.asked().query("reason");
        if (!outcome.isEmpty() && !Outcomes.WORDS.contains(outcome)) {
            throw new RefusedException(
                    400, "outcome is \"" + outcome + "\", expected one of " + String.join(", ", Outcomes.WORDS) + ".");
        }
        long seen = visit.asked().id("after");
        List<FileRecords.Shown> page = records.page(
                file.id(), seen, outcome.isEmpty() ? null : outcome, reason.isEmpty() ? null : reason, PAGE + 1);
        boolean more = page.size() > PAGE;
        List<FileRecords.Shown> shown = more ? page.subList(0, PAGE) : page;
        Map<Long, Outcomes> counted = figures.of(List.of(file));
        Shown all = new Shown(
                file,
                workplace
                        .profiles()
                        .find(file.vendor())
                        .map(profile -> profile.storeOf(file.name()))
                        .orElse(""),
                story(file),
                counted.get(file.id()),
                new ReportBook(workplace.database()).differences(file.id()),
                nights.usual(file.id(), MOST_STORES),
                visit.asked().query("totals").isEmpty() || file.messages()
                        ? null
                        : Lying.of(visit, workplace, file.vendor(), file.path()),
                outcome,
                reason,
                shown,
                seen,
                more ? shown.get(PAGE - 1).id() : 0);
        return Site.page(out ->
                JtefileGenerated.render(out, null, site.frame(visit, file.name(), "/"), all, visit, workplace.zone()));
    }

    private List<Moment> story(NightFile file) {
        List<Moment> story = new ArrayList<>();
        story.add(new Moment(file.came(), file.messages() ? "The first message of the day came." : "It came.", false));
        Instant end = file.ended() == null ? Instant.now() : file.ended();
        switch (file.state()) {
            case STAGING ->
                story.add(new Moment(
                        end,
                        "It is being read: " + Words.of(file.receipts(), "receipt")
                                + " stored so far. Nothing leaves before" + " its end is read and trusted.",
                        false));
            case RELEASED ->
                story.add(new Moment(
                        end,
                        file.messages()
                                ? "Its messages are due as they come: " + Words.of(file.receipts(), "receipt")
                                        + " so far."
                                : "Read to its end and trusted: " + Words.of(file.rows(), "row")
                                        + ". It is being delivered.",
                        false));
            case SETTLED ->
                story.add(new Moment(
                        end,
                        "Everything of it has ended, or waits for what may still come: " + Words.of(file.rows(), "row")
                                + ".",
                        false));
            case REJECTED -> story.add(new Moment(end, "Rejected (" + file.reason() + "): " + file.message(), true));
            case HELD -> story.add(new Moment(end, "Held (" + file.reason() + "): " + file.message(), true));
            case KNOWN ->
                story.add(new Moment(end, "The same content was taken in before: nothing of it is sent again.", false));
            default ->
                story.add(new Moment(end, "Its reading was interrupted; it is read anew when it is offered.", true));
        }
        if (file.message() != null && file.state() != FileState.REJECTED && file.state() != FileState.HELD) {
            story.add(new Moment(end, file.message(), false));
        }
        new AuditBook(workplace.database())
                .naming(file.name(), file.came()).stream()
                        .map(audited -> new Moment(
                                audited.at(),
                                audited.who() + ": " + audited.command() + ": " + audited.reason(),
                                false))
                        .forEach(story::add);
        story.sort(Comparator.comparing(Moment::at));
        return story;
    }

    /** {@code /records/N}: a record beside the rows that it was made of. */
    Answer record(Visit visit) {
        long id = visit.number(0);
        FileRecords.Said said = records.said(id).orElseThrow(() -> RefusedException.absent("record", id));
        NightFile file = nights.file(said.file());
        FileRecords.Shown record = records.page(file.id(), id - 1, null, null, 1).stream()
                .filter(one -> one.id() == id)
                .findFirst()
                .orElse(null);
        String canonical = said.canonical() == null ? null : Json.pretty(said.canonical());
        List<List<DeadLetterRows.Cell>> rows = rows(file, said, visit.showsPersonal());
        return Site.page(out -> JterecordGenerated.render(
                out,
                null,
                site.frame(visit, "Record " + id, "/"),
                file,
                record,
                rows,
                said.raw() == null ? null : visit.masked(said.raw()),
                canonical == null || visit.showsPersonal() ? canonical : Personal.json(canonical),
                visit,
                workplace.zone()));
    }

    private List<List<DeadLetterRows.Cell>> rows(NightFile file, FileRecords.Said said, boolean personal) {
        Profiles profiles = workplace.profiles();
        if (said.raw() == null
                || file.messages()
                || profiles.find(file.vendor()).isEmpty()) {
            return List.of();
        }
        try {
            Profile profile = profiles.named(file.vendor());
            Table table = profile.table(file.name(), said.header());
            return DeadLetterRows.cells(
                    table, profile.split(table, file.name(), said.header(), said.raw()), personal, -1, -1);
        } catch (PosbridgeException changed) {
            return List.of();
        }
    }
}
