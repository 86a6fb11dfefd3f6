package dev.posbridge.intake;

import dev.posbridge.PlainName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which files in an inbox may be taken: regular ones with a plain name, whose size and time have not changed for a while.
 * Thread-safe.
 */
public final class SettledFiles implements GenericFileFilter<Object> {
    private static final Logger LOG = LoggerFactory.getLogger(SettledFiles.class);

    private final Looks looks;

    public SettledFiles(Looks looks) {
        this.looks = looks;
    }

    @Override
    public boolean accept(GenericFile<Object> file) {
        return !file.isDirectory() && accept(file, System.nanoTime());
    }

    boolean accept(GenericFile<Object> file, long now) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(
                    Path.of(file.getAbsoluteFilePath()), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return isTakeable(file, attributes)
                    && looks.stoodStill(
                            file,
                            false,
                            attributes.size(),
                            attributes.lastModifiedTime().toMillis(),
                            now);
        } catch (IOException gone) {
            looks.forget(file);
            return false;
        }
    }

    private boolean isTakeable(GenericFile<Object> file, BasicFileAttributes attributes) {
        boolean takeable = attributes.isRegularFile() && PlainName.is(file.getFileNameOnly());
        if (!takeable && looks.isFirstRefusal(file)) {
            LOG.warn(
                    "{}: is left where it is: expected a regular file whose name has letters, digits, dots, blanks, "
                            + "hyphens and underlines only. Rename or remove it.",
                    file.getAbsoluteFilePath());
        }
        return takeable;
    }
}
