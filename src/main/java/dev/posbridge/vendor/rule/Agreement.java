package dev.posbridge.vendor.rule;

import dev.posbridge.RecordRejectedException;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.value.Condition;
import dev.posbridge.vendor.value.Facts;
import dev.posbridge.vendor.value.Masked;
import dev.posbridge.vendor.value.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the rows of one receipt have in common. A row that leaves something blank states nothing of it; of those that state
 * it, the first is taken and the others must agree: two receipts that carry the same number must never become one. What is
 * compared first are the fields as they are written, so that rows that repeat what belongs to the receipt cost next to
 * nothing; only where they differ are they understood ({@code 12.0} is {@code 12.00}). Immutable.
 */
public final class Agreement {
    private final List<Rule> rules;
    private final Set<Integer> varies;
    private final Duration timeSpread;
    private final int[] stated;
    private final int[] kinds;
    /** Values that may be blank where their one column is not: of such a cell the next row that gives one is asked. */
    private final List<Meaning> meanings;

    /** By identity: to hash a rule is to hash all that it is made of, for every receipt. */
    private final Map<Rule, Known> known = new IdentityHashMap<>();

    /** A rule's facts, and the columns in which they stand. */
    private record Known(List<Fact> facts, int[] columns) {}

    private final Set<Integer> recordType;

    /** A value, and the one column that it is made of. */
    private record Meaning(Source source, int slot) {}

    /** What two rows say differently. */
    private record Difference(int slot, boolean personal) {}

    /**
     * @param named values of the profile's own
     * @param varies slots of columns in which rows of one receipt may differ: the first that is not blank counts
     * @param recordType slots of the columns that say a row's record type, which no two rows of a receipt need share
     * @param timeSpread by how much the times of a receipt's rows may differ
     */
    public Agreement(
            List<Rule> rules,
            List<Skip> skips,
            List<Source> named,
            Set<Integer> varies,
            Set<Integer> recordType,
            Duration timeSpread) {
        this.rules = List.copyOf(rules);
        this.recordType = Set.copyOf(recordType);
        this.varies = Set.copyOf(varies);
        this.timeSpread = timeSpread;
        Set<Integer> all = new TreeSet<>();
        Set<Integer> telling = new TreeSet<>();
        for (Rule rule : rules) {
            Known knownRule = known(rule);
            known.put(rule, knownRule);
            knownRule.facts().forEach(fact -> IntStream.of(fact.columns()).forEach(all::add));
            if (rule.heading().when() != null) {
                IntStream.of(rule.heading().when().columns()).forEach(telling::add);
            }
        }
        all.addAll(telling);
        skips.forEach(skip -> IntStream.of(skip.when().columns()).forEach(all::add));
        telling.removeAll(varies);
        this.stated = all.stream().mapToInt(Integer::intValue).toArray();
        this.kinds = telling.stream().mapToInt(Integer::intValue).toArray();
        this.meanings =
                named.stream().flatMap(source -> meaning(source, all).stream()).toList();
    }

    private static Optional<Meaning> meaning(Source source, Set<Integer> stated) {
        IntStream.Builder slots = IntStream.builder();
        source.columns(slots::add);
        int[] columns = slots.build().distinct().toArray();
        return columns.length == 1 && stated.contains(columns[0])
                ? Optional.of(new Meaning(source, columns[0]))
                : Optional.empty();
    }

    private Known known(Rule rule) {
        List<Fact> facts = rule.facts();
        int[] columns = facts.stream()
                .flatMapToInt(fact -> IntStream.of(fact.columns()))
                .distinct()
                .filter(slot -> !varies.contains(slot))
                .toArray();
        return new Known(facts, columns);
    }

    /** The first row, with what it leaves blank and a later row states. */
    public Row head(List<Row> rows, Facts facts) {
        Row head = rows.get(0);
        for (int index = 1; index < rows.size(); index++) {
            head = head.filledFrom(rows.get(index), stated);
        }
        for (int index = 1; index < rows.size() && !meanings.isEmpty(); index++) {
            head = meaningful(head, rows.get(index), facts);
        }
        return head;
    }

    /** What the profile makes a blank of states nothing either. */
    private Row meaningful(Row head, Row row, Facts facts) {
        Row found = head;
        for (Meaning meaning : meanings) {
            String here = row.stated(meaning.slot());
            if (!here.isEmpty()
                    && !here.equals(found.value(meaning.slot()))
                    && isBlank(meaning.source(), found, facts)
                    && !isBlank(meaning.source(), row, facts)) {
                found = found.takingFrom(row, meaning.slot());
            }
        }
        return found;
    }

    /** A row as conditions see it: what it does not state, the receipt does. */
    private Row asked(Row row, Row head, Facts facts) {
        return meaningful(row.filledFrom(head, stated), head, facts);
    }

