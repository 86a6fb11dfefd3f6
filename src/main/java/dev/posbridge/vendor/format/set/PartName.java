package dev.posbridge.vendor.format.set;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one of the files of a set is called.
 *
 * @param name as the profile calls the part
 * @param file of its name, or of its folder's and its own with a slash between
 * @param captures the named groups; files of a set for which they say the same belong together
 * @param missing whether a set may lack it
 */
public record PartName(String name, Pattern file, List<String> captures, Missing missing) {
    /** Whether a set may lack a part. */
    public enum Missing {
        REFUSED,
        /** Where a person hands it over; the service waits for it. */
        BY_HAND,
        /** It is taken along where it lies beside the others. */
        ALLOWED
    }

    public PartName {
        captures = List.copyOf(captures);
    }

    /** The name in front of its columns. */
    String prefix() {
        return name + ".";
    }

    /** Whether there is no set without it, as far as the service knows. */
    public boolean awaited() {
        return missing != Missing.ALLOWED;
    }

    /** Whether a file of that path is this part: by its name alone, or with its folder's. */
    public boolean fits(String path) {
        return matcher(path) != null;
    }

    /** What its groups of those names say of a file of this part. */
    public List<String> captured(String path, List<String> groups) {
        Matcher matcher = matcher(path);
        List<String> values = new ArrayList<>(captures.size());
        for (String capture : groups) {
            String value = matcher == null ? null : matcher.group(capture);
            values.add(value == null ? "" : value);
        }
        return values;
    }

    private Matcher matcher(String path) {
        Matcher alone = file.matcher(path.substring(path.lastIndexOf('/') + 1));
        if (alone.matches()) {
            return alone;
        }
        Matcher inFolder = file.matcher(path);
        return inFolder.matches() ? inFolder : null;
    }
}
