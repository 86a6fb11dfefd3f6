package dev.posbridge.vendor.format.tree;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import dev.posbridge.pos.Reason;
import java.io.IOException;
import java.io.Reader;
import java.util.Locale;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLInputFactory2;
import org.codehaus.stax2.XMLStreamReader2;

/** XML. No document type is read and no entity resolved: both are refused. */
final class XmlEvents implements Events {
    private static final XMLInputFactory FACTORY = factory();

    private final Paced pace;
    private final XMLStreamReader2 reader;

    XmlEvents(Reader text) throws IOException {
        this.pace = new Paced(text);
        try {
            this.reader = (XMLStreamReader2) FACTORY.createXMLStreamReader(pace);
        } catch (XMLStreamException problem) {
            throw unreadable(problem);
        }
    }

    private static XMLInputFactory factory() {
        InputFactoryImpl factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false); // Else faults come where nobody expects them.
        return factory;
    }

    @Override
    public boolean advance(Grove grove) throws IOException {
        try {
            pace.restart();
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> start(grove);
                case XMLStreamConstants.END_ELEMENT -> grove.end(this);
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (grove.wantsText()) {
                        grove.text(reader.getText(), this);
                    }
                }
                case XMLStreamConstants.DTD -> throw refused("a document type (<!DOCTYPE)");
                case XMLStreamConstants.ENTITY_REFERENCE -> throw refused("the entity &" + reader.getLocalName() + ";");
                case XMLStreamConstants.END_DOCUMENT -> {
                    return false;
                }
                default -> {
                    // Comments and instructions are nothing to us.
                }
            }
            return true;
        } catch (XMLStreamException problem) {
            throw unreadable(problem);
        }
    }

    private void start(Grove grove) throws XMLStreamException {
        refuseDepth();
        if (!grove.start(name(), this)) {
            skip();
        } else if (grove.wantsAttributes()) {
            for (int index = 0; index < reader.getAttributeCount(); index++) {
                grove.attribute(reader.getAttributeLocalName(index), reader.getAttributeValue(index), this);
            }
        }
    }

    private String name() {
        String name = reader.getLocalName();
        if (name.length() > Limits.NAME) {
            throw new Unreadable(Reason.ROW_TOO_LONG, place(), "a name is longer than " + Limits.NAME + " characters");
        }
        return name;
    }

    private void skip() throws XMLStreamException {
        int open = 1;
        while (open > 0) {
            pace.restart();
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    open++;
                    refuseDepth();
                }
                case XMLStreamConstants.END_ELEMENT -> open--;
                case XMLStreamConstants.ENTITY_REFERENCE -> throw refused("the entity &" + reader.getLocalName() + ";");
                default -> {
                    // Nothing in it is wanted.
                }
            }
        }
    }

    private void refuseDepth() {
        if (reader.getDepth() > Limits.DEPTH) {
            throw new Unreadable(
                    Reason.ROW_TOO_LONG, place(), "elements stand more than " + Limits.DEPTH + " deep in each other");
        }
    }

    private Unreadable refused(String what) {
        return new Unreadable(Reason.ROW_MALFORMED, place(), "the document has " + what + ", which nobody here reads");
    }

    @Override
    public int[] place() {
        Location location = reader.getLocation();
        return new int[] {location.getLineNumber(), location.getColumnNumber()};
    }

    /** Bytes that are no text stay what they are; the rest is the document's fault. */
    private Unreadable unreadable(XMLStreamException problem) throws IOException {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException failed) {
                throw failed;
            }
        }
        Location location = problem.getLocation();
        int[] place =
                location == null ? new int[] {1, 1} : new int[] {location.getLineNumber(), location.getColumnNumber()};
        String message = String.valueOf(problem.getMessage());
        String words = message.toLowerCase(Locale.ROOT);
        if (words.contains("unexpected end-of-input") || words.contains("unexpected end of input")) {
            return new Unreadable(Reason.FILE_TRUNCATED, place, "the document ends in the middle");
        }
        String first =
                message.replaceAll("(?s)\\s+at \\[.*", "").lines().findFirst().orElse("");
        return new Unreadable(Reason.ROW_MALFORMED, place, "this is no XML: " + shortened(first));
    }

    private static String shortened(String message) {
        return message.length() <= 200 ? message : message.substring(0, 200) + "...";
    }
}
