package dev.posbridge.vendor;

import dev.posbridge.vendor.format.Columns;
import dev.posbridge.vendor.rule.Receipts;
import dev.posbridge.vendor.rule.Rule;
import dev.posbridge.vendor.value.Moments;
import dev.posbridge.vendor.value.Source;
import dev.posbridge.vendor.yaml.Section;
import dev.posbridge.vendor.yaml.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Reads {@code file-name.agrees}. Without a word about them, the store and the business date are compared where rows state
 * them too: as the branch's id, as the rule's business date, or in a column that is called like the group of the name.
 */
final class NameAgreementReader {
    private static final String STORE = "store";
    private static final String ANY = "any";

    private final Section agrees;
    private final Vocabulary vocabulary;
    private final ValueReader values;
    private final List<String> captures;
    private final List<NameAgreement.Named> texts = new ArrayList<>();
    private final List<Moments> days = new ArrayList<>();

    private NameAgreementReader(Section root, FileNames names, Vocabulary vocabulary, ValueReader values) {
        Section own = root.hasSection("file-name") ? root.section("file-name") : null;
        this.agrees = own == null ? null : own.section("agrees");
        this.vocabulary = vocabulary;
        this.values = values;
        this.captures = names.captures();
    }

    /** @param columns all that rows can have, empty where only the file will tell */
    static NameAgreement read(
            Section root,
            FileNames names,
            List<String> columns,
            Vocabulary vocabulary,
            ValueReader values,
            List<Rule> rules) {
        NameAgreementReader reader = new NameAgreementReader(root, names, vocabulary, values);
        reader.declared();
        List<Receipts> receipts =
                rules.stream().map(Rule::receipts).filter(Objects::nonNull).toList();
        reader.store(columns, receipts);
        reader.day(columns, receipts);
        return new NameAgreement(reader.texts, reader.days);
    }

    private void declared() {
        if (agrees == null) {
            return;
        }
        for (String capture : agrees.keys()) {
            Word word = agrees.hasSection(capture) ? null : agrees.word(capture);
            if (!captures.contains(capture)) {
                agrees.problem("\"agrees\" names \"" + capture + "\", which is no named group of file-name. Groups: "
                        + String.join(", ", captures) + ".");
            } else if (word != null && word.text().equals(ANY)) {
                continue;
            } else if (capture.equals(FileNames.BUSINESS_DATE)) {
                Stream.ofNullable(values.day(agrees, capture)).forEach(days::add);
            } else if (word != null) {
                texts.add(named(capture, vocabulary.written(word)));
            } else {
                agrees.problem("\"" + capture + "\" is no column. Write its name, or any.");
            }
        }
    }

    private void store(List<String> columns, List<Receipts> receipts) {
        if (!captures.contains(STORE) || isSaid(STORE)) {
            return;
        }
        if (Columns.contains(columns, STORE)) {
            texts.add(named(STORE, vocabulary.column(STORE)));
        }
        receipts.stream()
                .map(Receipts::branchColumn)
                .filter(Objects::nonNull)
                .distinct()
                .forEach(column -> texts.add(named(STORE, column)));
    }

    private void day(List<String> columns, List<Receipts> receipts) {
        if (!captures.contains(FileNames.BUSINESS_DATE) || isSaid(FileNames.BUSINESS_DATE)) {
            return;
        }
        if (Columns.contains(columns, FileNames.BUSINESS_DATE)) {
            days.add(values.isoDay(FileNames.BUSINESS_DATE, vocabulary.column(FileNames.BUSINESS_DATE)));
        }
        receipts.stream()
                .map(Receipts::businessDate)
                .filter(day -> day != null && day.standsInRows())
                .forEach(days::add);
    }

    private boolean isSaid(String capture) {
        return agrees != null && agrees.has(capture);
    }

    private NameAgreement.Named named(String capture, Source column) {
        return new NameAgreement.Named(new Source.Capture(capture, captures.indexOf(capture)), column);
    }
}
