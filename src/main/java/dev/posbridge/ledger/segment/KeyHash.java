package dev.posbridge.ledger.segment;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import net.jpountz.xxhash.XXHash64;
import net.jpountz.xxhash.XXHashFactory;

/**
 * 64 bits of a key, within its identity and kind, or of a customer id. A hash alone never decides: whoever finds one reads
 * the key itself. Seeded for each ledger, so that nobody outside can choose keys that collide. Thread-safe.
 */
public final class KeyHash {
    private static final XXHash64 XX = XXHashFactory.fastestJavaInstance().hash64();
    private static final long KINDS = 0x9e3779b97f4a7c15L;

    /** As many characters. */
    public static final int ENDING = 7;

    /** No identity has these numbers. */
    private static final long ENDINGS = -1;

    private static final long EMAILS = -2;

    private final long seed;

    public KeyHash(long seed) {
        this.seed = seed;
    }

    public long ofKey(long identity, int kind, String key) {
        return of(key, seed + (identity * 16 + kind) * KINDS);
    }

    /** 0 for none. */
    public long ofCustomer(String customerId) {
        return customerId == null ? 0 : of(customerId, seed);
    }

    /**
     * Of how a customer id ends, by which somebody with a mobile number is looked for.
     *
     * @return 0 for one that is shorter than {@link #ENDING}
     */
    public long ofEnding(String customerId) {
        int length = customerId.length();
        return length < ENDING ? 0 : of(customerId.substring(length - ENDING), seed + ENDINGS * KINDS);
    }

    /** In whatever case it is written. */
    public long ofEmail(String email) {
        return of(email.toLowerCase(Locale.ROOT), seed + EMAILS * KINDS);
    }

    private static long of(String text, long seed) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return XX.hash(bytes, 0, bytes.length, seed);
    }
}
