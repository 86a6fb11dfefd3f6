package dev.posbridge.cli;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import dev.posbridge.gameball.Masking;

/** The stack trace of a log line, masked as its message is: exceptions quote what they found. */
public final class MaskedThrowable extends ThrowableProxyConverter {
    @Override
    protected String throwableProxyToString(IThrowableProxy thrown) {
        return Masking.mask(super.throwableProxyToString(thrown));
    }
}
