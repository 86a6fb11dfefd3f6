package dev.posbridge.settings;

/**
 * Messages of one queue.
 *
 * @param queue its name at the broker
 */
public record QueueSource(String name, String vendor, String queue) implements Source {}
