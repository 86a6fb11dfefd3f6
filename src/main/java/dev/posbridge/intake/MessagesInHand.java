package dev.posbridge.intake;

import dev.posbridge.LedgerUnavailableException;
import dev.posbridge.broker.QueueMessage;
import dev.posbridge.broker.QueueObserver;
import dev.posbridge.ledger.HealthBook;
import dev.posbridge.ledger.MessageBook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What this process knows of messages between their queue and the ledger. Thread-safe. */
public final class MessagesInHand implements QueueObserver {
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final HealthBook health;
    private final Map<String, Set<MessageBook.Key>> forgiven = new ConcurrentHashMap<>();
    private final Map<String, Set<MessageBook.Key>> tried = new ConcurrentHashMap<>();
    private final Map<String, List<MessageBook.Key>> acknowledged = new ConcurrentHashMap<>();

    public MessagesInHand(HealthBook health) {
        this.health = health;
    }

    static MessageBook.Key key(QueueMessage message) {
        return new MessageBook.Key(message.id(), message.fingerprint());
    }

    /** Whether its last attempt failed through no fault of its own: the ledger was away. */
    boolean isForgiven(QueueMessage message) {
        return forgiven.getOrDefault(message.queue(), Set.of()).contains(key(message));
    }

    /** Whether this process has tried it: then it did not die of it. */
    boolean isTried(QueueMessage message) {
        return tried.getOrDefault(message.queue(), Set.of()).contains(key(message));
    }

    /** They are tried again. */
    void taken(List<QueueMessage> messages) {
        messages.forEach(message -> {
            remove(forgiven, message);
            add(tried, message);
        });
    }

    private static void add(Map<String, Set<MessageBook.Key>> keys, QueueMessage message) {
        keys.computeIfAbsent(message.queue(), queue -> ConcurrentHashMap.newKeySet())
                .add(key(message));
    }

    private static void remove(Map<String, Set<MessageBook.Key>> keys, QueueMessage message) {
        keys.getOrDefault(message.queue(), ConcurrentHashMap.newKeySet()).remove(key(message));
    }

    /** Messages of the queue that the ledger may forget; told once. */
    List<MessageBook.Key> acknowledged(String queue) {
        List<MessageBook.Key> known = acknowledged.remove(queue);
        return known == null ? List.of() : known;
    }

    @Override
    public void alive(String queue) {
        health.report("queue " + queue, HealthBook.State.GREEN, "", SILENCE);
    }

    @Override
    public void failing(String queue, String problem) {
        health.report("queue " + queue, HealthBook.State.RED, problem);
    }

    @Override
    public void failed(List<QueueMessage> messages, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LedgerUnavailableException) {
                messages.forEach(message -> add(forgiven, message));
                return;
            }
        }
    }

    @Override
    public void acknowledged(List<QueueMessage> messages) {
        messages.forEach(message -> {
            remove(tried, message);
            acknowledged
                    .computeIfAbsent(message.queue(), queue -> new ArrayList<>())
                    .add(key(message));
        });
    }
}
