package dev.posbridge.console;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a browser asked, read within bounds. */
final class Asked {
    static final int MOST_OF_FORM_BYTES = 1 << 20;
    static final int MOST_OF_FILE_BYTES = 16 << 20;
    private static final int MOST_FIELDS = 20_000;
    private static final int LONGEST_QUERY = 8 * 1024;

    private final HttpExchange exchange;
    private final String path;
    private final Map<String, List<String>> query;
    private Map<String, List<String>> form = Map.of();
    private byte[] body = new byte[0];
    private Multipart.File file;

    private Asked(HttpExchange exchange) {
        this.exchange = exchange;
        URI uri = exchange.getRequestURI();
        this.path = uri.getPath() == null ? "/" : uri.getPath();
        this.query = fields(uri.getRawQuery() == null ? "" : uri.getRawQuery());
    }

    /** @throws RefusedException where it is too large, or no request that a browser of ours sends */
    static Asked of(HttpExchange exchange) {
        String raw = exchange.getRequestURI().getRawQuery();
        if (raw != null && raw.length() > LONGEST_QUERY) {
            throw new RefusedException(414, "The address is too long.");
        }
        return new Asked(exchange);
    }

    /** Reads the form, or the file, that came with it. */
    void readBody() throws IOException {
        String type = header("Content-Type") == null ? "" : header("Content-Type");
        boolean isForm = type.startsWith("application/x-www-form-urlencoded");
        boolean small = isForm || isJson();
        int most = small ? MOST_OF_FORM_BYTES : MOST_OF_FILE_BYTES;
        body = small ? read(exchange.getRequestBody(), most) : readWhole(most);
        if (isForm) {
            form = fields(new String(body, StandardCharsets.UTF_8));
        } else if (isJson()) {
            form = JsonForm.of(body);
        } else if (type.startsWith("multipart/form-data")) {
            Multipart parts = Multipart.of(type, body);
            form = parts.fields();
            file = parts.file();
        }
    }

    private static byte[] read(InputStream in, int most) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[8 * 1024];
        int count = in.read(buffer);
        while (count >= 0) {
            if (bytes.size() + count > most) {
                throw new RefusedException(413, "That is too large: at most " + (most >> 20) + " MiB are taken.");
            }
            bytes.write(buffer, 0, count);
            count = in.read(buffer);
        }
        return bytes.toByteArray();
    }

    /** A file is held once, in as much memory as it says that it needs. */
    private byte[] readWhole(int most) throws IOException {
        String length = header("Content-Length");
        if (length == null) {
            return read(exchange.getRequestBody(), MOST_OF_FORM_BYTES);
        }
        if (!length.matches("\\d{1,18}") || Long.parseLong(length) > most) {
            throw new RefusedException(413, "That is too large: at most " + (most >> 20) + " MiB are taken.");
        }
        byte[] whole = new byte[Integer.parseInt(length)];
        int read = exchange.getRequestBody().readNBytes(whole, 0, whole.length);
        if (read < whole.length) {
            throw new RefusedException(400, "The file did not come whole. Send it again.");
        }
        return whole;
    }

    private static Map<String, List<String>> fields(String text) {
        Map<String, List<String>> fields = new HashMap<>();
        String[] pairs = text.isEmpty() ? new String[0] : text.split("&", MOST_FIELDS + 1);
        if (pairs.length > MOST_FIELDS) {
            throw new RefusedException(413, "There are too many fields in the form.");
        }
        try {
            for (String pair : pairs) {
                int at = pair.indexOf('=');
                String name = URLDecoder.decode(at < 0 ? pair : pair.substring(0, at), StandardCharsets.UTF_8);
                String value = at < 0 ? "" : URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8);
                fields.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
            }
        } catch (IllegalArgumentException malformed) {
            throw new RefusedException(400, "The request cannot be read.", malformed);
        }
        return fields;
    }

    /** Whether what comes with it is a document for {@link Api}. */
    boolean isJson() {
        String type = header("Content-Type");
        return type != null && type.matches("(?i)application/json\\s*(;.*)?");
    }

    Set<String> queryNames() {
        return query.keySet();
    }

    Set<String> fieldNames() {
        return form.keySet();
    }

    String method() {
        return exchange.getRequestMethod();
    }

    String path() {
        return path;
    }

    /** The first value of a parameter of the address; "" for none. */
    String query(String name) {
        return first(query, name);
    }

    /** The same as a day; null for none. */
    LocalDate day(String name) {
        String text = query(name).strip();
        try {
            return text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeParseException none) {
            throw new RefusedException(400, name + " is \"" + text + "\", expected a day such as 2026-01-31.", none);
        }
    }

    /** The same as a record's id or the like; 0 for none. */
    long id(String name) {
        String text = query(name);
        if (!text.matches("\\d{0,18}")) {
            throw new RefusedException(400, name + " is \"" + text + "\", expected a number.");
        }
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    /** The first value of a field of the form; "" for none. */
    String field(String name) {
        return first(form, name);
    }

    /** All values of a name that may stand more than once. */
    List<String> queries(String name) {
        return query.getOrDefault(name, List.of());
    }

    List<String> fields(String name, List<String> otherwise) {
        return form.getOrDefault(name, otherwise);
    }

    private static String first(Map<String, List<String>> values, String name) {
        List<String> found = values.get(name);
        return found == null ? "" : found.get(0);
    }

    /** The file of a form that has one; null for none. */
    Multipart.File file() {
        return file;
    }

    /** Whether more may come with it than with a form of fields. */
    boolean mayBeLarge() {
        String type = header("Content-Type");
        return !isJson() && (type == null || !type.startsWith("application/x-www-form-urlencoded"));
    }

    byte[] body() {
        return body;
    }

    String header(String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    Headers headers() {
        return exchange.getRequestHeaders();
    }

    boolean isFromThisMachine() {
        return exchange.getRemoteAddress().getAddress().isLoopbackAddress();
    }

    String remote() {
        return exchange.getRemoteAddress().getAddress().getHostAddress();
    }

    /** The value of a cookie, or null. */
    String cookie(String name) {
        for (String line : exchange.getRequestHeaders().getOrDefault("Cookie", List.of())) {
            for (String cookie : line.split(";")) {
                String text = cookie.strip();
                if (text.startsWith(name + "=")) {
                    return text.substring(name.length() + 1);
                }
            }
        }
        return null;
    }

    /** Whether it is for the interface of programs, and brings who asks along. */
    boolean isOfProgram() {
        return Api.isOf(path) && header("Authorization") != null;
    }

    /** Whether a page asks it, with nobody before it who clicked. */
    boolean isByItself() {
        return path.equals("/tonight/live") || path.equals(LiveEvents.PATH);
    }

    /** Name and password as {@code Authorization: Basic} has them. @throws RefusedException for anything else */
    String[] basic() {
        String header = header("Authorization");
        if (!header.regionMatches(true, 0, "Basic ", 0, "Basic ".length())) {
            throw new RefusedException(401, "Authorization is of another kind than Basic, expected name and password.");
        }
        try {
            String text = new String(
                    Base64.getDecoder()
                            .decode(header.substring("Basic ".length()).strip()),
                    StandardCharsets.UTF_8);
            int at = text.indexOf(':');
            return new String[] {at < 0 ? text : text.substring(0, at), at < 0 ? "" : text.substring(at + 1)};
        } catch (IllegalArgumentException malformed) {
            throw new RefusedException(401, "Authorization cannot be read, expected name and password.", malformed);
        }
    }

    boolean isChange() {
        return !"GET".equals(method()) && !"HEAD".equals(method());
    }
}
