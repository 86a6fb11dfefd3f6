package dev.posbridge.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The short form of {@code bench/run fuzz}. */
class MutationsTest {
    @ParameterizedTest
    @FieldSource("dev.posbridge.vendor.Mutations#FORMATS")
    void damagedFilesAreReadOrRejectedAndSayNothingNewWhereThatCanBeSaid(String format) throws IOException {
        int inputs = 3_000;
        assertThat(Mutations.of(format, 11).run(inputs)).startsWith(inputs + " inputs");
    }
}
