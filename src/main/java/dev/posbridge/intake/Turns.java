package dev.posbridge.intake;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * One file of an identity at a time: while a file is staged, another that repeats its receipts must not find them
 * "duplicate", for the first might yet be rejected.
 */
final class Turns {
    private final Map<String, Semaphore> byIdentity = new ConcurrentHashMap<>();

    void await(String identity) throws InterruptedException {
        byIdentity.computeIfAbsent(identity, key -> new Semaphore(1, true)).acquire();
    }

    void end(String identity) {
        byIdentity.get(identity).release();
    }
}
