package dev.posbridge.vendor;

import dev.posbridge.FileRejectedException;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.value.Dates;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What file names of a vendor look like and say.
 *
 * @param pattern null where every name will do
 * @param captures its named groups, in the order of their indexes
 * @param businessDate reads the capture of that name
 */
record FileNames(Pattern pattern, List<String> captures, Dates businessDate) {
    static final String BUSINESS_DATE = "businessDate";

    boolean match(String fileName) {
        return pattern == null || matcher(fileName) != null;
    }

    /** Values of the captures, "" where one took no part. */
    String[] read(String fileName) {
        String[] values = new String[captures.size()];
        if (pattern == null) {
            return values;
        }
        Matcher matcher = matcher(fileName);
        if (matcher == null) {
            throw unknown(fileName, "the name does not match file-name \"" + pattern + "\".");
        }
        for (int index = 0; index < values.length; index++) {
            String value = matcher.group(captures.get(index));
            values[index] = value == null ? "" : value;
        }
        return values;
    }

    /** Files of a set may have their folder's name before their own. */
    private Matcher matcher(String fileName) {
        Matcher alone = pattern.matcher(fileName.substring(fileName.lastIndexOf('/') + 1));
        if (alone.matches()) {
            return alone;
        }
        Matcher whole = pattern.matcher(fileName);
        return whole.matches() ? whole : null;
    }

    /** The business date among the values, or null where there is none. */
    LocalDate businessDate(String fileName, String[] values) {
        int index = captures.indexOf(BUSINESS_DATE);
        if (index < 0 || values[index].isEmpty()) {
            return null;
        }
        LocalDate date = businessDate.parse(values[index]);
        if (date == null) {
            throw unknown(
                    fileName,
                    "the business date \"" + values[index] + "\" in the name is no date like " + businessDate.patterns()
                            + ".");
        }
        return date;
    }

    private static FileRejectedException unknown(String fileName, String text) {
        return new FileRejectedException(
                Position.ofFile(fileName), Reason.FILE_NAME_UNKNOWN, text + " " + Reason.FILE_NAME_UNKNOWN.remedy());
    }
}
