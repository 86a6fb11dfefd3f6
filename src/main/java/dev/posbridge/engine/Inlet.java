package dev.posbridge.engine;

import java.util.Map;

/**
 * A way in that the service watches: a route made from a template.
 *
 * @param routeId of the route that is made
 * @param parameters of the template
 */
record Inlet(String routeId, String template, Map<String, Object> parameters) {}
