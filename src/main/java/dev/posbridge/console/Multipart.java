package dev.posbridge.console;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A form with a file in it, as browsers send it (RFC 7578). The body is held once: a file is a part of it.
 *
 * @param file null where none came
 */
record Multipart(Map<String, List<String>> fields, File file) {
    private static final int MOST_PARTS = 64;
    private static final int LONGEST_HEADER = 4 * 1024;
    private static final int LINE_END = 2;
    private static final byte[] BLANK_LINE = {'\r', '\n', '\r', '\n'};
    private static final Pattern BOUNDARY =
            Pattern.compile(";\\s*boundary=\"?([A-Za-z0-9'()+_,./:=? -]{1,70})\"?\\s*$");
    private static final Pattern NAME = Pattern.compile(";\\s*name=\"([^\"]*)\"");
    private static final Pattern FILE_NAME = Pattern.compile(";\\s*filename=\"([^\"]*)\"");

    /** A file's bytes, from one place of the body to another. @param name as the browser says, which may be anything */
    record File(String name, byte[] body, int from, int to) {
        int size() {
            return to - from;
        }
    }

    /** @throws RefusedException where it is no such form */
    static Multipart of(String contentType, byte... body) {
        Matcher boundary = BOUNDARY.matcher(contentType);
        byte[] mark = boundary.find() ? ("--" + boundary.group(1)).getBytes(StandardCharsets.US_ASCII) : new byte[0];
        int at = mark.length == 0 ? -1 : indexOf(body, mark, 0);
        Map<String, List<String>> fields = new HashMap<>();
        File file = null;
        for (int parts = 0; parts < MOST_PARTS && at >= 0 && !isEnd(body, at + mark.length); parts++) {
            Part part = Part.of(body, at + mark.length, mark);
            if (part.fileName() == null) {
                fields.computeIfAbsent(part.name(), any -> new ArrayList<>()).add(part.text());
            } else if (!part.fileName().isEmpty()) {
                file = new File(part.fileName(), body, part.from(), part.to());
            }
            at = part.to() + LINE_END;
        }
        if (at < 0 || !isEnd(body, at + mark.length)) {
            throw malformed();
        }
        return new Multipart(fields, file);
    }

    private static boolean isEnd(byte[] body, int at) {
        return at + 1 < body.length && body[at] == '-' && body[at + 1] == '-';
    }

    /** A field, or a file. @param fileName null for a field */
    private record Part(String name, String fileName, byte[] body, int from, int to) {
        /** @param begin behind the mark that begins it; it ends before the next one */
        static Part of(byte[] body, int begin, byte... mark) {
            int head = indexOf(body, BLANK_LINE, begin);
            int from = head + BLANK_LINE.length;
            int next = head < 0 || head - begin > LONGEST_HEADER ? -1 : indexOf(body, mark, from);
            if (next < from + LINE_END) {
                throw malformed();
            }
            String header = new String(body, begin, head - begin, StandardCharsets.UTF_8);
            Matcher name = NAME.matcher(header);
            Matcher fileName = FILE_NAME.matcher(header);
            if (!name.find()) {
                throw malformed();
            }
            return new Part(name.group(1), fileName.find() ? fileName.group(1) : null, body, from, next - LINE_END);
        }

        String text() {
            if (to - from > Asked.MOST_OF_FORM_BYTES) {
                throw new RefusedException(413, "A field of the form is too large.");
            }
            return new String(body, from, to - from, StandardCharsets.UTF_8);
        }
    }

    private static RefusedException malformed() {
        return new RefusedException(400, "The form with the file cannot be read. Send it again from the page.");
    }

    private static int indexOf(byte[] body, byte[] sought, int from) {
        for (int at = from; at <= body.length - sought.length; at++) {
            int same = 0;
            while (same < sought.length && body[at + same] == sought[same]) {
                same++;
            }
            if (same == sought.length) {
                return at;
            }
        }
        return -1;
    }
}
