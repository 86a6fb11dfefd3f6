package dev.posbridge.vendor;

import dev.posbridge.RecordRejectedException;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.value.Facts;
import dev.posbridge.vendor.value.IdText;
import dev.posbridge.vendor.value.Moments;
import dev.posbridge.vendor.value.Source;
import java.time.LocalDate;
import java.util.List;

/**
 * What rows say again that their file's name has said: a file under another store's name, or another day's, would give its
 * sales to that one.
 *
 * @param texts compared as text, but for zeros before a number
 * @param days days that must be the business date in the name
 */
record NameAgreement(List<Named> texts, List<Moments> days) {
    static final NameAgreement NONE = new NameAgreement(List.of(), List.of());

    /** What stands in the name, and where rows say it. */
    record Named(Source.Capture inName, Source inRow) {}

    NameAgreement {
        texts = List.copyOf(texts);
        days = List.copyOf(days);
    }

    /** @throws RecordRejectedException where a row says otherwise */
    void check(List<Row> rows, Facts facts) {
        if (texts.isEmpty() && days.isEmpty()) {
            return;
        }
        Row before = facts.row();
        for (Row row : rows) {
            facts.at(row);
            for (Named named : texts) {
                check(named, facts);
            }
            for (Moments day : days) {
                check(day, facts);
            }
        }
        facts.at(before);
    }

    private static void check(Named named, Facts facts) {
        String written = named.inRow().of(facts);
        String inName = named.inName().of(facts);
        if (!inName.isEmpty()
                && !IdText.of(written).isEmpty()
                && !bare(IdText.of(written)).equalsIgnoreCase(bare(inName))) {
            throw fault(
                    named.inName().name(),
                    named.inRow().name(),
                    written,
                    inName,
                    named.inRow().column(facts),
                    facts);
        }
    }

    private static void check(Moments day, Facts facts) {
        LocalDate inName = facts.fileDate();
        LocalDate written = inName == null ? null : day.dateOrNull(facts);
        if (written != null && !written.equals(inName)) {
            throw fault(
                    FileNames.BUSINESS_DATE,
                    day.what(),
                    written.toString(),
                    inName.toString(),
                    day.column(facts),
                    facts);
        }
    }

    private static RecordRejectedException fault(
            String capture, String what, String written, String inName, int column, Facts facts) {
        return facts.fault(
                column,
                Reason.ROWS_CONTRADICT,
                what + " is \"" + written + "\" here, but the file's name says " + capture + " \"" + inName
                        + "\". Give the file the name of what it holds and deliver it again, or write agrees: { "
                        + capture + ": any } under file-name in " + facts.profile() + " where they may differ.");
    }

    /** 0012 is 12. */
    private static String bare(String text) {
        int start = 0;
        while (start < text.length() - 1 && text.charAt(start) == '0') {
            start++;
        }
        return text.chars().allMatch(found -> found >= '0' && found <= '9') ? text.substring(start) : text;
    }
}
