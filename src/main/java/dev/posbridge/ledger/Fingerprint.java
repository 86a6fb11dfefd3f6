package dev.posbridge.ledger;

import dev.posbridge.pos.CustomerDetails;
import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Refund;
import dev.posbridge.pos.Sale;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32;

/** Hashes by which records are compared: by meaning (customer, total with its currency, business date, goods) and by content. */
final class Fingerprint {
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(Fingerprint::sha256);

    private Fingerprint() {}

    /** 64 bits of what must not change once a record is delivered, but for its time, which is compared apart. */
    static long meaning(PosRecord posRecord, long content) {
        CustomerDetails customer = posRecord.customer();
        String buyer = customer == null ? "" : customer.id();
        if (posRecord instanceof Sale sale) {
            return of(buyer + '|' + sale.totalPaid() + '|' + sale.businessDate() + '|' + Goods.of(sale.lines()));
        }
        if (posRecord instanceof Refund refund && refund.soFar()) {
            // Such a row is the sale's: its time and date may be those of its last change.
            return of(buyer + '|' + refund.amount() + '|' + refund.original());
        }
        if (posRecord instanceof Refund refund) {
            return of(buyer
                    + '|'
                    + refund.amount()
                    + '|'
                    + refund.businessDate()
                    + '|'
                    + refund.original()
                    + '|'
                    + Goods.of(refund.lines()));
        }
        return content;
    }

    static long of(String text) {
        byte[] hash = SHA_256.get().digest(text.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(hash).getLong();
    }

    /** The lane of a customer, or of a key without one; stable for ever, as a ledger's number of lanes is. */
    static int lane(String customerId, int lanes) {
        CRC32 hash = new CRC32();
        hash.update(customerId.getBytes(StandardCharsets.UTF_8));
        return (int) (hash.getValue() % lanes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
