package dev.posbridge.vendor.format.set;

import dev.posbridge.vendor.format.FormatType;
import java.util.Map;

/**
 * One of the files that are read together, before the profile's columns are known.
 *
 * @param part its name and how it is told by its file's name
 * @param format how it is read
 * @param key its own names of the columns by which parts are joined, where they differ
 * @param joined whether it has those columns: rows of a part without them are found by what others name
 */
public record PartPlan(PartName part, FormatType.Plan format, Map<String, String> key, boolean joined) {
    public PartPlan {
        key = Map.copyOf(key);
    }
}
