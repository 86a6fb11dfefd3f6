package dev.posbridge.vendor.draft;

import dev.posbridge.ConfigurationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A skeleton of a profile for text of fixed width. Where its fields end is seen only where blanks part them, where digits
 * meet letters on every line, and where a day and a time stand; the rest is in the vendor's description and says VERIFY.
 */
final class FixedDraft {
    private static final int FEWEST = 2;
    private static final int NARROWEST = 12;
    private static final int MOST_TYPES = 12;
    private static final Pattern DAY = Pattern.compile("20\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])");
    private static final Pattern SHORT_DAY = Pattern.compile("2\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])");
    private static final Pattern TIME = Pattern.compile("(?:[01]\\d|2[0-3])[0-5]\\d");

    private final List<String> lines;
    private final Map<String, List<Field>> types = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder(2_048);
    private int typeWidth;

    /** A field by its first and last character, from 1, with what stands there on the first line. */
    private record Field(String name, int from, int to, String sample, boolean digits, boolean differs) {}

    private FixedDraft(List<String> lines) {
        this.lines = List.copyOf(lines);
    }

    /** @throws ConfigurationException where the lines are not those of a table */
    static String of(String vendor, Path file, String currency, String zone) {
        FixedDraft draft = new FixedDraft(FileLook.lines(file));
        if (draft.lines.size() < FEWEST
                || draft.lines.stream().anyMatch(line -> line.length() < 2)
                || draft.lines.stream().allMatch(line -> line.stripTrailing().length() < NARROWEST)) {
            throw new ConfigurationException(file
                    + ": found no table, expected rows of at least two fields parted by a comma, a semicolon, a bar"
                    + " or a tab, or lines of fixed width (two at least, of " + NARROWEST
                    + " characters or more). Give a longer file, or write format: { type: fixed-width } yourself, see"
                    + " docs/profiles.md.");
        }
        draft.findTypes();
        draft.write(vendor, file, currency, zone);
        return draft.text.toString();
    }

    private void findTypes() {
        for (int width = 1; width <= 2 && typeWidth == 0; width++) {
            int end = width;
            List<String> heads = lines.stream()
                    .map(line -> line.substring(0, end))
                    .distinct()
                    .toList();
            boolean letters =
                    heads.stream().allMatch(head -> Character.isLetter(head.charAt(0)) && !head.contains(" "));
            if (letters && heads.size() > 1 && heads.size() <= Math.min(MOST_TYPES, lines.size() - 1)) {
                typeWidth = width;
            }
        }
        Map<String, List<String>> byType = lines.stream()
                .collect(Collectors.groupingBy(
                        line -> line.substring(0, typeWidth), LinkedHashMap::new, Collectors.toList()));
        byType.forEach((type, ofType) -> types.put(type, fields(type, ofType)));
    }

    private List<Field> fields(String type, List<String> ofType) {
        int width = ofType.stream().mapToInt(String::length).max().orElse(0);
        List<String> padded = ofType.stream()
                .map(line -> line + " ".repeat(width - line.length()))
                .toList();
        boolean[] begins = new boolean[width + 1];
        begins[typeWidth] = true;
        begins[width] = true;
        for (int at = Math.max(1, typeWidth); at < width; at++) {
            begins[at] |= isEdge(padded, at);
            int day = dayLength(padded, at);
            if (day > 0) {
                boolean time = isEach(padded, at + day, 4, TIME);
                begins[at] = true;
                begins[at + day] = true;
                begins[Math.min(width, at + day + 4)] |= time;
                at += (time ? day + 4 : day) - 1;
            }
        }
        List<Field> fields = new ArrayList<>();
        int from = typeWidth;
        for (int at = typeWidth + 1; at <= width; at++) {
            if (begins[at]) {
                fields.add(field(type + (fields.size() + 1), padded, from, at));
                from = at;
            }
        }
        return fields;
    }

    /** A day of two digits of year is one only where a time stands behind it. */
    private static int dayLength(List<String> lines, int at) {
        if (isEach(lines, at, 8, DAY)) {
            return 8;
        }
        return isEach(lines, at, 6, SHORT_DAY) && isEach(lines, at + 6, 4, TIME) ? 6 : 0;
    }

    private static Field field(String name, List<String> lines, int from, int to) {
        List<String> values =
                lines.stream().map(line -> line.substring(from, to).strip()).toList();
        boolean digits = values.stream().allMatch(value -> value.matches("\\d+"));
        boolean differs = values.stream().distinct().count() == values.size();
        String prefix = Character.isLetter(name.charAt(0)) ? name : "F" + name;
        return new Field(prefix, from + 1, to, values.get(0), digits, differs);
    }

    /** Blank before it on all lines, or digits on one side and none on the other. */
    private static boolean isEdge(List<String> lines, int at) {
        boolean blankBefore = lines.stream().allMatch(line -> line.charAt(at - 1) == ' ');
        boolean startsHere = lines.stream().anyMatch(line -> line.charAt(at) != ' ');
        boolean digitsEnd = lines.stream()
                .allMatch(line -> Character.isDigit(line.charAt(at - 1))
                        && !Character.isDigit(line.charAt(at))
                        && line.charAt(at) != ' ');
        boolean digitsBegin = lines.stream()
                .allMatch(line -> Character.isLetter(line.charAt(at - 1)) && Character.isDigit(line.charAt(at)));
        return blankBefore && startsHere || digitsEnd || digitsBegin;
    }

