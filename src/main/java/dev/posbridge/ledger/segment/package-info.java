/**
 * How records lie in a segment: up to a thousand neighbours of a file as one row of packed columns. Nothing here knows SQL
 * but {@link dev.posbridge.ledger.segment.KeyIndex}, which finds a record by its key.
 */
package dev.posbridge.ledger.segment;
