package dev.posbridge.intake;

import dev.posbridge.PosbridgeException;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.GenericFileProcessStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When the files of a door are taken: one after the other, and none while intake is closed or an earlier one waits. Nothing is
 * moved here, for intake itself moves what it has taken from an inbox. Thread-safe.
 */
public class OneAfterTheOther implements GenericFileProcessStrategy<Object> {
    private static final Logger LOG = LoggerFactory.getLogger(OneAfterTheOther.class);

    private final Looks looks;
    private final BooleanSupplier open;

    /**
     * @param looks of the door's filter
     * @param open whether anything may be taken in now
     */
    public OneAfterTheOther(Looks looks, BooleanSupplier open) {
        this.looks = looks;
        this.open = open;
    }

    @Override
    public void prepareOnStartup(GenericFileOperations<Object> operations, GenericFileEndpoint<Object> endpoint) {
        // There are no locks that a killed process could have left there.
    }

    @Override
    public boolean begin(
            GenericFileOperations<Object> operations,
            GenericFileEndpoint<Object> endpoint,
            Exchange exchange,
            GenericFile<Object> file) {
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
        Exception why = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        looks.failed(file, why);
        tell(file, why);
    }

    /** Tells people why a file was not taken. */
    protected void tell(GenericFile<Object> file, Exception why) {
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
