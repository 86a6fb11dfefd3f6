package dev.posbridge.vendor.value;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Phone numbers of one region that were converted before: converting one costs as much as all else of a row. Plain digits,
 * which is what nearly all tills write, are kept as two longs each, so that a night's customers fit into 8 MiB. Emptied
 * when full: tills repeat the same regulars. For one thread.
 */
final class KnownPhones {
    private static final int MOST_SLOTS = 1 << 19;
    private static final int MOST_TEXTS = 10_000;
    private static final int MOST_DIGITS = 17;
    private static final int PLAIN = 1;
    private static final int INTERNATIONAL = 2;

    private final Map<String, String> texts = new HashMap<>();
    private long[] written = new long[1 << 6];
    private long[] numbers = new long[1 << 6];
    private int count;

    /**
     * The number as E.164.
     *
     * @param convert makes it where it is not known: plus sign and digits, or "" for none
     */
    String of(String text, Function<String, String> convert) {
        long packed = packed(text);
        if (packed == 0) {
            if (texts.size() >= MOST_TEXTS) {
                texts.clear();
            }
            return texts.computeIfAbsent(text, convert);
        }
        int slot = slot(packed);
        if (written[slot] == packed) {
            return numbers[slot] == 0 ? "" : "+" + numbers[slot];
        }
        String number = convert.apply(text);
        add(packed, number.isEmpty() ? 0 : Long.parseLong(number, 1, number.length(), 10));
        return number;
    }

    /** The digits behind one that says how the text begins, so that leading zeros count; 0 where it has anything else. */
    private static long packed(String text) {
        boolean international = text.startsWith("+");
        int start = international ? 1 : 0;
        int digits = text.length() - start;
        if (digits == 0 || digits > MOST_DIGITS) {
            return 0;
        }
        long packed = international ? INTERNATIONAL : PLAIN;
        for (int index = start; index < text.length(); index++) {
            char digit = text.charAt(index);
            if (digit < '0' || digit > '9') {
                return 0;
            }
            packed = packed * 10 + (digit - '0');
        }
        return packed;
    }

    /** Where it stands, or else the free slot for it. */
    private int slot(long packed) {
        long mixed = packed * 0x9E3779B97F4A7C15L;
        int slot = (int) (mixed >>> 32) & (written.length - 1);
        while (written[slot] != 0 && written[slot] != packed) {
            slot = (slot + 1) & (written.length - 1);
        }
        return slot;
    }

    private void add(long packed, long number) {
        if (count == written.length / 2) {
            makeRoom();
        }
        int slot = slot(packed);
        written[slot] = packed;
        numbers[slot] = number;
        count++;
    }

    private void makeRoom() {
        long[] oldWritten = written;
        long[] oldNumbers = numbers;
        boolean grows = written.length < MOST_SLOTS;
        written = new long[grows ? written.length * 2 : MOST_SLOTS];
        numbers = new long[written.length];
        count = 0;
        for (int index = 0; grows && index < oldWritten.length; index++) {
            if (oldWritten[index] != 0) {
                add(oldWritten[index], oldNumbers[index]);
            }
        }
    }
}
