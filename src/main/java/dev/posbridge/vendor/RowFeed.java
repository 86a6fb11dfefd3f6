package dev.posbridge.vendor;

import dev.posbridge.FileRejectedException;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.format.Layout;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.format.RowSource;
import dev.posbridge.vendor.rule.Trailer;
import dev.posbridge.vendor.value.Facts;
import java.util.List;

/** The data rows of one file: without its trailer, which is put aside, and without rows in which nothing stands. */
final class RowFeed {
    private final RowSource source;
    private final Trailer expected;
    private final FillDown fillDown;
    private final Rules rules;
    private final Facts facts;
    private Layout layout;
    private boolean elements;
    private Layout trailerLayout;
    private Row trailer;
    private boolean ended;
    private long rows;

    RowFeed(RowSource source, Rules rules, Facts facts) {
        this.source = source;
        this.rules = rules;
        this.facts = facts;
        this.expected = rules.trailer();
        this.fillDown = new FillDown(rules.assembly().fillDown());
    }

    /**
     * The next data row; null at the end.
     *
     * @throws FileRejectedException where the file cannot be read on
     */
    Row next() {
        Row row = ended ? null : source.next();
        if (row != null && layout == null) {
            layout = row.layout();
            elements = row.receipt() != 0;
        }
        while (row != null) {
            if (trailer != null) {
                throw rejected(
                        row,
                        Reason.CONTROL_TOTALS_WRONG,
                        "a row follows the trailer of line " + trailer.line() + ". "
                                + Reason.CONTROL_TOTALS_WRONG.remedy());
            }
            if (isTrailer(row)) {
                refuseCutOff(trailer);
                refuseMalformed(row);
            } else {
                rows++;
                if (row.width() < row.expectedWidth()) {
                    refuseCutOff(row);
                }
                if (!row.isBlank()) {
                    return fillDown.fill(row);
                }
            }
            row = source.next();
        }
        ended = true;
        return null;
    }

    /** Of the first row; null before it was read. */
    Layout layout() {
        return layout;
    }

    /** Columns of the first row that nobody asks for; the number that rows of one element share is ours. */
    List<String> unused() {
        List<String> unused = layout == null ? List.of() : layout.unused();
        return unused.stream()
                .filter(name -> !name.isBlank()
                        && !(elements && name.equals(layout.names().get(0))))
                .toList();
    }

    /** The trailer as read; null where there was none so far. */
    Row trailer() {
        return trailer;
    }

    /** Data rows read so far. */
    long rows() {
        return rows;
    }

    private boolean isTrailer(Row row) {
        if (expected == null) {
            return false;
        }
        if (trailerLayout == null) {
            trailerLayout = expected.layout(row.layout());
        }
        trailer = expected.of(row, trailerLayout);
        return trailer != null;
    }

    /** A short row is the file's last and has no line end: the till, or the line, died while writing it. */
    private void refuseCutOff(Row row) {
        boolean last = row.width() < row.expectedWidth() && source.atEnd();
        if (last && !source.endedCleanly() && !rules.leavesOutForCertain(row, facts)) {
            throw rejected(
                    row,
                    Reason.FILE_TRUNCATED,
                    (row.fault() == null
                                    ? "the last row has " + row.width() + " of " + row.expectedWidth() + " fields"
                                    : found(row.fault()) + ",")
                            + " and no line end. " + Reason.FILE_TRUNCATED.remedy());
        }
    }

    /** Nobody corrects a trailer and replays it. */
    private static void refuseMalformed(Row row) {
        if (row.fault() != null) {
            throw rejected(
                    row,
                    Reason.CONTROL_TOTALS_WRONG,
                    "the row is the trailer, but " + found(row.fault()) + ". " + Reason.CONTROL_TOTALS_WRONG.remedy());
        }
    }

    /** A fault without its remedy. */
    private static String found(String fault) {
        int end = fault.indexOf(". ");
        return end < 0 ? fault : fault.substring(0, end);
    }

    private static FileRejectedException rejected(Row row, Reason reason, String text) {
        return new FileRejectedException(row.position(), reason, text);
    }
}
