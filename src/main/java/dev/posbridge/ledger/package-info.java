/**
 * The ledger: what was taken in, what became of it, who may send it. One transaction stores a chunk with its file's
 * progress; nothing is sent that is not committed here first, and every outcome is written under a lane's lease.
 */
package dev.posbridge.ledger;
