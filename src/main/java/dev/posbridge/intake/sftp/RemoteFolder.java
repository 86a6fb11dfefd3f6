package dev.posbridge.intake.sftp;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A folder on a server, or one for each store: {@code /drops/{store}/out}. Names in a listing are data: a folder is only
 * entered where each segment is what was written down, or a plain store.
 */
public final class RemoteFolder {
    private static final String STORE = "{store}";
    private static final String PLAIN = "([A-Za-z0-9][A-Za-z0-9_-]{0,63})";

    private final String base;
    private final List<Pattern> below;

    /** @param folder as in {@code posbridge.sources.<name>.folder} */
    public RemoteFolder(String folder) {
        List<String> fixed = new ArrayList<>();
        List<Pattern> patterns = new ArrayList<>();
        for (String segment : folder.split("/")) {
            if (patterns.isEmpty() && !segment.contains(STORE)) {
                fixed.add(segment);
            } else {
                patterns.add(pattern(segment));
            }
        }
        String joined = String.join("/", fixed);
        this.base = joined.isEmpty() && folder.startsWith("/") ? "/" : joined.equals(".") ? "" : joined;
        this.below = List.copyOf(patterns);
    }

    private static Pattern pattern(String segment) {
        int at = segment.indexOf(STORE);
        if (at < 0) {
            return Pattern.compile(Pattern.quote(segment));
        }
        return Pattern.compile(Pattern.quote(segment.substring(0, at))
                + PLAIN
                + Pattern.quote(segment.substring(at + STORE.length())));
    }

    /** The part without stores, where looking begins; empty for the login's own folder. */
    public String base() {
        return base;
    }

    /** How many folders lie between the base and the files, counting the base. */
    public int depth() {
        return below.size() + 1;
    }

    /** Whether files may lie in this folder, or further down in it. */
    boolean leads(String path) {
        List<String> segments = segments(path);
        return segments != null && segments.size() <= below.size() && matches(segments) != null;
    }

    /**
     * The store whose folder this is.
     *
     * @return "" where there is one folder for all, null where no file is taken from this folder
     */
    String storeOf(String path) {
        List<String> segments = segments(path);
        return segments == null || segments.size() != below.size() ? null : matches(segments);
    }

    private String matches(List<String> segments) {
        String store = "";
        for (int i = 0; i < segments.size(); i++) {
            Matcher matcher = below.get(i).matcher(segments.get(i));
            if (!matcher.matches()) {
                return null;
            }
            store = matcher.groupCount() == 1 ? matcher.group(1) : store;
        }
        return store;
    }

    /** Segments below the base; null where the path is not below it. */
    private List<String> segments(String path) {
        if (path.equals(base)) {
            return List.of();
        }
        String start = base.isEmpty() || base.endsWith("/") ? base : base + "/";
        return path.startsWith(start) ? List.of(path.substring(start.length()).split("/", -1)) : null;
    }
}
