package dev.posbridge.intake;

import dev.posbridge.vendor.Receipt;
import java.util.List;

/**
 * Up to 1,000 receipts on their way through the routes as one exchange.
 *
 * @param receiptsBefore receipts of the file before these
 * @param bytesRead of the file, when these were read
 */
public record Chunk(Reading reading, long receiptsBefore, List<Receipt> receipts, long bytesRead) {}
