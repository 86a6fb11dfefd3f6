/** What people do with the ledger, whether they type it or press a button: done once here, and shown by {@code cli} and {@code console}. */
package dev.posbridge.operations;
