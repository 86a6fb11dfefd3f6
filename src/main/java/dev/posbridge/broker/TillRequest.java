package dev.posbridge.broker;

import jakarta.jms.Destination;

/**
 * What a till asks, with what is needed to answer. Nothing else of the message is looked at.
 *
 * @param message its text or bytes, or why it has none
 * @param replyTo as the till said; not to be trusted
 * @param correlationId the request's own, else its message's id as the till knows it
 * @param expiration when nobody waits any more, in milliseconds of the clock; 0 for never
 */
public record TillRequest(QueueMessage message, Destination replyTo, String correlationId, long expiration) {}
