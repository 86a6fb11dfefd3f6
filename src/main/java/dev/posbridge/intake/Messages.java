package dev.posbridge.intake;

import dev.posbridge.PrivateFiles;
import dev.posbridge.broker.QueueMessage;
import dev.posbridge.ledger.FileOffer;
import dev.posbridge.ledger.MessageBook;
import dev.posbridge.settings.QueueSource;
import dev.posbridge.vendor.Profile;
import dev.posbridge.vendor.Profiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of messages' way into the ledger. Thread-safe; one reader a queue. */
public final class Messages {
    private static final Logger LOG = LoggerFactory.getLogger(Messages.class);

    private final Profiles profiles;
    private final Map<String, QueueSource> sources;
    private final MessageBook book;
    private final MessagesInHand inHand;
    private final Path spool;
    private final Duration calm;
    private final long began = System.nanoTime();

    /**
     * @param sources by their queue
     * @param spool folder for messages that hold a file
     * @param calm how long a process lives before it tries a message that may be the death of it
     */
    public Messages(
            Profiles profiles,
            Map<String, QueueSource> sources,
            MessageBook book,
            MessagesInHand inHand,
            Path spool,
            Duration calm) {
        this.profiles = profiles;
        this.sources = Map.copyOf(sources);
        this.book = book;
        this.inHand = inHand;
        this.spool = spool;
        this.calm = calm;
    }

    /**
     * Parts what came together into what is stored together: one that failed before stands alone, so that it takes no
     * other with it, and so does one that holds a file. What the ledger has already is left out: only its acknowledgement
     * was lost. One attempt before its last a message waits until this process has lived for a while: services that end
     * again and again for a reason of their own end at their start, where the same message is always in hand.
     *
     * @param givenUp whether they come from where the broker puts what it gives up
     */
    public List<MessageLot> part(@Body List<QueueMessage> messages, @ExchangeProperty("givenUp") boolean givenUp) {
        Map<String, Map<MessageBook.Key, MessageBook.InHand>> known = new LinkedHashMap<>();
        List<MessageLot> lots = new ArrayList<>();
        for (QueueMessage message : messages) {
            QueueSource source = sources.get(message.queue());
            if (source == null) {
                LOG.warn(
                        "queue={} message={} expired or was given up, and belongs to no source",
                        message.queue(),
                        message.id());
                continue;
            }
            MessageBook.InHand before =
                    known.computeIfAbsent(message.queue(), book::inHand).get(MessagesInHand.key(message));
            if (before == null || !before.stored()) {
                int attempts = before == null ? 0 : before.attempts();
                int failures = inHand.isForgiven(message) ? Math.max(0, attempts - 1) : attempts;
                if (failures == MessageLot.MOST_FAILURES - 1 && !inHand.isTried(message)) {
                    requireCalm(message);
                }
                add(lots, new MessageLot(source, List.of(message), failures, givenUp));
            }
        }
        return lots;
    }

    private void requireCalm(QueueMessage message) {
        if (System.nanoTime() - began < calm.toNanos()) {
            throw new MessageSuspectedException(MessageTranslator.place(message), calm);
        }
    }

    private static void add(List<MessageLot> lots, MessageLot next) {
        MessageLot last = lots.isEmpty() ? null : lots.get(lots.size() - 1);
        boolean together = last != null
                && last.source().equals(next.source())
                && last.failures() == 0
                && next.failures() == 0
                && next.source().body() != QueueSource.Body.FILE;
        if (together) {
            last.messages().addAll(next.messages());
        } else {
            lots.add(new MessageLot(next.source(), new ArrayList<>(next.messages()), next.failures(), next.givenUp()));
        }
    }

    /** Commits that they are about to be tried. */
    public void take(@Body MessageLot lot) {
        Map<MessageBook.Key, Integer> attempts = new LinkedHashMap<>();
        lot.messages().forEach(message -> attempts.put(MessagesInHand.key(message), lot.failures() + 1));
        String queue = lot.source().queue();
        book.take(queue, attempts, inHand.acknowledged(queue));
        inHand.taken(lot.messages());
    }

    /** Stores them. @return the lanes in which something is due now */
    public Set<Integer> store(@Body TranslatedMessages translated) {
        QueueSource source = translated.lot().source();
        return book.store(source.queue(), day(source, translated.profile()), translated.messages(), translated.rows());
    }

    /** Writes a message that holds a file where intake reads it. */
    public File spool(@Body MessageLot lot) throws IOException {
        QueueMessage message = lot.messages().get(0);
        Profile profile = profiles.named(lot.source().vendor());
        UUID known = UUID.nameUUIDFromBytes(
                (MessageTranslator.place(message) + MessagesInHand.key(message).body())
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Path folder = PrivateFiles.folder(spool.resolve(known.toString()));
        Path file = folder.resolve(MessageTranslator.name(message));
        Files.write(file, MessageTranslator.bytes(message, profile));
        PrivateFiles.restrict(file);
        return file.toFile();
    }

    /** Notes that intake has the file; its folder is not needed any more. */
    public void filed(@ExchangeProperty("lot") MessageLot lot, @ExchangeProperty("spooled") File file)
            throws IOException {
        book.stored(
                lot.source().queue(),
                lot.messages().stream().map(MessagesInHand::key).toList());
        Files.deleteIfExists(file.toPath());
        Files.deleteIfExists(file.toPath().getParent());
    }

    /** All that a queue brings on one day stands in the ledger under one file. */
    private static FileOffer day(QueueSource source, Profile profile) {
        String name = source.queue() + '@' + LocalDate.now();
        return new FileOffer(
                profile.vendor(),
                profile.identity(),
                name,
                "queue " + source.queue(),
                "queue " + name,
                profile.hash(),
                null,
                null,
                profile.matchesByProduct(),
                profile.parksUnmatched(),
                profile.again().timeTolerance(),
                null);
    }
}
