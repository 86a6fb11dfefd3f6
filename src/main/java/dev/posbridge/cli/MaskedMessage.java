package dev.posbridge.cli;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.posbridge.gameball.Masking;

/** The message of a log line, of bounded length, with mobile numbers and e-mail addresses masked, whoever logged it. */
public final class MaskedMessage extends MessageConverter {
    /** What quotes a row may quote 16 MiB of it. */
    private static final int LONGEST_LINE = 8 * 1024;

    @Override
    public String convert(ILoggingEvent event) {
        String text = super.convert(event);
        return Masking.mask(text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE) + "...");
    }
}
