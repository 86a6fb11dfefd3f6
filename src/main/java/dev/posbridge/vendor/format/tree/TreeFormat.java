package dev.posbridge.vendor.format.tree;

import dev.posbridge.FileRejectedException;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.format.CheckedReader;
import dev.posbridge.vendor.format.Columns;
import dev.posbridge.vendor.format.Format;
import dev.posbridge.vendor.format.KeptRows;
import dev.posbridge.vendor.format.Layout;
import dev.posbridge.vendor.format.Row;
import dev.posbridge.vendor.format.RowSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads XML and JSON as rows. */
final class TreeFormat implements Format {
    /**
     * What kind of documents.
     *
     * @param many whether a file holds one document after the other
     * @param encoding null where each document says it itself
     * @param finalNewline whether a last line without line end means that the file was cut off
     */
    record Kind(boolean xml, boolean many, Charset encoding, boolean finalNewline) {}

    private final Kind kind;
    private final TreePlan plan;
    private final Columns columns;
    private final List<String> drop;

    TreeFormat(Kind kind, TreePlan plan, Columns columns, List<String> drop) {
        this.kind = kind;
        this.plan = plan;
        this.columns = columns;
        this.drop = drop;
    }

    @SuppressWarnings("PMD.PreserveStackTrace") // The message tells all there is.
    @Override
    public RowSource open(String fileName, InputStream bytes) {
        Layout layout = KeptRows.layout(fileName, plan.names(), columns, drop, true);
        try {
            CheckedReader text;
            if (kind.xml()) {
                XmlEncoding.Found found = XmlEncoding.of(fileName, bytes, kind.encoding());
                text = new CheckedReader(found.bytes(), found.encoding());
                return new TreeRows(fileName, text, new XmlEvents(text), plan, layout, false);
            }
            text = new CheckedReader(bytes, kind.encoding());
            JsonEvents events = new JsonEvents(text, kind.many(), plan.limits());
            return new TreeRows(fileName, text, events, plan, layout, kind.finalNewline());
        } catch (Events.Unreadable problem) {
            throw TreeRows.rejected(fileName, problem);
        } catch (CheckedReader.UndecodableException problem) {
            throw new FileRejectedException(
                    Position.ofFile(fileName),
                    Reason.ENCODING_WRONG,
                    "the document " + problem.getMessage() + ". " + Reason.ENCODING_WRONG.remedy());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @Override
    public Charset encoding() {
        return kind.encoding() == null ? StandardCharsets.UTF_8 : kind.encoding();
    }

    @Override
    public RowSource reopen(String fileName, String header, String rawRows, long firstLine) {
        RowSource kept = KeptRows.read(fileName, header, rawRows, firstLine, columns, drop);
        return new KeptTree(fileName, kept, columns.names(), firstLine);
    }

    /** Rows that were put aside: those of one number are one receipt, and a doubt that was there stays one. */
    private static final class KeptTree implements RowSource {
        private final String file;
        private final RowSource kept;
        private final List<String> needed;
        private final long firstLine;

        KeptTree(String file, RowSource kept, List<String> needed, long firstLine) {
            this.file = file;
            this.kept = kept;
            this.needed = needed;
            this.firstLine = firstLine;
        }

        @Override
        public Row next() {
            Row row = kept.next();
            if (row == null) {
                return null;
            }
            List<String> names = row.layout().names();
            for (String name : needed) {
                if (!Columns.contains(names, name)) {
                    throw new FileRejectedException(
                            Position.ofRow(file, firstLine),
                            Reason.HEADER_WRONG,
                            "what was kept of this receipt has no column \"" + name + "\", which the profile has now."
                                    + " Put the whole file into the inbox again.");
                }
            }
            List<String> fields = row.fields();
            String fault = null;
            for (int index = 0; index < fields.size() && index < names.size(); index++) {
                if (fields.get(index).startsWith(Grove.DOUBT)) {
                    fault = "column \"" + names.get(index) + "\" is \"" + fields.get(index)
                            + "\", expected one value. Leave the right one and replay.";
                }
            }
            int number = names.indexOf(TreePlan.NUMBER);
            boolean numbered =
                    number >= 0 && number < fields.size() && fields.get(number).matches("\\d{1,15}");
            Row.Mark mark = new Row.Mark(0, numbered ? Long.parseLong(fields.get(number)) : 0, fault);
            return new Row(row.layout(), row.line(), fields.toArray(new String[0]), mark);
        }

        @Override
        public String header() {
            return kept.header();
        }

        @Override
        public boolean atEnd() {
            return kept.atEnd();
        }

        @Override
        public boolean endedCleanly() {
            return kept.endedCleanly();
        }

        @Override
        public void close() {
            kept.close();
        }
    }
}
