package dev.posbridge.cli;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.posbridge.gameball.Masking;

/** The message of a log line, with mobile numbers and e-mail addresses masked, whoever logged it. */
public final class MaskedMessage extends MessageConverter {
    @Override
    public String convert(ILoggingEvent event) {
        return Masking.mask(super.convert(event));
    }
}
