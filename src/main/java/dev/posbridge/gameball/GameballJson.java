package dev.posbridge.gameball;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.NumberDeserializers;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The one way we write and read Gameball's JSON; the routes use the same mapper. What is null is left out, amounts are
 * exact and never in scientific notation, times are UTC with milliseconds. What comes in is bounded, and fields that we
 * do not know are passed over.
 */
public final class GameballJson {
    private static final int MOST_DIGITS = 15;
    private static final int DEEPEST = 64;
    private static final int LONGEST_TEXT = 1_000_000;
    private static final long LONGEST_ANSWER = 64L * 1024 * 1024;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(LONGEST_TEXT)
                            .maxDocumentLength(LONGEST_ANSWER)
                            .build())
                    .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .build())
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            // Two documents in one body are two answers glued together: no success.
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(new SimpleModule()
                    .addDeserializer(BigDecimal.class, new Plausible())
                    .addSerializer(Instant.class, new UtcMilliseconds())
                    .addSerializer(LocalDate.class, ToStringSerializer.instance))
            .build();

    private GameballJson() {}

    /** The shared mapper; thread-safe, not to be reconfigured. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /**
     * Amounts and points of a size that there is. {@code 1e999999999} is ten characters, and a billion to whoever writes it
     * out; an answer that says so is not understood.
     */
    private static final class Plausible extends JsonDeserializer<BigDecimal> {
        @Override
        public BigDecimal deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            BigDecimal value = NumberDeserializers.BigDecimalDeserializer.instance.deserialize(parser, context);
            boolean plausible = value == null
                    || value.signum() == 0
                    || Math.abs((long) value.scale()) <= MOST_DIGITS
                            && value.precision() - (long) value.scale() <= MOST_DIGITS;
            return plausible
                    ? value
                    : (BigDecimal) context.handleWeirdNumberValue(
                            BigDecimal.class, value, "a number of at most %d digits is expected", MOST_DIGITS);
        }
    }

    /** {@code 2026-01-31T18:22:07.000Z}, always three digits. */
    private static final class UtcMilliseconds extends JsonSerializer<Instant> {
        private static final DateTimeFormatter FORMAT =
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

        @Override
        public void serialize(Instant value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeString(FORMAT.format(value));
        }
    }
}
