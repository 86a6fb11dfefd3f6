package dev.posbridge.ledger.segment;

import java.nio.charset.StandardCharsets;
import net.jpountz.xxhash.XXHash64;
import net.jpountz.xxhash.XXHashFactory;

/**
 * 64 bits of a key, within its identity and kind, or of a customer id. A hash alone never decides: whoever finds one reads
 * the key itself. Seeded for each ledger, so that nobody outside can choose keys that collide. Thread-safe.
 */
public final class KeyHash {
    private static final XXHash64 XX = XXHashFactory.fastestJavaInstance().hash64();
    private static final long KINDS = 0x9e3779b97f4a7c15L;

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

    private static long of(String text, long seed) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return XX.hash(bytes, 0, bytes.length, seed);
    }
}
