package dev.posbridge.intake;

import dev.posbridge.ledger.MessageBook;
import dev.posbridge.vendor.Profile;
import java.util.List;

/**
 * A lot with what became of its messages.
 *
 * @param profile by which they were read
 * @param rows data rows in them
 */
public record TranslatedMessages(MessageLot lot, Profile profile, List<MessageBook.Stored> messages, long rows) {}
