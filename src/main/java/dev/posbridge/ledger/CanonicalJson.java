package dev.posbridge.ledger;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.posbridge.pos.CustomerUpdate;
import dev.posbridge.pos.Event;
import dev.posbridge.pos.Money;
import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.RecordKind;
import dev.posbridge.pos.Refund;
import dev.posbridge.pos.Sale;
import java.io.IOException;
import java.util.Collection;

/**
 * Canonical records as the ledger keeps them: compact JSON, read back by the same classes. The position is left out, so
 * that the same receipt in another file has the same text.
 */
final class CanonicalJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addMixIn(PosRecord.class, WithoutPosition.class)
            .addMixIn(Money.class, AmountAndCurrency.class)
            .build();

    private CanonicalJson() {}

    @JsonIgnoreProperties(value = "position", allowSetters = true)
    private interface WithoutPosition {}

    @JsonIgnoreProperties("negative")
    private interface AmountAndCurrency {}

    static String write(PosRecord posRecord) {
        return posRecord instanceof Sale sale ? SaleWriter.write(sale) : byReflection(posRecord);
    }

    static String byReflection(PosRecord posRecord) {
        try {
            return MAPPER.writeValueAsString(posRecord);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a canonical record is always writable", impossible);
        }
    }

    static PosRecord read(RecordKind kind, Position position, String json) {
        return kind == RecordKind.SALE ? sale(position, json) : other(kind, position, json);
    }

    private static Sale sale(Position position, String json) {
        try {
            return sale(position, MAPPER.getFactory().createParser(json));
        } catch (IOException problem) {
            throw unreadable(position, problem);
        }
    }

    /** @param json in UTF-8 */
    static Sale sale(Position position, byte... json) {
        try {
            return sale(position, MAPPER.getFactory().createParser(json));
        } catch (IOException problem) {
            throw unreadable(position, problem);
        }
    }

    private static Sale sale(Position position, JsonParser json) throws IOException {
        try (JsonParser parser = json) {
            return SaleJson.read(parser, position);
        }
    }

    private static IllegalStateException unreadable(Position position, IOException problem) {
        return new IllegalStateException(position + ": the ledger holds an unreadable sale", problem);
    }

    private static PosRecord other(RecordKind kind, Position position, String json) {
        try {
            String located = "{\"position\":" + MAPPER.writeValueAsString(position) + ',' + json.substring(1);
            return MAPPER.readValue(located, type(kind));
        } catch (JsonProcessingException problem) {
            throw new IllegalStateException(position + ": the ledger holds an unreadable " + kind.word(), problem);
        }
    }

    /** Texts as a list that SQLite's json_each takes apart. */
    static String list(Collection<String> texts) {
        try {
            return MAPPER.writeValueAsString(texts);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("texts are always writable", impossible);
        }
    }

    private static Class<? extends PosRecord> type(RecordKind kind) {
        return switch (kind) {
            case CUSTOMER -> CustomerUpdate.class;
            case SALE -> Sale.class;
            case REFUND -> Refund.class;
            case EVENT -> Event.class;
        };
    }
}
