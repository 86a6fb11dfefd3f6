package dev.posbridge.ledger;

import dev.posbridge.pos.CustomerDetails;
import dev.posbridge.pos.PosRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/**
 * Who was forgotten and must not come back: of each only hashes, of the id, the numbers and the addresses, salted with a number
 * of this ledger. Where nobody was forgotten it costs nothing. Thread-safe.
 */
public final class Forgotten implements Predicate<PosRecord> {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final LedgerDatabase database;
    private volatile Set<String> hashes = Set.of();
    private volatile long lookAgain = Long.MIN_VALUE;
    private volatile byte[] salt;

    public Forgotten(LedgerDatabase database) {
        this.database = database;
    }

    /** Whether the record's customer was forgotten; another process's word is heard within a moment. */
    @Override
    public boolean test(PosRecord posRecord) {
        CustomerDetails customer = posRecord.customer();
        if (customer == null) {
            return false;
        }
        look();
        Set<String> known = hashes;
        return !known.isEmpty()
                && (known.contains(ofId(customer.id()))
                        || customer.mobile() != null && known.contains(ofMobile(customer.mobile()))
                        || customer.email() != null && known.contains(ofEmail(customer.email())));
    }

    /** Whether the customer of this id was. */
    public boolean isForgotten(String customer) {
        look();
        return hashes.contains(ofId(customer));
    }

    /** Whether nobody ever was. */
    public boolean isEmpty() {
        look();
        return hashes.isEmpty();
    }

    /**
     * Whether a text names somebody who was: by an id that can be nothing else, a number of theirs in whatever spelling, or an
     * address.
     */
    public boolean isNamedIn(String text) {
        if (text == null || isEmpty()) {
            return false;
        }
        Set<String> known = hashes;
        return Person.wordsIn(text).anyMatch(word -> known.contains(ofId(word)))
                || Person.emailsIn(text).anyMatch(email -> known.contains(ofEmail(email)))
                || Person.numbersIn(text).anyMatch(tail -> known.contains(ofTail(tail)));
    }

    /** From now on. */
    void add(Person person) {
        Set<String> all = new HashSet<>();
        all.add(ofId(person.id()));
        person.mobiles().forEach(mobile -> {
            all.add(ofMobile(mobile));
            all.add(ofTail(Person.tail(mobile)));
        });
        person.emails().forEach(email -> all.add(ofEmail(email)));
        database.update(handle -> all.forEach(hash -> add(handle, hash)));
    }

    static void add(Handle handle, String hash) {
        handle.execute(
                "insert into forgotten (hash, at) values (?,?) on conflict do nothing",
                hash,
                System.currentTimeMillis());
    }

    private void look() {
        long now = System.nanoTime();
        if (lookAgain == Long.MIN_VALUE || now - lookAgain >= 0) {
            hashes = database.read(handle -> Set.copyOf(handle.select("select hash from forgotten")
                    .mapTo(String.class)
                    .list()));
            lookAgain = now + LOOK_NANOS;
        }
    }

    private String ofId(String id) {
        return hash("id " + id);
    }

    private String ofMobile(String mobile) {
        return hash("mobile " + mobile.replaceAll("\\D", ""));
    }

    private String ofTail(String digits) {
        return hash("tail " + digits);
    }

    private String ofEmail(String email) {
        return hash("email " + email.strip().toLowerCase(Locale.ROOT));
    }

    private String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt());
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private byte[] salt() {
        if (salt == null) {
            salt = database.read(handle -> ByteBuffer.allocate(Long.BYTES)
                    .putLong(handle.select("select seed from account")
                            .mapTo(Long.class)
                            .one())
                    .array());
        }
        return salt;
    }
}
