package dev.posbridge.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which files in an inbox may be taken: regular ones with a plain name, whose size and time have not changed for a while.
 * A half-written file looks like a short day. Thread-safe.
 */
public final class SettledFiles implements GenericFileFilter<Object> {
    private static final Logger LOG = LoggerFactory.getLogger(SettledFiles.class);
    private final Looks looks;

    /** @param settle how long a file must not have changed */
    public SettledFiles(Duration settle) {
        this.looks = new Looks(settle);
    }

    @Override
    public boolean accept(GenericFile<Object> file) {
        Path path = Path.of(file.getAbsoluteFilePath());
        if (file.isDirectory()) {
            return false;
        }
        try {
            return accept(path, System.nanoTime());
        } catch (IOException gone) {
            looks.forget(path.toString());
            return false;
        }
    }

    boolean accept(Path path, long now) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile() || !PlainName.is(path.getFileName().toString())) {
            warnOnce(path);
            return false;
        }
        return looks.stoodStill(
                path.toString(),
                attributes.size(),
                attributes.lastModifiedTime().toMillis(),
                now);
    }

    private void warnOnce(Path path) {
        if (looks.isNew(path.toString())) {
            LOG.warn(
                    "{}: is left where it is: expected a regular file whose name has letters, digits, dots, blanks, "
                            + "hyphens and underlines only. Rename or remove it.",
                    path);
        }
    }
}