    private static boolean isBlank(Source source, Row row, Facts facts) {
        Row before = facts.row();
        facts.at(row);
        try {
            return source.of(facts).isEmpty();
        } catch (RecordRejectedException fault) {
            return false; // Whoever needs the value says what is wrong with it.
        } finally {
            facts.at(before);
        }
    }

    /** The first row is the receipt's head, unless another one had to say what it leaves blank. */
    private static int firstToCompare(Row head, List<Row> rows) {
        return rows.get(0) == head ? 1 : 0;
    }

    /**
     * Whether the receipt is to be left out.
     *
     * @throws RecordRejectedException where its rows disagree about it
     */
    public boolean skips(Skip skip, Row head, List<Row> rows, Facts facts) {
        boolean holds = skip.when().holds(head, facts);
        int[] columns = skip.when().columns();
        for (int index = firstToCompare(head, rows); index < rows.size(); index++) {
            Row row = rows.get(index);
            if (differs(row, head, columns) && skip.when().holds(asked(row, head, facts), facts) != holds) {
                throw contradiction(
                        facts,
                        row,
                        head,
                        differences(row, head, columns),
                        "the rows of one receipt disagree on whether it is skipped",
                        "Correct the rows and replay, or set leaves-out: row under skip in " + facts.profile()
                                + " where only single rows are meant.");
            }
        }
        return holds;
    }

    /**
     * Whether the rule is the receipt's. What is left out by a record type (a record of its own that voids the receipt, a
     * header that says training) is left out for the one row of that type; any other condition is asked of the receipt.
     * Where no reason of the receipt's own is given, the profile may mean nothing but such rows.
     */
    public boolean isFor(Rule rule, Row head, List<Row> rows, Facts facts) {
        return isLeftOutByType(rule)
                ? holdsForOne(rule.heading().when(), head, rows, facts)
                : rule.appliesTo(head, facts);
    }

    private boolean isLeftOutByType(Rule rule) {
        return rule.ignored() != null
                && rule.ignored() != Reason.BY_PROFILE
                && rule.heading().when() != null
                && asksRecordType(rule.heading().when());
    }

    private boolean asksRecordType(Condition condition) {
        return !recordType.isEmpty() && IntStream.of(condition.columns()).anyMatch(recordType::contains);
    }

    private boolean holdsForOne(Condition condition, Row head, List<Row> rows, Facts facts) {
        for (Row row : rows) {
            if (condition.holds(asked(row, head, facts), facts)) {
                return true;
            }
        }
        return false;
    }

    /** Beside the record type, what the condition asks is asked of the receipt: a flag on one of its lines is not it. */
    private void refuseOneOfSeveral(Condition condition, Row head, List<Row> rows, Facts facts) {
        int[] others = IntStream.of(condition.columns())
                .filter(slot -> !recordType.contains(slot))
                .toArray();
        for (int index = firstToCompare(head, rows); index < rows.size(); index++) {
            if (differs(rows.get(index), head, others)) {
                throw contradiction(
                        facts,
                        rows.get(index),
                        head,
                        differences(rows.get(index), head, others),
                        "the rows of one receipt disagree on whether it is left out",
                        "Correct the rows and replay, or ask a column in " + facts.profile()
                                + " that says it once for the receipt.");
            }
        }
    }

    /** @throws RecordRejectedException where a row says of the receipt what another contradicts */
    public void check(Rule rule, Row head, List<Row> rows, Facts facts) {
        if (isLeftOutByType(rule)) {
            refuseOneOfSeveral(rule.heading().when(), head, rows, facts);
            facts.startAt(head);
            return;
        }
        Known ofRule = known.get(rule);
        for (int index = firstToCompare(head, rows); index < rows.size(); index++) {
            Row row = rows.get(index);
            boolean kindDiffers = differs(row, head, kinds);
            if (kindDiffers || differs(row, head, ofRule.columns())) {
                understand(rule, ofRule, head, row, kindDiffers, facts);
            }
        }
        facts.startAt(head);
    }

