package dev.posbridge.intake;

import dev.posbridge.PlainName;
import dev.posbridge.PosbridgeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Comparator;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.GenericFileProcessStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which files in an inbox are taken, and when: regular ones with a plain name, whose size and time have not changed for a
 * while, one after the other. Intake itself moves what it has taken. Thread-safe.
 */
public final class SettledFiles implements GenericFileFilter<Object>, GenericFileProcessStrategy<Object> {
    private static final Logger LOG = LoggerFactory.getLogger(SettledFiles.class);

    private final Looks looks;
    private final BooleanSupplier open;

    /**
     * @param settle how long a file must not have changed
     * @param order in which files of a folder are taken
     * @param open whether anything may be taken in now
     */
    public SettledFiles(Duration settle, Comparator<GenericFile<Object>> order, BooleanSupplier open) {
        this.looks = new Looks(settle, order);
        this.open = open;
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

    @Override
    public void prepareOnStartup(GenericFileOperations<Object> operations, GenericFileEndpoint<Object> endpoint) {
        // There are no locks that a killed process could have left in the folder.
    }

    @Override
    public boolean begin(
            GenericFileOperations<Object> operations,
            GenericFileEndpoint<Object> endpoint,
            Exchange exchange,
            GenericFile<Object> file) {
        return mayBegin(file);
    }

    boolean mayBegin(GenericFile<Object> file) {
        return open.getAsBoolean() && looks.isNext(file);
    }

    @Override
    public void abort(
            GenericFileOperations<Object> operations,
            GenericFileEndpoint<Object> endpoint,
            Exchange exchange,
            GenericFile<Object> file) {
        // Nothing was begun.
    }

    @Override
    public void commit(
            GenericFileOperations<Object> operations,
            GenericFileEndpoint<Object> endpoint,
            Exchange exchange,
            GenericFile<Object> file) {
        looks.forget(file);
    }

    @Override
    public void rollback(
            GenericFileOperations<Object> operations,
            GenericFileEndpoint<Object> endpoint,
            Exchange exchange,
            GenericFile<Object> file) {
        failed(file, exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
    }

    void failed(GenericFile<Object> file, Throwable why) {
        looks.failed(file, why);
        LOG.warn(
                "{}: was not taken in and is tried again; what comes after it waits: {}",
                file.getAbsoluteFilePath(),
                reason(why),
                why);
    }

    /** Camel wraps what stops a split. */
    private static String reason(Throwable why) {
        Throwable cause = why;
        while (cause instanceof CamelExchangeException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof PosbridgeException told ? told.getMessage() : String.valueOf(cause);
    }
}
