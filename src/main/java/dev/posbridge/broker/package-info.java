/**
 * The message broker: the embedded Artemis, and who may come to it from outside. Knows queues and users, not what their
 * messages say.
 */
package dev.posbridge.broker;
