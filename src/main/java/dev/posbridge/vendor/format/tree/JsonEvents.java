package dev.posbridge.vendor.format.tree;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.posbridge.pos.Reason;
import java.io.IOException;
import java.io.Reader;

/**
 * JSON, one document or many. A member is an element of its name; an array is as many elements, so that one object and an
 * array of one are the same. Numbers stay as they are written.
 */
final class JsonEvents implements Events {
    /** What items of an array within an array are called. */
    private static final String ITEM = "item";

    private final JsonParser parser;
    private final boolean many;
    private final String[] names = new String[Limits.DEPTH + 2];
    /** Of each level: whether it is an array, and whether it is an element itself. */
    private final boolean[] arrays = new boolean[Limits.DEPTH + 2];

    private final boolean[] elements = new boolean[Limits.DEPTH + 2];
    private int depth;
    private String member = "";
    private boolean ended;

    /** @param many whether one document follows the other */
    JsonEvents(Reader text, boolean many, Limits limits) throws IOException {
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(Limits.DEPTH)
                .maxNameLength(Limits.NAME)
                .maxNumberLength(Limits.NAME)
                .maxStringLength(Math.max(limits.value(), Limits.NAME))
                .build();
        JsonFactory factory = new JsonFactoryBuilder()
                .streamReadConstraints(constraints)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
        this.parser = factory.createParser(text);
        this.many = many;
    }

    @SuppressWarnings("PMD.CyclomaticComplexity") // A parser's faults, one by one.
    @Override
    public boolean advance(Grove grove) throws IOException {
        try {
            JsonToken token = parser.nextToken();
            if (token == null) {
                return false;
            }
            if (ended && !many && depth == 0) {
                throw new Unreadable(
                        Reason.ROW_MALFORMED,
                        place(),
                        "something follows the document, expected its end. Is type json-lines meant?");
            }
            take(token, grove);
            return true;
        } catch (JsonEOFException problem) {
            throw new Unreadable(Reason.FILE_TRUNCATED, place(problem), "the document ends in the middle");
        } catch (StreamConstraintsException problem) {
            throw new Unreadable(Reason.ROW_TOO_LONG, place(problem), "too much: " + problem.getOriginalMessage());
        } catch (JsonParseException problem) {
            String words = String.valueOf(problem.getOriginalMessage());
            if (words.startsWith("Unexpected end-of-input")) {
                throw new Unreadable(Reason.FILE_TRUNCATED, place(problem), "the document ends in the middle");
            }
            throw new Unreadable(
                    Reason.ROW_MALFORMED,
                    place(problem),
                    words.startsWith("Duplicate field")
                            ? "a name stands twice in one object: " + words.substring("Duplicate field".length() + 1)
                            : "this is no JSON: " + (words.length() > 200 ? words.substring(0, 200) + "..." : words));
        }
    }

    private void take(JsonToken token, Grove grove) throws IOException {
        switch (token) {
            case FIELD_NAME -> member = parser.currentName();
            case START_OBJECT -> startObject(grove);
            case START_ARRAY -> startArray(grove);
            case END_OBJECT, END_ARRAY -> {
                depth--;
                if (elements[depth]) {
                    grove.end(this);
                }
                ended = true;
            }
            default -> value(token, grove);
        }
    }

    private void startObject(Grove grove) throws IOException {
        String name = name();
        if (grove.start(name, this)) {
            push(name, false, true);
        } else {
            parser.skipChildren();
        }
    }

    private void startArray(Grove grove) throws IOException {
        String name = name();
        boolean within = depth > 0 && arrays[depth - 1];
        if (!grove.wants(name)) {
            parser.skipChildren();
        } else if (within) {
            grove.start(name, this);
            push(ITEM, true, true);
        } else {
            push(name, true, false);
        }
    }

    private void value(JsonToken token, Grove grove) throws IOException {
        if (depth == 0 || depth == 1 && arrays[0]) {
            throw new Unreadable(Reason.ROW_MALFORMED, place(), "found a bare value, expected an object in braces");
        }
        if (grove.start(name(), this)) {
            if (token != JsonToken.VALUE_NULL && grove.wantsText()) {
                grove.text(parser.getText(), this);
            }
            grove.end(this);
        }
    }

    private void push(String name, boolean array, boolean element) {
        names[depth] = name;
        arrays[depth] = array;
        elements[depth] = element;
        depth++;
    }

    /** What the value that begins here is called: "" for a document. */
    private String name() {
        if (depth == 0) {
            return "";
        }
        return arrays[depth - 1] ? names[depth - 1] : member;
    }

    @Override
    public int[] place() {
        return place(parser.currentTokenLocation());
    }

    private static int[] place(JsonProcessingException problem) {
        return place(problem.getLocation());
    }

    private static int[] place(JsonLocation location) {
        return location == null
                ? new int[] {1, 1}
                : new int[] {Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr())};
    }
}
