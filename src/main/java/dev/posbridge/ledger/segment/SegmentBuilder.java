package dev.posbridge.ledger.segment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Gathers the records of a segment, position after position. Used by one thread. */
public final class SegmentBuilder {
    private final List<PackedRecord> records = new ArrayList<>();
    /** Where a block is put together before it is packed. */
    private ByteBuffer room = ByteBuffer.allocate(0);

    /** Takes the next position. @param added null for a record that has a row of its own */
    public void add(PackedRecord added) {
        records.add(added);
    }

    /** How many positions there are. */
    public int count() {
        return records.size();
    }

    /** Hashes of the keys, 0 for a record that has a row of its own. */
    public long[] keyHashes() {
        return records.stream()
                .mapToLong(one -> one == null ? 0 : one.keyHash())
                .toArray();
    }

    /** The columns, packed; in the order in which {@link Segment} reads them. */
    public byte[] columns() {
        List<String> stores = new ArrayList<>();
        int texts = 0;
        List<byte[]> keys = new ArrayList<>(records.size());
        List<byte[]> customers = new ArrayList<>(records.size());
        for (PackedRecord one : records) {
            keys.add(bytes(one == null ? null : one.key()));
            customers.add(bytes(one == null ? null : one.customerId()));
            texts += keys.get(keys.size() - 1).length + customers.get(customers.size() - 1).length;
        }
        short[] storeOf = new short[records.size()];
        for (int i = 0; i < storeOf.length; i++) {
            storeOf[i] = (short) indexOf(stores, records.get(i));
        }
        List<byte[]> names = stores.stream().map(SegmentBuilder::bytes).toList();
        for (byte[] name : names) {
            texts += Integer.BYTES + name.length;
        }
        int size = Integer.BYTES + records.size() * Segment.FIXED_BYTES + texts + Integer.BYTES;
        ByteBuffer columns = ByteBuffer.allocate(size);
        columns.putInt(records.size());
        put(columns, PackedRecord::keyHash);
        put(columns, PackedRecord::customerHash);
        put(columns, PackedRecord::meaning);
        put(columns, PackedRecord::content);
        put(columns, PackedRecord::amount);
        put(columns, PackedRecord::happenedAt);
        put(columns, PackedRecord::line);
        for (PackedRecord one : records) {
            columns.putInt(one == null ? Segment.NO_DAY : one.day());
        }
        for (short store : storeOf) {
            columns.putShort(store);
        }
        keys.forEach(key -> columns.putInt(key.length));
        customers.forEach(customer -> columns.putInt(customer.length));
        columns.putInt(names.size());
        names.forEach(name -> columns.putInt(name.length).put(name));
        keys.forEach(columns::put);
        customers.forEach(columns::put);
        return Packing.pack(columns.array(), columns.position());
    }

    /** What the records say and the rows they came from: where each block begins and the last one ends, then the blocks. */
    public byte[] bodies() {
        List<byte[]> blocks = new ArrayList<>();
        for (int from = 0; from < records.size(); from += SegmentBodies.BLOCK) {
            blocks.add(block(records.subList(from, Math.min(records.size(), from + SegmentBodies.BLOCK))));
        }
        int end = Integer.BYTES * (blocks.size() + 1);
        ByteBuffer bodies = ByteBuffer.allocate(
                end + blocks.stream().mapToInt(block -> block.length).sum());
        for (byte[] block : blocks) {
            bodies.putInt(end);
            end += block.length;
        }
        bodies.putInt(end);
        blocks.forEach(bodies::put);
        return bodies.array();
    }

    /** By what they are looked for; see {@link SegmentFilter}. */
    public byte[] filter(KeyHash hashes) {
        SegmentFilter.Builder filter = new SegmentFilter.Builder(hashes, records.size());
        for (PackedRecord one : records) {
            if (one != null && one.customerHash() != 0) {
                filter.add(one.customerHash(), one.customerId(), one.canonical());
            }
        }
        return filter.bits();
    }

    private byte[] block(List<PackedRecord> some) {
        List<byte[]> texts = new ArrayList<>(2 * some.size());
        int size = Integer.BYTES * (1 + 2 * some.size());
        for (PackedRecord one : some) {
            texts.add(bytes(one == null ? null : one.canonical()));
            texts.add(bytes(one == null ? null : one.raw()));
        }
        for (byte[] text : texts) {
            size += text.length;
        }
        ByteBuffer block = room(size);
        block.putInt(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            boolean none =
                    i % 2 == 1 && (some.get(i / 2) == null || some.get(i / 2).raw() == null);
            block.putInt(none ? -1 : texts.get(i).length);
        }
        texts.forEach(block::put);
        return Packing.pack(block.array(), size);
    }

    private ByteBuffer room(int size) {
        if (room.capacity() < size) {
            room = ByteBuffer.allocate(size + size / 4);
        }
        return room.clear();
    }

    private void put(ByteBuffer columns, ToLongFunction<PackedRecord> column) {
        for (PackedRecord one : records) {
            columns.putLong(one == null ? 0 : column.applyAsLong(one));
        }
    }

    private static int indexOf(List<String> stores, PackedRecord one) {
        if (one == null || one.store() == null) {
            return -1;
        }
        int index = stores.indexOf(one.store());
        if (index < 0) {
            stores.add(one.store());
            index = stores.size() - 1;
        }
        return index;
    }

    private static byte[] bytes(String text) {
        return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }
}
