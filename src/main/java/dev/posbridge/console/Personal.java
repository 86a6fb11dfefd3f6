package dev.posbridge.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.posbridge.gameball.Masking;
import dev.posbridge.operations.document.Json;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides who rows are about. Rows are a vendor's, so nobody can know what each column holds: what its name says is a person's is
 * hidden whole, what looks like an address or a number that is called is hidden wherever it stands.
 */
final class Personal {
    private static final Pattern COLUMN = Pattern.compile(
            "(?i).*(phone|mobile|handy|tel(?!ler)|mail|customer|guest|member|loyal|cust(?!om$)|birth|address|street|postcode"
                    + "|zip|surname|(first|last|given|family|full|holder|client)[ _-]?name|kunde|cliente?|correo|card).*");
    private static final Pattern NUMBER =
            Pattern.compile("(?<![\\p{L}\\p{N}])(?:\\+|00|0)\\d(?:[ ()]{0,2}\\d){7,13}(?![\\p{L}\\p{N}])");
    private static final Pattern IN_JSON = Pattern.compile(
            "(?i)(\"(?:name|firstName|lastName|displayName|email|mobile|phone|dateOfBirth|birthday|id|customerId|address)\"\\s*:\\s*\")((?:[^\"\\\\]|\\\\.)*)\"");
    /** What files and vendors are called is needed to ask on, and is no person. */
    private static final Set<String> NAMES = Set.of("file", "filePath", "name", "path", "position", "vendor");

    private static final int SHOWN = 2;

    private Personal() {}

    /** A cell under that column. */
    static String cell(String column, String value) {
        return COLUMN.matcher(column).matches() ? hidden(value) : text(value);
    }

    /** A customer's id: what can be called is masked, what is a plain id is none of a person's data by itself. */
    static String person(String id) {
        return text(id);
    }

    /** A text that may name somebody. */
    static String text(String text) {
        return text == null
                ? null
                : NUMBER.matcher(Masking.mask(text))
                        .replaceAll(found -> Matcher.quoteReplacement(hidden(found.group())));
    }

    /** A record as Posbridge understood it. */
    static String json(String json) {
        return text(IN_JSON.matcher(json)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1) + hidden(found.group(2)) + '"')));
    }

    /** {@code Ja****}: that there is something, and not what. */
    static String hidden(String value) {
        return value.isBlank() ? value : value.substring(0, Math.min(SHOWN, value.length() / 3)) + "****";
    }

    /**
     * A document for programs, with what is personal hidden in it: rows as a whole, since their columns hold what they like, and
     * in records what names somebody.
     */
    static JsonNode hide(JsonNode document) {
        if (document.isObject()) {
            ObjectNode hidden = ((ObjectNode) document).objectNode();
            document.properties().forEach(field -> hidden.set(field.getKey(), hide(field.getKey(), field.getValue())));
            return hidden;
        }
        if (document.isArray()) {
            ArrayNode hidden = ((ArrayNode) document).arrayNode();
            document.forEach(one -> hidden.add(hide(one)));
            return hidden;
        }
        return document.isTextual() ? TextNode.valueOf(text(document.asText())) : document;
    }

    private static JsonNode hide(String name, JsonNode value) {
        if (name.equals("raw")) {
            return NullNode.instance;
        }
        if (name.equals("canonical") && value.isObject()) {
            return Json.tree(json(Json.text(value)));
        }
        return value.isTextual() && NAMES.contains(name) ? value : hide(value);
    }
}
