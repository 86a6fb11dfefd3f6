package dev.posbridge.vendor.unwrap;

import dev.posbridge.FileRejectedException;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The layers that come off a vendor's files, outermost first. A layer that a file's name does not show is taken for absent.
 * Immutable and thread-safe.
 *
 * @param maxSize bytes that a file may have within; more is a bomb
 */
public record Unwrapping(List<Step> steps, long maxSize) {
    public static final Unwrapping NONE = new Unwrapping(List.of(), Long.MAX_VALUE);
    private static final int LONGEST_NAME = 128;

    public Unwrapping {
        steps = List.copyOf(steps);
    }

    /** What the file is called without its layers. */
    public String nameWithin(String name) {
        String inner = name;
        for (Step step : steps) {
            String stripped = step.strip(inner);
            inner = stripped == null ? inner : stripped;
        }
        return inner;
    }

    /** As {@link #nameWithin(String)}, but a zip's one file has its own name. */
    public String nameWithin(Path file) {
        String name = file.getFileName().toString();
        if (!steps.isEmpty() && steps.get(0) instanceof ZipStep zip && zip.strip(name) != null) {
            try (InputStream packed = Files.newInputStream(file)) {
                String member = zip.memberOf(packed);
                return member == null || member.length() > LONGEST_NAME ? nameWithin(name) : nameWithin(member);
            } catch (IOException damaged) {
                // Opening it says what is wrong.
                return nameWithin(name);
            }
        }
        return nameWithin(name);
    }

    /**
     * Opens what is within.
     *
     * @param name of the file as it lies there
     * @param packed closed with the result, and where this throws
     * @throws FileRejectedException UNWRAP_FAILED, also from the stream's reads
     */
    public InputStream open(String name, InputStream packed) {
        InputStream bytes = packed;
        String left = name;
        for (Step step : steps) {
            String stripped = step.strip(left);
            if (stripped != null) {
                bytes = open(step, name, bytes);
                left = stripped;
            }
        }
        return bytes;
    }

    private InputStream open(Step step, String name, InputStream packed) {
        Counted counted = new Counted(packed);
        try {
            return new Bounded(step, name, step.open(counted), counted, maxSize);
        } catch (IOException problem) {
            close(packed);
            throw failed(step, name, problem);
        }
    }

    static FileRejectedException failed(Step step, String name, IOException problem) {
        return failed(step, name, problem.getMessage(), problem);
    }

    static FileRejectedException failed(Step step, String name, String problem) {
        return failed(step, name, problem, null);
    }

    private static FileRejectedException failed(Step step, String name, String problem, IOException cause) {
        return new FileRejectedException(
                Position.ofFile(name),
                Reason.UNWRAP_FAILED,
                step.word() + " failed: " + problem + ". " + Reason.UNWRAP_FAILED.remedy(),
                cause);
    }

    private static void close(InputStream bytes) {
        try {
            bytes.close();
        } catch (IOException secondary) {
            // What made us close it is on its way to the caller.
        }
    }
}
