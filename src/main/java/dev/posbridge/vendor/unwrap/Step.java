package dev.posbridge.vendor.unwrap;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;

/** One layer that comes off. Immutable. */
public interface Step {
    /** What it is called in profiles and messages. */
    String word();

    /** The endings of file names that have this layer; a file without one is taken as it is. */
    List<String> endings();

    /**
     * Opens what is within. Problems show up while it is read, too.
     *
     * @param packed closed with the result
     * @throws IOException where it is damaged, or not what its name says
     */
    InputStream open(InputStream packed) throws IOException;

    /** The name without its ending; null where this layer is not there. */
    default String strip(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return endings().stream()
                .filter(ending -> lower.endsWith(ending) && lower.length() > ending.length())
                .findFirst()
                .map(ending -> name.substring(0, name.length() - ending.length()))
                .orElse(null);
    }
}
