/** What a profile's rules make of a receipt: sales, refunds, customers, events. All immutable, shared by all files. */
package dev.posbridge.vendor.rule;
