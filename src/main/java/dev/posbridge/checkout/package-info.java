/**
 * The checkout desk: tills ask on queues and are answered in time, or told that there is no answer. It works on the same
 * terms as the lanes (quotas, one call for a customer, the ledger first) and goes before them.
 */
package dev.posbridge.checkout;
