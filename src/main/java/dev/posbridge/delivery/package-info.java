/** Takes what is due from the ledger to Gameball: lanes, chunks, outcomes and quotas. */
package dev.posbridge.delivery;
