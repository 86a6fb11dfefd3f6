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
        if (!boundary.find()) {
            throw malformed();
        }
        byte[] mark = ("--" + boundary.group(1)).getBytes(StandardCharsets.US_ASCII);
        Map<String, List<String>> fields = new HashMap<>();
        File file = null;
        int at = indexOf(body, mark, 0);
        for (int parts = 0; at >= 0; parts++) {
            int begin = at + mark.length;
            if (begin + 1 < body.length && body[begin] == '-' && body[begin + 1] == '-') {
                return new Multipart(fields, file);
            }
            byte[] blank = {'\r', '\n', '\r', '\n'};
            int head = indexOf(body, blank, begin);
            at = head < 0 ? -1 : indexOf(body, mark, head + blank.length);
            if (at < head + blank.length + 2 || head - begin > LONGEST_HEADER || parts == MOST_PARTS) {
                throw malformed();
            }
            String header = new String(body, begin, head - begin, StandardCharsets.UTF_8);
            Matcher name = NAME.matcher(header);
            Matcher fileName = FILE_NAME.matcher(header);
            int from = head + blank.length;
            int to = at - 2;
            if (!name.find()) {
                throw malformed();
            }
            if (!fileName.find()) {
                if (to - from > Asked.MOST_OF_FORM_BYTES) {
                    throw new RefusedException(413, "A field of the form is too large.");
                }
                fields.computeIfAbsent(name.group(1), any -> new ArrayList<>())
                        .add(new String(body, from, to - from, StandardCharsets.UTF_8));
            } else if (!fileName.group(1).isEmpty()) {
                file = new File(fileName.group(1), body, from, to);
            }
        }
        throw malformed();
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
