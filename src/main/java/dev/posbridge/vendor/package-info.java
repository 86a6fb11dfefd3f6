/**
 * Vendor profiles: one YAML file says how a vendor's files are read and what their receipts mean. {@link
 * dev.posbridge.vendor.Profiles} reads profiles, {@link dev.posbridge.vendor.Profile} opens files, {@link
 * dev.posbridge.vendor.Document} streams receipts and translates them.
 */
package dev.posbridge.vendor;
