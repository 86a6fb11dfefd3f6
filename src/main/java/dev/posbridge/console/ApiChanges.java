package dev.posbridge.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posbridge.Nearest;
import dev.posbridge.ledger.AuditBook;
import dev.posbridge.ledger.DeadLetterFilter;
import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.ledger.DeadLetters.DeadLetter;
import dev.posbridge.ledger.HoldBook;
import dev.posbridge.ledger.HoldBook.Held;
import dev.posbridge.ledger.LedgerAccount;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.Pauses;
import dev.posbridge.operations.Discarding;
import dev.posbridge.operations.FileReplay;
import dev.posbridge.operations.Replaying;
import dev.posbridge.operations.document.HeldJson;
import dev.posbridge.operations.document.Json;
import dev.posbridge.operations.document.ReplayedJson;
import dev.posbridge.operations.document.StatusJson;
import dev.posbridge.pos.Reason;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What programs may change: by the code of the pages and the commands, each with its who and why in the audit. */
final class ApiChanges {
    private static final int MOST_AT_ONCE = 500;

    private final Workplace workplace;
    private final LedgerDatabase database;
    private final LedgerAccount account;
    private final Brakes brakes;
    private final DeadLetters letters;
    private final AuditBook audit;

    ApiChanges(Workplace workplace, Site site) {
        this.workplace = workplace;
        this.database = workplace.database();
        this.account = workplace.account();
        this.brakes = new Brakes(workplace);
        this.letters = new DeadLetters(database);
        this.audit = site.audit();
    }

    void addTo(Api api) {
        api.post("/dead-letters/replay", this::replay, "ids", "vendor", "code", "file", "level");
        api.post("/dead-letters/discard", this::discard, "ids", "vendor", "code", "file", "level", "reason");
        api.post("/dead-letters/*/replay", this::replayOne, "rows");
        api.post("/dead-letters/*/discard", this::discardOne, "reason");
        api.post("/held/*/release", this::release, "reason");
        api.post("/held/*/reject", this::reject, "reason");
        api.post("/files/*/accept", this::accept, "despite", "reason");
        api.post("/pause", this::pause, "vendor", "store", "kind", "reason");
        api.post("/resume", this::resume, "vendor", "store", "kind");
        api.post("/personal/show", this::show, "reason");
        api.post("/personal/hide", this::hide);
    }

    private JsonNode replay(Visit visit) {
        Map<DeadLetter, String> chosen = new LinkedHashMap<>();
        chosen(visit).forEach(letter -> chosen.put(letter, null));
        return replayed(visit, chosen);
    }

    private JsonNode replayOne(Visit visit) {
        DeadLetter letter = letter(visit.number(0));
        String rows = visit.asked().field("rows");
        Map<DeadLetter, String> one = new LinkedHashMap<>();
        one.put(letter, rows.isEmpty() ? null : rows);
        return replayed(visit, one);
    }

    private JsonNode replayed(Visit visit, Map<DeadLetter, String> chosen) {
        Replaying replaying = new Replaying(database, account, workplace.settings(), workplace.profiles());
        FileReplay files = new FileReplay(workplace.settings());
        Replaying.Outcome outcome = visit.audited(() -> replaying.replay(chosen, files::offerToService));
        ObjectNode root = Json.about(account);
        ReplayedJson.add(root, outcome.replayed());
        ArrayNode failed = root.putArray("failed");
        outcome.failed().forEach(failed::add);
        ids(root.putArray("closedBefore"), outcome.closed());
        root.put(
                "filesOffered",
                chosen.size()
                        - outcome.replayed().size()
                        - outcome.failed().size()
                        - outcome.closed().size());
        return root;
    }

    private JsonNode discard(Visit visit) {
        return discarded(visit, chosen(visit));
    }

    private JsonNode discardOne(Visit visit) {
        return discarded(visit, List.of(letter(visit.number(0))));
    }

    private JsonNode discarded(Visit visit, List<DeadLetter> chosen) {
        String reason = visit.reason();
        List<Long> discarded = visit.audited(() ->
                Discarding.discard(database, chosen.stream().map(DeadLetter::id).toList(), reason));
        ObjectNode root = Json.about(account);
        ArrayNode ids = root.putArray("discarded");
        discarded.forEach(ids::add);
        ids(
                root.putArray("closedBefore"),
                chosen.stream()
                        .filter(letter -> !discarded.contains(letter.id()))
                        .toList());
        return root;
    }

