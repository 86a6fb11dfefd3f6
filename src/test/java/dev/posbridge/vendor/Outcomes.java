package dev.posbridge.vendor;

import dev.posbridge.FileRejectedException;
import dev.posbridge.pos.CustomerDetails;
import dev.posbridge.pos.LineItem;
import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Position;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** What becomes of a file, as text to compare: every record with all its parts, every fault with its whole message. */
final class Outcomes {
    private final StringBuilder text = new StringBuilder();

    private Outcomes() {}

    /** Opens the file. */
    private interface Opening {
        Document open() throws IOException;
    }

    static String of(Profile profile, String fileName, byte[] bytes) throws IOException {
        return of(() -> profile.open(fileName, new ByteArrayInputStream(bytes)));
    }

    static String of(Profile profile, Path file) throws IOException {
        return of(() -> profile.open(file));
    }

    private static String of(Opening opening) throws IOException {
        Outcomes outcomes = new Outcomes();
        try (Document document = opening.open()) {
            while (document.hasNext()) {
                outcomes.add(document.translate(document.next()));
            }
            document.finish();
        } catch (FileRejectedException problem) {
            outcomes.line(0, "file rejected, " + problem.reason().code() + ": " + problem.getMessage());
        }
        return outcomes.text.toString();
    }

    private void add(Translation translation) {
        if (translation.problem() != null) {
            line(
                    0,
                    translation.problem().reason().code() + ": "
                            + translation.problem().getMessage());
        } else if (translation.skipped() != null) {
            line(0, "skipped " + translation.skipped().code());
        }
        for (PosRecord record : translation.records()) {
            line(0, record.kind().word());
            parts(1, record);
        }
    }

    private void parts(int depth, Object record) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                part(depth, component.getName(), component.getAccessor().invoke(record));
            } catch (ReflectiveOperationException problem) {
                throw new AssertionError(problem);
            }
        }
    }

    private void part(int depth, String name, Object value) {
        boolean empty = value == null
                || name.equals("soFar") && Boolean.FALSE.equals(value)
                || value instanceof Collection<?> list && list.isEmpty()
                || value instanceof Map<?, ?> map && map.isEmpty();
        if (empty) {
            return;
        }
        if (value instanceof CustomerDetails || value instanceof dev.posbridge.pos.Store) {
            line(depth, name);
            parts(depth + 1, value);
        } else if (value instanceof Collection<?> list && list.iterator().next() instanceof LineItem) {
            for (Object item : list) {
                line(depth, "line");
                parts(depth + 1, item);
            }
        } else if (value instanceof Position position) {
            line(depth, "at " + position);
        } else {
            line(depth, name + " " + (value instanceof Map<?, ?> map ? new TreeMap<>(map) : value));
        }
    }

    private void line(int depth, String words) {
        text.append("  ".repeat(depth)).append(words).append('\n');
    }
}
