package dev.posbridge.intake;

import dev.posbridge.FileRejectedException;
import dev.posbridge.broker.QueueMessage;
import dev.posbridge.ledger.Entry;
import dev.posbridge.ledger.MessageBook;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import dev.posbridge.settings.QueueSource;
import dev.posbridge.vendor.Document;
import dev.posbridge.vendor.Profile;
import dev.posbridge.vendor.Profiles;
import dev.posbridge.vendor.Receipt;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;

/** Turns messages into records by their vendor's profile; what cannot be turned is a dead letter. Thread-safe. */
public final class MessageTranslator {
    private final Profiles profiles;
    private final Translator translator;

    public MessageTranslator(Profiles profiles, Translator translator) {
        this.profiles = profiles;
        this.translator = translator;
    }

    /** @return each message with one entry or more */
    public TranslatedMessages translate(MessageLot lot) {
        // One profile for all of it, also where another comes into force meanwhile.
        Profile profile = profiles.named(lot.source().vendor());
        List<MessageBook.Stored> stored = new ArrayList<>(lot.messages().size());
        long rows = 0;
        for (QueueMessage message : lot.messages()) {
            One one = new One(lot, profile, message);
            one.translate();
            stored.add(one.stored());
            rows += one.rows;
        }
        return new TranslatedMessages(lot, profile, stored, rows);
    }

    /** Queue and message, as told to people. */
    static String place(QueueMessage message) {
        return message.queue() + " " + message.id();
    }

    /** The name under which the profile reads it. */
    static String name(QueueMessage message) {
        return message.fileName() == null ? message.queue() : message.fileName();
    }

    /**
     * Its body as the bytes of a file of the profile.
     *
     * @throws FileRejectedException where the text has a character that the profile's encoding lacks
     */
    static byte[] bytes(QueueMessage message, Profile profile) {
        return message.kind() == QueueMessage.Kind.BYTES
                ? message.bytes()
                : bytes(message.text(), profile, name(message));
    }

    /** The same of a text that was put aside. */
    static byte[] bytes(String text, Profile profile, String name) {
        if (!profile.encoding().newEncoder().canEncode(text)) {
            throw new FileRejectedException(
                    Position.ofFile(name),
                    Reason.ENCODING_WRONG,
                    "the text has a character that " + profile.encoding() + ", the profile's encoding, lacks. Set "
                            + "format.encoding in the profile.");
        }
        return text.getBytes(profile.encoding());
    }

    /** One message. */
    private final class One {
        private final MessageLot lot;
        private final Profile profile;
        private final QueueMessage message;
        private final List<Entry> entries = new ArrayList<>();
        private String header;
        private long rows;

        One(MessageLot lot, Profile profile, QueueMessage message) {
            this.lot = lot;
            this.profile = profile;
            this.message = message;
        }

        MessageBook.Stored stored() {
            return new MessageBook.Stored(MessagesInHand.key(message), place(message), name(message), header, entries);
        }

        void translate() {
            if (lot.isPoisonous()) {
                die(Reason.MESSAGE_POISONOUS, "failed " + lot.failures() + " times.");
            } else if (lot.givenUp()) {
                die(Reason.MESSAGE_GIVEN_UP, "lay in the broker's own dead-letter queue.");
            } else if (message.kind() == QueueMessage.Kind.TOO_LARGE) {
                die(
                        Reason.MESSAGE_TOO_LARGE,
                        "its body has " + message.size() + " bytes, expected at most "
                                + lot.source().maxBody() + ". It lies in " + message.kept() + ".");
            } else if (!MessageLot.isReadable(message)) {
                die(Reason.MESSAGE_UNREADABLE, "found " + message.type() + ", expected TextMessage or BytesMessage.");
            } else {
                read();
            }
        }

        private void read() {
            long receipts = 0;
            try (Document document =
                    profile.openMessage(name(message), new ByteArrayInputStream(bytes(message, profile)))) {
                header = document.header();
                while (document.hasNext()) {
                    Receipt receipt = document.next();
                    translator.addEntries(receipt, document.translate(receipt), entries);
                    receipts++;
                }
                rows = document.rows();
            } catch (FileRejectedException problem) {
                if (problem.reason() == Reason.FILE_NAME_UNKNOWN && message.fileName() == null) {
                    die(problem.reason(), "found no name of a file in its property posbridgeFile.");
                } else {
                    whole(problem.reason(), problem.getMessage());
                }
                return;
            }
            boolean one = lot.source().body() != QueueSource.Body.RECEIPT;
            if (receipts == 0 || receipts > 1 && !one) {
                whole(
                        Reason.MESSAGE_UNREADABLE,
                        place(message) + ": found " + receipts + " receipts in the message, expected one"
                                + (one ? " or more" : "; set body = batch for sources that send several") + ". "
                                + Reason.MESSAGE_UNREADABLE.remedy());
            }
        }

        private void die(Reason reason, String what) {
            whole(reason, place(message) + ": " + what + " " + reason.remedy());
        }

        /** Nothing of the message is kept but the dead letter. */
        private void whole(Reason reason, String problem) {
            entries.clear();
            header = null;
            entries.add(Entry.dead(null, Position.ofFile(message.queue()), message.asText(), reason, problem));
        }
    }
}
