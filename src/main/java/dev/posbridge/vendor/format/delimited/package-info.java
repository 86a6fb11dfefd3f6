/** Delimited text: CSV and its many relatives. */
package dev.posbridge.vendor.format.delimited;
