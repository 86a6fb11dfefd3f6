package dev.posbridge.ledger.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is packed into a segment comes out of it. */
class SegmentTest {
    private static final long FIRST = 7_001;
    private static final String[] TEXTS = {"", "R-1", "Ünïcödé", "売上", "😀 a\tb", "two\nlines", "x".repeat(3_000)};

    private final Random random = new Random(11);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 65, 999, 1000})
    void givesBackWhatWasPutIn(int count) {
        for (int round = 0; round < 5; round++) {
            List<PackedRecord> records = records(count);
            SegmentBuilder builder = new SegmentBuilder();
            records.forEach(builder::add);
            assertThat(builder.count()).isEqualTo(count);

            Segment columns = new Segment(FIRST, builder.columns());
            SegmentBodies bodies = new SegmentBodies(FIRST, builder.bodies());

            assertThat(columns.first()).isEqualTo(FIRST);
            assertThat(columns.count()).isEqualTo(count);
            for (int at = 0; at < count; at++) {
                assertSame(columns, bodies, at, records.get(at));
            }
        }
    }

    @Test
    void hasNoHashesWhereARecordHasARowOfItsOwn() {
        SegmentBuilder builder = new SegmentBuilder();
        builder.add(null);
        builder.add(record("R2", "ann", "north"));
        builder.add(null);
        Segment columns = new Segment(FIRST, builder.columns());

        assertThat(columns.keyHash(0)).isZero();
        assertThat(columns.customerHash(2)).isZero();
        assertThat(columns.day(0)).isEqualTo(Segment.NO_DAY);
        assertThat(columns.store(2)).isNull();
        assertThat(columns.key(1)).isEqualTo("R2");
        assertThat(columns.customerId(1)).isEqualTo("ann");
        assertThat(new SegmentBodies(FIRST, builder.bodies()).canonical(1)).isEqualTo("{\"of\":\"R2\"}");
    }

    @Test
    void keepsStoresApartWhoseNamesHaveLineBreaks() {
        SegmentBuilder builder = new SegmentBuilder();
        for (String store : new String[] {"north\nside", "", null, "south", "north", "side", "north\nside"}) {
            builder.add(record("R", "ann", store));
        }
        Segment columns = new Segment(FIRST, builder.columns());

        List<String> stores = new ArrayList<>();
        for (int at = 0; at < columns.count(); at++) {
            stores.add(columns.store(at));
        }
        assertThat(stores).containsExactly("north\nside", "", null, "south", "north", "side", "north\nside");
    }

    @Test
    void refusesColumnsOfWhichAByteIsFlippedUnlessTheySayTheSame() {
        SegmentBuilder builder = new SegmentBuilder();
        List<PackedRecord> records = records(40);
        records.forEach(builder::add);
        byte[] packed = builder.columns();
        int refused = 0;
        for (int at = 0; at < packed.length; at++) {
            byte[] spoilt = packed.clone();
            spoilt[at] ^= (byte) (1 << random.nextInt(8));
            try {
                Segment columns = new Segment(FIRST, spoilt);
                for (int position = 0; position < records.size(); position++) {
                    assertSame(columns, new SegmentBodies(FIRST, builder.bodies()), position, records.get(position));
                }
            } catch (DamagedSegmentException problem) {
                refused++;
                assertThat(problem)
                        .hasMessageStartingWith("segment 7001: found ")
                        .hasMessageEndingWith("The ledger is damaged there; restore it from a backup.");
            }
        }
        // LZ4 may find the same bytes at another place, and then nothing is damaged.
        assertThat(refused).isGreaterThan(packed.length * 9 / 10);
    }

    @Test
    void refusesBodiesOfWhichAByteIsFlippedOrSaysTheSame() {
        List<PackedRecord> records = records(100);
        SegmentBuilder builder = new SegmentBuilder();
        records.forEach(builder::add);
        byte[] packed = builder.bodies();
        for (int at = 0; at < packed.length; at += at < 64 ? 1 : 7) {
            byte[] spoilt = packed.clone();
            spoilt[at] ^= (byte) (1 << random.nextInt(8));
            try {
                SegmentBodies bodies = new SegmentBodies(FIRST, spoilt);
                for (int position = 0; position < records.size(); position++) {
                    PackedRecord meant = records.get(position);
                    assertThat(bodies.canonical(position)).isEqualTo(meant == null ? "" : meant.canonical());
                }
            } catch (DamagedSegmentException refused) {
                assertThat(refused).hasMessageContaining("of segment 7001: found ");
            }
        }
    }

    @Test
    void refusesWhatIsCutOff() {
        SegmentBuilder builder = new SegmentBuilder();
        records(40).forEach(builder::add);
        byte[] packed = builder.columns();
        for (int length : new int[] {0, 1, 8, 9, 10, packed.length / 2, packed.length - 1}) {
            assertThatThrownBy(() -> new Segment(FIRST, java.util.Arrays.copyOf(packed, length)))
                    .as("%d bytes", length)
                    .isInstanceOf(DamagedSegmentException.class);
        }
    }

    private static void assertSame(Segment columns, SegmentBodies bodies, int at, PackedRecord meant) {
        if (meant == null) {
            assertThat(columns.keyHash(at)).isZero();
            return;
        }
        assertThat(new PackedRecord(
                        columns.keyHash(at),
                        columns.customerHash(at),
                        columns.key(at),
                        columns.customerId(at),
                        columns.meaning(at),
                        columns.content(at),
                        columns.amount(at),
                        columns.happenedAt(at),
                        columns.line(at),
                        columns.day(at),
                        columns.store(at),
                        bodies.canonical(at),
                        bodies.raw(at)))
                .isEqualTo(meant);
    }

    private List<PackedRecord> records(int count) {
        List<PackedRecord> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            records.add(random.nextInt(5) == 0 && count > 1 ? null : random());
        }
        return records;
    }

    private PackedRecord random() {
        return new PackedRecord(
                random.nextLong() | 1,
                random.nextLong(),
                text(),
                random.nextBoolean() ? null : text() + "c",
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextBoolean() ? Segment.NO_DAY : random.nextInt(),
                random.nextBoolean() ? null : text(),
                text(),
                random.nextBoolean() ? null : text());
    }

    private String text() {
        return TEXTS[random.nextInt(random.nextInt(10) == 0 ? TEXTS.length : TEXTS.length - 1)];
    }

    private static PackedRecord record(String key, String customer, String store) {
        return new PackedRecord(1, 2, key, customer, 3, 4, 5, 6, 7, 8, store, "{\"of\":\"" + key + "\"}", "raw");
    }
}
