package dev.posbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class StreamedBodyTest {
    @Test
    void keepsNoMoreOfABodyInAFileThanItsBound() throws IOException {
        byte[] piece = new byte[1 << 20];
        try (StreamedBody body = new StreamedBody(10, OutputStream::nullOutputStream)) {
            for (int count = 0; count < 256; count++) {
                body.write(piece, 0, piece.length);
            }
            assertThat(body.isOver()).isTrue();
            assertThatThrownBy(() -> body.write(0))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the body is over the bound");
        }
    }
}
