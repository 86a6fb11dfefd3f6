package dev.posbridge.intake;

import dev.posbridge.ledger.MessageBook;
import java.util.List;

/**
 * A lot with what became of its messages.
 *
 * @param rows data rows in them
 */
public record TranslatedMessages(MessageLot lot, List<MessageBook.Stored> messages, long rows) {}
