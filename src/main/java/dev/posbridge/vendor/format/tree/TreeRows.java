package dev.posbridge.vendor.format.tree;

import dev.posbridge.FileRejectedException;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.format.CheckedReader;
import dev.posbridge.vendor.format.KeptRows;
import dev.posbridge.vendor.format.Layout;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.format.RowSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The rows of one document, receipt by receipt. */
final class TreeRows implements RowSource {
    private final String file;
    private final CheckedReader text;
    private final Events events;
    private final Grove grove;
    private final Layout layout;
    private final String header;
    private final boolean finalNewline;
    private boolean more = true;
    private Row ahead;

    TreeRows(String file, CheckedReader text, Events events, TreePlan plan, Layout layout, boolean finalNewline) {
        this.file = file;
        this.text = text;
        this.events = events;
        this.grove = new Grove(plan);
        this.layout = layout;
        this.header = KeptRows.header(plan.names());
        this.finalNewline = finalNewline;
    }

    @Override
    public Row next() {
        Row row = ahead == null ? read() : ahead;
        ahead = null;
        return row;
    }

    @SuppressWarnings({"PMD.CyclomaticComplexity", "PMD.PreserveStackTrace"}) // A reader's faults, one by one.
    private Row read() {
        Grove.Cut cut = grove.poll();
        try {
            while (cut == null && more) {
                more = events.advance(grove);
                cut = grove.poll();
            }
        } catch (Events.Unreadable problem) {
            more = false;
            throw rejected(file, problem);
        } catch (CheckedReader.UndecodableException problem) {
            throw rejected(file, Reason.ENCODING_WRONG, "the document " + problem.getMessage());
        } catch (Paced.EndlessException problem) {
            throw rejected(file, Reason.ROW_TOO_LONG, problem.getMessage());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        if (cut == null) {
            if (finalNewline && !text.endedWithLineEnd()) {
                throw rejected(
                        file,
                        Reason.FILE_TRUNCATED,
                        "the last line has no line end, as every whole file of this vendor has");
            }
            return null;
        }
        Row.Mark mark = new Row.Mark(cut.column(), Long.parseLong(cut.fields()[0]), cut.fault());
        return new Row(layout, cut.line(), cut.fields(), mark);
    }

    private FileRejectedException rejected(String name, Reason reason, String message) {
        more = false;
        return rejected(name, new Events.Unreadable(reason, events.place(), message));
    }

    static FileRejectedException rejected(String file, Events.Unreadable problem) {
        Position position = new Position(file, problem.place()[0], problem.place()[1]);
        return new FileRejectedException(
                position,
                problem.reason(),
                problem.getMessage() + ". " + problem.reason().remedyOfDocument());
    }

    @Override
    public String header() {
        return header;
    }

    @Override
    public boolean atEnd() {
        if (ahead == null) {
            ahead = read();
        }
        return ahead == null;
    }

    @Override
    public boolean endedCleanly() {
        return true;
    }

    @Override
    public List<String> neverFound() {
        return grove.neverFound();
    }

    @Override
    public void close() {
        try {
            text.close();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
