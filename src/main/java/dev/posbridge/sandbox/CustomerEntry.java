package dev.posbridge.sandbox;

import java.time.Instant;
import java.util.Arrays;

/** A customer as held: guarded by the book's lock. */
final class CustomerEntry {
    private static final long[] NONE = {};

    final long sequence;
    final long arrivedMillis;
    final String customerId;
    final long gameballId;
    final String createdBy;
    String email;
    String mobile;
    String displayName;
    boolean guest;
    int updates;
    int orders;
    long points;
    long earned;
    long held;
    /** Grows with each transaction, and changes the hash. */
    int turn;

    private long[] times = NONE;
    private int timeCount;

    CustomerEntry(long sequence, long arrivedMillis, String customerId, long gameballId, String createdBy) {
        this.sequence = sequence;
        this.arrivedMillis = arrivedMillis;
        this.customerId = customerId;
        this.gameballId = gameballId;
        this.createdBy = createdBy;
    }

    void take(CustomerRequest request) {
        email = request.email() == null ? email : request.email();
        mobile = request.mobile() == null ? mobile : request.mobile();
        displayName = request.displayName() == null ? displayName : request.displayName();
        guest = request.guest();
    }

    boolean hasTransactionAt(Instant time) {
        return Arrays.binarySearch(times, 0, timeCount, time.toEpochMilli()) >= 0;
    }

    /** Kept sorted in a plain array: sales come nearly in order, and a million of them must fit in memory. */
    void addTransactionAt(long millis) {
        int place = -1 - Arrays.binarySearch(times, 0, timeCount, millis);
        if (timeCount == times.length) {
            times = Arrays.copyOf(times, timeCount + 1 + timeCount / 2);
        }
        System.arraycopy(times, place, times, place + 1, timeCount - place);
        times[place] = millis;
        timeCount++;
    }

    String referralCode() {
        return "GB" + gameballId;
    }

    SandboxCustomer view() {
        return new SandboxCustomer(
                sequence,
                Instant.ofEpochMilli(arrivedMillis),
                customerId,
                gameballId,
                createdBy,
                email,
                mobile,
                displayName,
                guest,
                updates,
                orders,
                points);
    }
}
