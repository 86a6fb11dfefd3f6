/**
 * The physical side of a file: bytes to {@link dev.posbridge.vendor.format.Row rows}. A format knows nothing of sales or
 * refunds, and translation knows nothing of delimiters; a new {@code format.type} is a new {@link
 * dev.posbridge.vendor.format.Format}.
 */
package dev.posbridge.vendor.format;
