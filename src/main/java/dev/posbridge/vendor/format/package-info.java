/**
 * The physical side of a file: bytes to {@link dev.posbridge.vendor.format.Row rows}. A format knows nothing of sales or
 * refunds, and translation knows nothing of delimiters; a new {@code format.type} is a package
 * of its own with a {@link dev.posbridge.vendor.format.FormatType}.
 */
package dev.posbridge.vendor.format;
