package dev.posbridge.ledger.segment;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * Packs bytes for the ledger: a version, the length, a checksum (CRC32C of what was packed), then LZ4. A page that the disk
 * or we ourselves spoilt is refused with its place; half understood, it would lose a thousand records. Thread-safe.
 */
public final class Packing {
    private static final byte VERSION = 1;
    private static final int HEADER = 1 + Integer.BYTES + Integer.BYTES;
    /** LZ4 makes no more than so many bytes of one. */
    private static final long MOST_OF_A_BYTE = 255;

    /** By the machine's own code where it can be loaded: a seventh of the time. */
    private static final LZ4Factory LZ4 = LZ4Factory.fastestInstance();

    private static final LZ4Compressor COMPRESSOR = LZ4.fastCompressor();
    private static final LZ4SafeDecompressor DECOMPRESSOR = LZ4.safeDecompressor();

    /** More than this is not kept for what is packed next. */
    private static final int LONGEST_KEPT = 1024 * 1024;

    /** Where a thread packs: how long it will be is not known before. */
    private static final ThreadLocal<byte[]> ROOM = ThreadLocal.withInitial(() -> new byte[0]);

    private Packing() {}

    /** @param length of what is packed; what follows it is left out */
    public static byte[] pack(byte[] bytes, int length) {
        byte[] packed = room(HEADER + COMPRESSOR.maxCompressedLength(length));
        ByteBuffer.wrap(packed).put(VERSION).putInt(length).putInt(checksum(bytes, length));
        int size = COMPRESSOR.compress(bytes, 0, length, packed, HEADER);
        return Arrays.copyOf(packed, HEADER + size);
    }

    private static byte[] room(int length) {
        byte[] room = ROOM.get();
        if (room.length < length) {
            room = new byte[length];
            if (length <= LONGEST_KEPT) {
                ROOM.set(room);
            }
        }
        return room;
    }

    /**
     * @param place for messages
     * @throws DamagedSegmentException where it is not what was packed
     */
    public static byte[] unpack(byte[] packed, String place) {
        if (packed.length < HEADER) {
            throw new DamagedSegmentException(place, packed.length + " bytes, expected at least " + HEADER);
        }
        ByteBuffer header = ByteBuffer.wrap(packed);
        byte version = header.get();
        if (version != VERSION) {
            throw new DamagedSegmentException(place, "version " + version + " of its packing, expected " + VERSION);
        }
        int length = header.getInt();
        int checksum = header.getInt();
        if (length < 0 || length > MOST_OF_A_BYTE * packed.length) {
            throw new DamagedSegmentException(place, packed.length + " bytes that say they were " + length);
        }
        byte[] bytes = new byte[length];
        try {
            int unpacked = DECOMPRESSOR.decompress(packed, HEADER, packed.length - HEADER, bytes, 0);
            if (unpacked != length) {
                throw new DamagedSegmentException(place, unpacked + " bytes, expected " + length);
            }
        } catch (LZ4Exception problem) {
            throw new DamagedSegmentException(
                    place, "bytes that cannot be unpacked (" + problem.getMessage() + ")", problem);
        }
        if (checksum(bytes, length) != checksum) {
            throw new DamagedSegmentException(place, "another checksum than was stored");
        }
        return bytes;
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return (int) checksum.getValue();
    }
}