    private void understand(Rule rule, Known ofRule, Row head, Row row, boolean kindDiffers, Facts facts) {
        Row whole = row.filledFrom(head, stated);
        Set<Difference> found = new LinkedHashSet<>();
        boolean mayVary = true;
        if (kindDiffers && !isOfKind(rule, head, row, asked(row, head, facts), facts)) {
            found.addAll(differences(row, head, kinds));
            mayVary = false;
        }
        for (Fact fact : ofRule.facts()) {
            if (differs(
                            row,
                            head,
                            IntStream.of(fact.columns())
                                    .filter(slot -> !varies.contains(slot))
                                    .toArray())
                    && !isSame(value(fact, head, facts), value(fact, whole, facts))) {
                mayVary &= fact.mayVary();
                boolean personal = fact.personal();
                differences(row, head, fact.columns()).stream()
                        .map(difference ->
                                new Difference(difference.slot(), personal || isPersonal(ofRule, difference)))
                        .forEach(found::add);
            }
        }
        if (!found.isEmpty()
                && rules.stream().anyMatch(other -> isLeftOutByType(other) && other.appliesTo(row, facts))) {
            throw contradiction(
                    facts,
                    row,
                    head,
                    List.copyOf(found),
                    "the rows of one receipt contradict each other",
                    "The rule of kind ignore that knows such a row comes behind the one that holds for the receipt: put it"
                            + " before it in " + facts.profile() + ", and replay.");
        }
        if (!found.isEmpty()) {
            throw contradiction(
                    facts,
                    row,
                    head,
                    List.copyOf(found),
                    "the rows of one receipt contradict each other",
                    mayVary
                            ? Reason.ROWS_CONTRADICT.remedy()
                                    + " Where rows of one receipt may differ in a column, name it under receipt.varies"
                                    + " in " + facts.profile() + "."
                            : Reason.ROWS_CONTRADICT.remedy());
        }
    }

    private static boolean isPersonal(Known ofRule, Difference difference) {
        return ofRule.facts().stream().anyMatch(fact -> fact.personal() && fact.stands(difference.slot()));
    }

    /** A row of no kind at all is one of the receipt's only where its rule takes it for a line, or sums it up. */
    private boolean isOfKind(Rule rule, Row head, Row row, Row whole, Facts facts) {
        for (Rule other : rules) {
            if (other.appliesTo(whole, facts)) {
                return other == rule;
            }
        }
        List<Integer> strange = differences(row, head, kinds).stream()
                .map(Difference::slot)
                .filter(slot -> rule.rowConditions().stream().noneMatch(condition -> condition.asksFor(row, slot)))
                .toList();
        if (!strange.isEmpty()) {
            facts.at(row);
            throw facts.fault(
                    row.column(strange.get(0)),
                    Reason.KIND_UNKNOWN,
                    "the row belongs to the receipt of line " + there(head.position(), row.position())
                            + ", but no rule under records holds for it: "
                            + strange.stream()
                                    .map(slot -> row.name(slot) + " is \"" + row.value(slot) + "\"")
                                    .collect(Collectors.joining(", "))
                            + ". Add a rule for this kind of row to " + facts.profile()
                            + ", or leave it out with skip and leaves-out: row, then replay.");
        }
        return true;
    }

    private static Object value(Fact fact, Row row, Facts facts) {
        facts.startAt(row);
        return fact.value().apply(facts);
    }

    private boolean isSame(Object there, Object here) {
        if (here == null || here.equals("") || Objects.equals(here, there)) {
            return true;
        }
        return here instanceof Instant mine
                && there instanceof Instant first
                && Duration.between(first, mine).abs().compareTo(timeSpread) <= 0;
    }

    /** Whether a row states something else than the receipt's head in one of the columns. */
    private static boolean differs(Row row, Row head, int[] slots) {
        for (int slot : slots) {
            String here = row.stated(slot);
            if (!here.isEmpty() && !here.equals(head.value(slot))) {
                return true;
            }
        }
        return false;
    }

    private static List<Difference> differences(Row row, Row head, int[] slots) {
        List<Difference> found = new ArrayList<>();
        for (int slot : slots) {
            if (differs(row, head, new int[] {slot})) {
                found.add(new Difference(slot, false));
            }
        }
        return found;
    }

    private static RecordRejectedException contradiction(
            Facts facts, Row row, Row head, List<Difference> differences, String what, String remedy) {
        StringBuilder text = new StringBuilder(what);
        String separator = ": ";
        for (Difference difference : differences) {
            int slot = difference.slot();
            String here = shown(row.value(slot), difference);
            String there = shown(head.value(slot), difference);
            text.append(separator)
                    .append(row.name(slot))
                    .append(" is \"")
                    .append(here)
                    .append(here.equals(there) ? "\" here and another \"" : "\" here and \"")
                    .append(there)
                    .append("\" in line ")
                    .append(there(head.position(head.column(slot)), row.position()));
            separator = "; ";
        }
        facts.at(row);
        return facts.fault(
                row.column(differences.get(0).slot()),
                Reason.ROWS_CONTRADICT,
                text.append(". ").append(remedy).toString());
    }

    private static String there(Position there, Position here) {
        return there.line() + (there.file().equals(here.file()) ? "" : " of " + there.file());
    }

    private static String shown(String value, Difference difference) {
        return difference.personal() ? Masked.contact(value) : value;
    }
}
