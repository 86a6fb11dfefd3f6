package dev.posbridge.vendor;

import dev.posbridge.vendor.yaml.Section;
import dev.posbridge.vendor.yaml.Word;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads {@code file-name}. */
final class FileNameReader {
    private static final Pattern GROUP = Pattern.compile("\\(\\?<([A-Za-z][A-Za-z0-9]*)>");

    private FileNameReader() {}

    /** A pattern, or {@code {matches, business-date}}. */
    static FileNames read(Section root) {
        Section own = root.hasSection("file-name") ? root.section("file-name") : null;
        Word word = own == null ? root.word("file-name") : own.requiredWord("matches");
        var dates = ValueReader.dates(own, "business-date");
        if (own != null) {
            own.has("agrees"); // Read with the rules.
            own.refuseUnknown();
        }
        Pattern pattern = pattern(word);
        return new FileNames(pattern, pattern == null ? List.of() : captures(pattern), dates);
    }

    /** Its named groups, as they stand. */
    static List<String> captures(Pattern pattern) {
        Set<String> captures = new LinkedHashSet<>();
        Matcher groups = GROUP.matcher(pattern.pattern());
        while (groups.find()) {
            captures.add(groups.group(1));
        }
        return List.copyOf(captures);
    }

    /** A regular expression, or null after its problem was reported. */
    static Pattern pattern(Word word) {
        try {
            return word == null ? null : Pattern.compile(word.text());
        } catch (PatternSyntaxException problem) {
            String message = problem.getDescription();
            word.problemAt(Math.max(0, problem.getIndex()), "not a regular expression: " + message + ".");
            return null;
        }
    }
}