    private static boolean isEach(List<String> lines, int at, int length, Pattern pattern) {
        return lines.stream()
                .allMatch(line -> at + length <= line.length()
                        && pattern.matcher(line.substring(at, at + length)).matches());
    }

    private static boolean isDay(Field field) {
        return DAY.matcher(field.sample()).matches()
                || SHORT_DAY.matcher(field.sample()).matches() && field.to() - field.from() == 5;
    }

    private void write(String vendor, Path file, String currency, String zone) {
        String sale = saleType();
        List<Field> fields = types.get(sale);
        line("# yaml-language-server: $schema=profile.schema.json");
        line("# A skeleton, made by looking at the first " + lines.size() + " lines of " + file.getFileName()
                + ", which are of fixed width. Fields end where blanks, letters");
        line(
                "# or a day and a time showed it; two numbers that touch look like one. VERIFY every place with the vendor's");
        line("# description, give the fields names, and see docs/profiles.md, examples/harbour-grill.yaml.");
        line("# Then: posbridge check --vendor " + vendor + " FILE");
        line("vendor: " + vendor);
        line("description: \"VERIFY: one sentence about this vendor's files.\"");
        line("");
        format(file);
        if (types.size() > 1) {
            line(
                    "skip:   # VERIFY: what these records are, lines, tenders, a header (format.carry), a trailer; then use them");
            line("  - { when: \"row.Rec != '" + sale + "'\", leaves-out: row }");
        }
        line("time-zone: " + zone + "   # VERIFY: where the tills' clocks are");
        line("currency: " + currency + "   # VERIFY");
        line("");
        line("records:");
        line("  - kind: sale");
        if (types.size() > 1) {
            line("    when: \"row.Rec == '" + sale + "'\"");
        }
        line("    # VERIFY: customer: { id: \"{...}\" }. Without it every receipt is anonymous and earns nothing.");
        rule(fields);
    }

    /** The one with a day in it that comes most often; else the one that comes most often. */
    private String saleType() {
        Map<String, Long> counts = lines.stream()
                .collect(Collectors.groupingBy(line -> line.substring(0, typeWidth), Collectors.counting()));
        return types.keySet().stream()
                .max((one, other) -> {
                    int days = Boolean.compare(
                            types.get(one).stream().anyMatch(FixedDraft::isDay),
                            types.get(other).stream().anyMatch(FixedDraft::isDay));
                    return days != 0 ? days : Long.compare(counts.get(one), counts.get(other));
                })
                .orElseThrow();
    }

    private void format(Path file) {
        line("format:");
        line("  type: fixed-width");
        String encoding = FileLook.encodingOf(file);
        if (!encoding.equals("utf-8")) {
            line("  encoding: " + encoding + "   # not UTF-8; VERIFY with a name that has an accent");
        }
        line("  short-lines: blank   # VERIFY: lines may end before their last field");
        if (typeWidth > 0) {
            line("  record-type: 1" + (typeWidth > 1 ? "-" + typeWidth : "") + "   # seen there: "
                    + String.join(", ", types.keySet()));
            line("  types:");
        }
        types.forEach((type, fields) -> {
            line(typeWidth > 0 ? "    \"" + type + "\":" : "  columns:");
            String indent = typeWidth > 0 ? "      " : "    ";
            if (typeWidth > 0) {
                line(indent + "Rec: 1" + (typeWidth > 1 ? "-" + typeWidth : ""));
            }
            for (Field field : fields) {
                line(indent + field.name() + ": " + field.from() + "-" + field.to() + "   # such as \""
                        + field.sample().replaceAll("\\p{Cntrl}", "") + "\"");
            }
        });
        line("");
    }

    private void rule(List<Field> fields) {
        Field day = fields.stream().filter(FixedDraft::isDay).findFirst().orElse(null);
        Field time = day == null ? null : timeBehind(day, fields);
        List<Field> others =
                fields.stream().filter(field -> field != day && field != time).toList();
        Field first = fields.get(0);
        Field key = others.stream().filter(Field::differs).findFirst().orElse(first);
        line("    key: \"{" + key.name() + "}\"   # VERIFY: "
                + (key.differs()
                        ? "different on every line seen; unique for ever?"
                        : "no field differs on every line"));
        line(soldAt(first, day, time));
        line("    total-paid: { from: " + total(first, key, others).name()
                + ", implied-decimals: 2 }   # VERIFY: the last number of the line; is it the total, in cents?");
    }

    private static Field timeBehind(Field day, List<Field> fields) {
        int next = fields.indexOf(day) + 1;
        boolean isTime = next < fields.size()
                && fields.get(next).to() - fields.get(next).from() == 3
                && TIME.matcher(fields.get(next).sample()).matches();
        return isTime ? fields.get(next) : null;
    }

    private static Field total(Field first, Field key, List<Field> others) {
        Field total = others.isEmpty() ? first : others.get(others.size() - 1);
        for (Field field : others) {
            total = field.digits() && field != key ? field : total;
        }
        return total;
    }

    private static String soldAt(Field first, Field day, Field time) {
        if (day == null) {
            return "    sold-at: { from: " + first.name()
                    + ", patterns: [yyyyMMdd] }   # VERIFY: no field was a day on every line; name it and its pattern";
        }
        return "    sold-at: { from: [" + day.name() + (time == null ? "" : ", " + time.name()) + "], patterns: [\""
                + (day.sample().length() == 6 ? "yyMMdd" : "yyyyMMdd")
                + (time == null ? "" : " HHmm") + "\"] }   # VERIFY"
                + (time == null ? ": no time of day was found" : "");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
