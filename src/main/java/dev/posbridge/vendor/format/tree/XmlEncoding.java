package dev.posbridge.vendor.format.tree;

import dev.posbridge.FileRejectedException;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How an XML document is written: as its mark or its declaration says, else UTF-8. */
final class XmlEncoding {
    /** The encoding, and the bytes from their start. */
    record Found(Charset encoding, InputStream bytes) {}

    private static final int LOOK = 400;
    private static final Pattern DECLARED =
            Pattern.compile("^\\s*<\\?xml[^>]{0,300}?encoding\\s*=\\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']");

    private XmlEncoding() {}

    /** @param wanted what the profile says, or null */
    static Found of(String file, InputStream bytes, Charset wanted) throws IOException {
        PushbackInputStream back = new PushbackInputStream(bytes, LOOK);
        byte[] head = back.readNBytes(LOOK);
        back.unread(head);
        if (head.length == 0) {
            throw rejected(file, Reason.FILE_EMPTY, "the file is empty, expected a document.");
        }
        Charset marked = marked(head);
        Charset family = marked == null ? StandardCharsets.ISO_8859_1 : marked;
        Matcher declaration = DECLARED.matcher(new String(head, family).replace("\uFEFF", ""));
        Charset declared = declaration.find() ? charset(file, declaration.group(1)) : null;
        boolean contradicts = wanted != null && declared != null && !related(wanted, declared);
        if (contradicts) {
            throw rejected(
                    file,
                    Reason.ENCODING_WRONG,
                    "the document says that it is written in " + declared.name() + ", the profile says " + wanted.name()
                            + ".");
        }
        if (marked != null) {
            return new Found(marked, back);
        }
        return new Found(wanted != null ? wanted : declared != null ? declared : StandardCharsets.UTF_8, back);
    }

    private static Charset marked(byte[] head) {
        int first = head[0] & 0xFF;
        int second = head.length > 1 ? head[1] & 0xFF : -1;
        if (first == 0xFE && second == 0xFF || first == 0xFF && second == 0xFE) {
            return StandardCharsets.UTF_16;
        }
        if (first == 0 && second == '<') {
            return StandardCharsets.UTF_16BE;
        }
        if (first == '<' && second == 0) {
            return StandardCharsets.UTF_16LE;
        }
        boolean utf8 = first == 0xEF && second == 0xBB;
        return utf8 ? StandardCharsets.UTF_8 : null;
    }

    @SuppressWarnings("PMD.PreserveStackTrace") // The message tells all there is.
    private static Charset charset(String file, String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException unknown) {
            throw rejected(
                    file,
                    Reason.ENCODING_WRONG,
                    "the document says that it is written in \"" + name + "\", which is unknown.");
        }
    }

    private static boolean related(Charset wanted, Charset declared) {
        return wanted.equals(declared)
                || wanted.name().startsWith("UTF-16") && declared.name().startsWith("UTF-16");
    }

    private static FileRejectedException rejected(String file, Reason reason, String text) {
        return new FileRejectedException(Position.ofFile(file), reason, text + " " + reason.remedy());
    }
}
