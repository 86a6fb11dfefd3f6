package dev.posbridge.vendor.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckedReaderTest {
    private static final String TEXT = "a😀b€c😀😀é\r\n";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 100})
    void readsPairsWhateverRoomThereIs(int room) throws IOException {
        byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);
        try (CheckedReader reader = new CheckedReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
            assertThat(readAll(reader, room)).isEqualTo(TEXT);
            assertThat(reader.endedWithLineEnd()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100})
    void refusesACharacterThatIsCutOffAtTheEnd(int room) throws IOException {
        byte[] bytes = {'a', (byte) 0xE2, (byte) 0x82};
        try (CheckedReader reader = new CheckedReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
            assertThatThrownBy(() -> readAll(reader, room))
                    .isInstanceOf(CheckedReader.UndecodableException.class)
                    .hasMessage("has the byte E2 82, which is not UTF-8");
        }
    }

    private static String readAll(CheckedReader reader, int room) throws IOException {
        StringBuilder text = new StringBuilder();
        char[] target = new char[room];
        for (int read = reader.read(target, 0, room); read >= 0; read = reader.read(target, 0, room)) {
            text.append(target, 0, read);
        }
        return text.toString();
    }
}
