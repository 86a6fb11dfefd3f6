/** Asks Gameball what it really holds, and compares that with what the ledger says. */
package dev.posbridge.reconcile;
