package dev.posbridge.gameball;

import java.util.Map;

/**
 * Body of {@code POST events}; also an element of {@code batch/events}.
 *
 * @param events metadata by the event's name
 */
public record EventRequest(String customerId, String email, String mobile, Map<String, Map<String, String>> events) {}