    private static void ids(ArrayNode array, List<DeadLetter> letters) {
        letters.forEach(letter -> array.add(letter.id()));
    }

    private DeadLetter letter(long id) {
        return letters.byId(id).orElseThrow(() -> RefusedException.absent("dead letter", id));
    }

    /** Those that are named, or the oldest of those that the filter means. */
    private List<DeadLetter> chosen(Visit visit) {
        List<String> ids = visit.asked().fields("ids", List.of());
        DeadLetterFilter filter = filter(visit.asked()::field, workplace);
        if (ids.isEmpty() == filter.isEverything()) {
            throw new RefusedException(
                    400,
                    "Which dead letters is not said, expected either ids, or one or more of vendor, code, file, level.");
        }
        if (ids.size() > MOST_AT_ONCE) {
            throw new RefusedException(
                    400, "There are " + ids.size() + " ids, expected at most " + MOST_AT_ONCE + " at once.");
        }
        return ids.isEmpty()
                ? letters.find(filter, false, MOST_AT_ONCE)
                : ids.stream().distinct().map(ApiChanges::id).map(this::letter).toList();
    }

    private static long id(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw new RefusedException(400, "ids has \"" + text + "\", expected numbers of dead letters.");
        }
        return Long.parseLong(text);
    }

    /** @param values parameters of an address, or fields of what was sent */
    static DeadLetterFilter filter(UnaryOperator<String> values, Workplace workplace) {
        String code = values.apply("code");
        String level = values.apply("level");
        String closed = values.apply("closed");
        String vendor = Words.orNull(values.apply("vendor"));
        List<String> codes = Arrays.stream(Reason.values()).map(Reason::code).toList();
        if (!code.isEmpty() && !codes.contains(code)) {
            throw new RefusedException(400, "code \"" + code + "\": no such reason code." + Nearest.hint(code, codes));
        }
        if (!level.isEmpty() && !DeadLetters.LEVELS.contains(level)) {
            throw new RefusedException(
                    400, "level is \"" + level + "\", expected one of " + String.join(", ", DeadLetters.LEVELS) + ".");
        }
        if (!closed.matches("|true|false")) {
            throw new RefusedException(400, "closed is \"" + closed + "\", expected true or false.");
        }
        workplace.requireVendor(vendor);
        return new DeadLetterFilter(
                vendor,
                Words.orNull(code),
                Words.orNull(values.apply("file")),
                Words.orNull(level),
                closed.equals("true"));
    }

    private JsonNode release(Visit visit) {
        Held file = brakes.held(visit.number(0));
        brakes.goOn(visit, file, HoldBook.Approval.RELEASE, "release", visit.reason());
        return HeldJson.one(account, file);
    }

    private JsonNode reject(Visit visit) {
        Held file = brakes.held(visit.number(0));
        return Json.about(account).put("rejectedRecords", brakes.reject(visit, file, visit.reason()));
    }

    private JsonNode accept(Visit visit) {
        String despite = visit.asked().field("despite");
        HoldBook.Approval approval = HoldBook.Approval.despite(despite)
                .orElseThrow(() ->
                        new RefusedException(400, "despite is \"" + despite + "\", expected totals or bad-rows."));
        Held file = brakes.file(visit.number(0));
        if (file.overruledBy().filter(approval::equals).isEmpty()) {
            throw new RefusedException(
                    409,
                    file.vendor() + "/" + file.name() + " was not rejected for " + approval.fault() + ", it is "
                            + file.state().word() + (file.reason() == null ? "" : " (" + file.reason() + ")") + ".");
        }
        brakes.goOn(visit, file, approval, "accept --despite " + despite, visit.reason());
        return HeldJson.one(account, file);
    }

    private JsonNode pause(Visit visit) {
        boolean paused = brakes.pause(visit, brakes.scopeToPause(visit), visit.reason());
        return StatusJson.pauses(account, new Pauses(database).all()).put("changed", paused ? 1 : 0);
    }

    private JsonNode resume(Visit visit) {
        int lifted = brakes.resume(visit, Brakes.scope(visit));
        return StatusJson.pauses(account, new Pauses(database).all()).put("changed", lifted);
    }

    private JsonNode show(Visit visit) {
        return Json.about(account).put("until", Json.time(visit.showPersonal(audit, visit.reason())));
    }

    private JsonNode hide(Visit visit) {
        visit.session().showUntil(java.time.Instant.EPOCH);
        return Json.about(account).putNull("until");
    }
}
