package dev.posbridge.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.posbridge.gameball.GameballJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * The body of a batch call. What a plain sale says in the ledger it says in Gameball's words without a sale, a request and two
 * mappers between: its values are the same bytes under other names. Whatever is not plain (an amount that is negative or has an
 * exponent, something redeemed, a field that is not known here) is left to those who know all of it: {@link #order} and {@link
 * #customer} write nothing then. Used by one thread.
 */
public final class ListWriter {
    private static final int BYTES_OF_AN_OBJECT = 300;
    private static final int ID = 0;
    private static final int ORDER_ID = 1;
    private static final int CUSTOMER = 2;
    private static final int FIRST_TOTAL = 5;
    private static final int LINES = 10;
    private static final int STORE = 11;
    private static final int CHANNEL = 12;
    private static final int REDEMPTION = 13;
    private static final int EXTRA = 14;
    /** In the order of the ledger's text. */
    private static final byte[][] OF_SALE = bytes(
            "key",
            "orderId",
            "customer",
            "soldAt",
            "businessDate",
            "totalPaid",
            "totalPrice",
            "totalDiscount",
            "totalTax",
            "totalShipping",
            "lines",
            "store",
            "channel",
            "redemption",
            "extra");

    private static final byte[][] OF_CUSTOMER = bytes(
            "id",
            "email",
            "mobile",
            "displayName",
            "firstName",
            "lastName",
            "gender",
            "dateOfBirth",
            "joinDate",
            "country",
            "city",
            "zip",
            "preferredLanguage",
            "referrerCode",
            "custom");

    private static final int REFERRER = 13;
    /** In Gameball's order. */
    private static final int[] ATTRIBUTES = {3, 4, 5, 1, 6, 2, 7, 8, 9, 10, 11, 12, 14};

    private static final byte[][] OF_MONEY = bytes("amount", "currency");
    private static final int CATEGORY = 7;
    private static final byte[][] OF_LINE =
            bytes("productId", "sku", "title", "quantity", "price", "taxes", "discount", "category", "vendor");

    private static final byte[][] OF_STORE = bytes("merchantId", "merchantName", "branchId", "branchName");
    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.US_ASCII);

    private final byte[] atEnd;
    private byte[] out;
    private int size;
    private long day = Long.MIN_VALUE;
    private byte[] dayText;

    private byte[] in;
    private int at;
    private final int[] sale = new int[2 * OF_SALE.length];
    private final int[] part = new int[2 * OF_CUSTOMER.length];

    /**
     * @param objects how many there will be, or so
     * @param returnWindowDays told with each order; null leaves it to Gameball
     */
    public ListWriter(int objects, Integer returnWindowDays) {
        this.out = new byte[objects * BYTES_OF_AN_OBJECT];
        this.atEnd = returnWindowDays == null
                ? new byte[0]
                : (",\"cashbackConfigurations\":{\"returnWindow\":" + returnWindowDays + '}')
                        .getBytes(StandardCharsets.US_ASCII);
        put("{\"body\":[");
    }

    private static byte[][] bytes(String... names) {
        return Arrays.stream(names)
                .map(name -> name.getBytes(StandardCharsets.US_ASCII))
                .toArray(byte[][]::new);
    }

    /** @return null where nothing was written */
    @SuppressWarnings("PMD.ReturnEmptyCollectionRatherThanNull") // An empty list is a call as well, and none is wanted.
    public byte[] body() {
        if (out[size - 1] == '[') {
            return null;
        }
        put("]}");
        return Arrays.copyOf(out, size);
    }

    /** An object as its class says it. */
    void object(Object object) {
        comma();
        try {
            put(GameballJson.mapper().writeValueAsBytes(object));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("what is told Gameball is always writable", impossible);
        }
    }

    void text(String text) {
        comma();
        quoted(text);
    }

    void balance(String customerId) {
        comma();
        put("{\"customerId\":");
        quoted(customerId);
        put('}');
    }

    /**
     * An order.
     *
     * @param canonical the sale, as the ledger has it
     * @return false where it is not plain; then nothing was written
     */
    public boolean order(byte[] canonical, Instant orderDate) {
        int before = size;
        if (readSale(canonical) && !has(sale, REDEMPTION) && writeOrder(orderDate)) {
            return true;
        }
        size = before;
        return false;
    }

    /** A customer, of a sale; as {@link #order}. */
    public boolean customer(byte[] canonical) {
        if (!readSale(canonical) || !readCustomer()) {
            return false;
        }
        comma();
        put("{\"customerId\":");
        span(part, ID);
        field("referrerCode", part, REFERRER);
        boolean any = false;
        for (int attribute : ATTRIBUTES) {
            if (has(part, attribute)) {
                put(any ? ",\"" : ",\"customerAttributes\":{\"");
                put(OF_CUSTOMER[attribute]);
                put("\":");
                span(part, attribute);
                any = true;
            }
        }
        put(any ? "}}" : "}");
        return true;
    }

    private boolean readSale(byte[] canonical) {
        in = canonical;
        at = 0;
        return canonical.length > 0 && object(OF_SALE, sale) && has(sale, ORDER_ID) && has(sale, CUSTOMER);
    }

    private boolean readCustomer() {
        at = sale[2 * CUSTOMER];
        return object(OF_CUSTOMER, part) && has(part, ID);
    }

    private boolean writeOrder(Instant orderDate) {
        if (!readCustomer()) {
            return false;
        }
        comma();
        put("{\"customerId\":");
        span(part, ID);
        field("orderId", sale, ORDER_ID);
        put(",\"orderDate\":\"");
        if (!time(orderDate)) {
            return false;
        }
        put('"');
        boolean plain = true;
        for (int total = FIRST_TOTAL; plain && total < LINES; total++) {
            plain = !has(sale, total) || money(total);
        }
        if (!plain || !lines()) {
            return false;
        }
        field("extra", sale, EXTRA);
        if (!merchant()) {
            return false;
        }
        field("channel", sale, CHANNEL);
        put(atEnd);
        put('}');
        return true;
    }

    private boolean money(int total) {
        at = sale[2 * total];
        if (!object(OF_MONEY, part) || !isPlainNumber(part[0], part[1])) {
            return false;
        }
        put(",\"");
        put(OF_SALE[total]);
        put("\":");
        span(part, 0);
        return true;
    }

    private boolean lines() {
        if (!has(sale, LINES)) {
            return true;
        }
        put(",\"lineItems\":[");
        int end = sale[2 * LINES + 1];
        for (at = sale[2 * LINES] + 1; at < end - 1; at++) {
            if (!object(OF_LINE, part) || !line()) {
                return false;
            }
            put(in[at] == ',' ? "," : "");
        }
        put(']');
        return true;
    }

    private boolean line() {
        put('{');
        boolean any = false;
        for (int i = 0; i < OF_LINE.length; i++) {
            if (has(part, i)) {
                boolean text = in[part[2 * i]] == '"';
                if (!text && !isPlainNumber(part[2 * i], part[2 * i + 1])) {
                    return false;
                }
                put(any ? ",\"" : "\"");
                put(OF_LINE[i]);
                put(i == CATEGORY ? "\":[" : "\":");
                span(part, i);
                put(i == CATEGORY ? "]" : "");
                any = true;
            }
        }
        put('}');
        return true;
    }

    private boolean merchant() {
        if (!has(sale, STORE)) {
            return true;
        }
        at = sale[2 * STORE];
        if (!object(OF_STORE, part)) {
            return false;
        }
        boolean branch = has(part, 2);
        if (!has(part, 0) && !has(part, 1) && !branch) {
            return true;
        }
        put(",\"merchant\":{");
        fields(0);
        if (branch) {
            put(has(part, 0) || has(part, 1) ? ",\"branch\":{" : "\"branch\":{");
            fields(2);
            put('}');
        }
        put('}');
        return true;
    }

    /** An id and a name, of the chain or of the store. */
    private void fields(int id) {
        if (has(part, id)) {
            put("\"uniqueId\":");
            span(part, id);
        }
        if (has(part, id + 1)) {
            put(has(part, id) ? ",\"name\":" : "\"name\":");
            span(part, id + 1);
        }
    }

    /** {@code 2026-01-31T18:22:07.000Z}; most of a list are of one day. */
    private boolean time(Instant instant) {
        long seconds = instant.getEpochSecond();
        long itsDay = Math.floorDiv(seconds, 86_400L);
        if (itsDay != day || dayText == null) {
            LocalDate date = LocalDate.ofEpochDay(itsDay);
            if (date.getYear() < 1_000 || date.getYear() > 9_999) {
                return false;
            }
            dayText = date.toString().getBytes(StandardCharsets.US_ASCII);
            day = itsDay;
        }
        int second = (int) Math.floorMod(seconds, 86_400L);
        int millis = instant.getNano() / 1_000_000;
        put(dayText);
        digits('T', second / 3_600);
        digits(':', second / 60 % 60);
        digits(':', second % 60);
        digits('.', millis / 10);
        put((byte) ('0' + millis % 10));
        put('Z');
        return true;
    }

    private void digits(char mark, int twoDigits) {
        put(mark);
        put((byte) ('0' + twoDigits / 10));
        put((byte) ('0' + twoDigits % 10));
    }

    private boolean isPlainNumber(int begin, int end) {
        for (int i = begin; i < end; i++) {
            if (in[i] != '.' && (in[i] < '0' || in[i] > '9')) {
                return false;
            }
        }
        return begin < end;
    }

    private static boolean has(int[] spans, int field) {
        return spans[2 * field + 1] > 0;
    }

    /**
     * Reads an object from where we are on, and goes behind it.
     *
     * @param names of its fields
     * @param spans takes where the value of each begins and ends; 0 where there is none
     * @return false where one has another name
     */
    private boolean object(byte[][] names, int[] spans) {
        Arrays.fill(spans, 0, 2 * names.length, 0);
        int next = 0;
        at++;
        while (in[at] == '"') {
            int found = name(names, next);
            if (found < 0) {
                return false;
            }
            int begin = at;
            skipValue();
            boolean empty = at - begin == EMPTY.length && in[begin] == '{';
            spans[2 * found] = begin;
            spans[2 * found + 1] = empty ? 0 : at;
            next = found + 1;
            at += in[at] == ',' ? 1 : 0;
        }
        at++;
        return true;
    }

    /** Fields come in one order, so most are found at once. */
    private int name(byte[][] names, int next) {
        for (int i = next; i < names.length; i++) {
            int end = at + 1 + names[i].length;
            if (end + 1 < in.length
                    && in[end] == '"'
                    && in[end + 1] == ':'
                    && Arrays.equals(in, at + 1, end, names[i], 0, names[i].length)) {
                at = end + 2;
                return i;
            }
        }
        return -1;
    }

    private void skipValue() {
        int depth = 0;
        for (; ; at++) {
            switch (in[at]) {
                case '"' -> skipText();
                case '{', '[' -> depth++;
                case '}', ']' -> {
                    if (depth == 0) {
                        return;
                    }
                    if (--depth == 0) {
                        at++;
                        return;
                    }
                }
                case ',' -> {
                    if (depth == 0) {
                        return;
                    }
                }
                default -> {
                    // Of a number, or a word.
                }
            }
        }
    }

    /** To its closing mark. */
    private void skipText() {
        at++;
        while (in[at] != '"') {
            at += in[at] == '\\' ? 2 : 1;
        }
    }

    private void field(String name, int[] spans, int field) {
        if (has(spans, field)) {
            put(",\"");
            put(name);
            put("\":");
            span(spans, field);
        }
    }

    private void span(int[] spans, int field) {
        int length = spans[2 * field + 1] - spans[2 * field];
        room(length);
        System.arraycopy(in, spans[2 * field], out, size, length);
        size += length;
    }

    private void quoted(String text) {
        put('"');
        put(JsonStringEncoder.getInstance().quoteAsUTF8(text));
        put('"');
    }

    private void comma() {
        if (out[size - 1] != '[') {
            put(',');
        }
    }

    private void put(char one) {
        put((byte) one);
    }

    private void put(byte one) {
        room(1);
        out[size++] = one;
    }

    @SuppressWarnings("deprecation") // Of our own words, each character is a byte.
    private void put(String ascii) {
        room(ascii.length());
        ascii.getBytes(0, ascii.length(), out, size);
        size += ascii.length();
    }

    private void put(byte... bytes) {
        room(bytes.length);
        System.arraycopy(bytes, 0, out, size, bytes.length);
        size += bytes.length;
    }

    private void room(int more) {
        if (size + more > out.length) {
            out = Arrays.copyOf(out, Math.max(2 * out.length, size + more));
        }
    }
}
