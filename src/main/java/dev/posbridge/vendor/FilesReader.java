package dev.posbridge.vendor;

import dev.posbridge.vendor.format.Columns;
import dev.posbridge.vendor.format.FormatKeys;
import dev.posbridge.vendor.format.FormatType;
import dev.posbridge.vendor.format.set.PartName;
import dev.posbridge.vendor.format.set.PartPlan;
import dev.posbridge.vendor.format.set.SetFormat;
import dev.posbridge.vendor.yaml.Section;
import dev.posbridge.vendor.yaml.Word;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code files}: which files are read together, and how they are joined. */
final class FilesReader {
    private static final Duration LATE = Duration.ofHours(2);
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,30}");
    private static final Pattern TIME = Pattern.compile("(\\d{1,4})\\s*([mh])");

    private final Section root;
    private final Section section;
    private final List<Raw> parts = new ArrayList<>();
    private List<String> on;
    private List<Pattern> ignored;
    private Duration lateAfter;
    private FormatType.Plan usual;

    /** A part as it was read. */
    private record Raw(
            PartName name,
            FormatType.Plan format,
            boolean leads,
            Joining.Many many,
            Map<String, String> key,
            Map<String, List<Word>> through,
            Word from,
            List<String> by) {}

    private FilesReader(Section root, Section section) {
        this.root = root;
        this.section = section;
    }

    /** Null where each file is read alone. */
    static FilesReader read(Section root) {
        if (!root.has("files")) {
            return null;
        }
        Section section = root.section("files");
        if (section == null) {
            return null;
        }
        FilesReader made = new FilesReader(root, section);
        made.read();
        return made;
    }

    private void read() {
        section.requireKey("on");
        section.requireKey("parts");
        on = FormatKeys.texts(section.words("on"));
        ignored = section.words("ignore").stream()
                .map(FileNameReader::pattern)
                .filter(Objects::nonNull)
                .toList();
        lateAfter = lateAfter(section.word("late-after"));
        for (String other : List.of("file-name", "unwrap", "trailer", "fill-down")) {
            if (root.has(other)) {
                section.problem("\"files\" and \"" + other + "\" do not go together: the names stand under"
                        + " files.parts, sets come as they are or as one zip, and the end and the cells of each file are its own."
                        + " Remove \"" + other + "\".");
            }
        }
        if (root.hasSection("receipt") && root.section("receipt").has("starts")) {
            root.section("receipt")
                    .word("starts")
                    .problem("\"starts\" is for rows of one file that stand together, but \"files\" joins rows by what"
                            + " stands under files.on. Remove \"starts\".");
        }
        Section own = section.section("parts");
        if (own != null) {
            for (String name : own.keys()) {
                Section part = own.section(name);
                if (part != null) {
                    parts.add(part(name, part));
                }
            }
        }
        checkTogether();
    }

    private void checkTogether() {
        if (parts.size() < 2 && section.has("parts")) {
            section.problem("\"parts\" has " + parts.size() + ", expected two or more files that are read together.");
        }
        long leads = parts.stream().filter(Raw::leads).count();
        if (leads != 1 && !parts.isEmpty()) {
            section.problem(leads + " parts say leads: true, expected one: the file in which each receipt stands.");
        }
        parts.sort((one, other) -> Boolean.compare(other.leads(), one.leads()));
        List<String> captures =
                parts.isEmpty() ? List.of() : parts.get(0).name().captures();
        for (Raw part : parts) {
            if (!Set.copyOf(part.name().captures()).equals(Set.copyOf(captures))) {
                section.problem("the names of part \"" + part.name().name() + "\" have the groups "
                        + part.name().captures() + ", those of \""
                        + parts.get(0).name().name() + "\" " + captures
                        + ", expected the same: files for which they say the same belong together.");
            }
        }
    }

    private static Duration lateAfter(Word word) {
        if (word == null) {
            return LATE;
        }
        Matcher matcher = TIME.matcher(word.text());
        if (!matcher.matches()) {
            word.problem("\"late-after\" is \"" + word.text() + "\", expected a time such as 90m or 2h.");
            return LATE;
        }
        long number = Long.parseLong(matcher.group(1));
        return matcher.group(2).equals("m") ? Duration.ofMinutes(number) : Duration.ofHours(number);
    }

    private Raw part(String name, Section part) {
        if (!NAME.matcher(name).matches()) {
            part.problem("part \"" + name + "\": expected a name of small letters, digits and hyphens.");
        }
        Pattern file = FileNameReader.pattern(part.requiredWord("file"));
        boolean leads = part.flag("leads", false);
        String many = part.choice("rows", List.of("one", "some", "any"), leads ? "some" : "any");
        PartName.Missing missing = missing(part);
        if (leads) {
            refuseLeading(name, part, missing, many);
        }
        Section taking = part.section("takes-away");
        Word from = taking == null ? null : taking.requiredWord("from");
        List<String> by = taking == null ? List.of() : FormatKeys.texts(taking.words("by"));
        if (taking != null) {
            taking.requireKey("by");
            taking.refuseUnknown();
        }
        Map<String, List<Word>> through = through(name, part);
        Map<String, String> key = key(part);
        FormatType.Plan format = part.has("format") ? format(part) : usualFormat();
        part.refuseUnknown();
        List<String> captures = file == null ? List.of() : FileNameReader.captures(file);
        return new Raw(
                new PartName(name, file == null ? Pattern.compile("") : file, captures, missing),
                format,
                leads,
                Joining.Many.valueOf(many.toUpperCase(java.util.Locale.ROOT)),
                key,
                through,
                from,
                by);
    }

    private static PartName.Missing missing(Section part) {
        return switch (part.choice("missing", List.of("refused", "by-hand", "allowed"), "refused")) {
            case "by-hand" -> PartName.Missing.BY_HAND;
            case "allowed" -> PartName.Missing.ALLOWED;
            default -> PartName.Missing.REFUSED;
        };
    }

    private static void refuseLeading(String name, Section part, PartName.Missing missing, String many) {
        if (missing != PartName.Missing.REFUSED || many.equals("any") || part.has("through")) {
            part.problem("part \"" + name + "\" leads, so it cannot be missing, nor a receipt be without a row of it, "
                    + "nor be found through others.");
        }
    }

    /** By its own columns, those of other parts that name what stands there; empty where it has the shared ones. */
    private static Map<String, List<Word>> through(String name, Section part) {
        Section own = part.section("through");
        Map<String, List<Word>> through = new LinkedHashMap<>();
        if (own == null) {
            return through;
        }
        for (String other : List.of("on", "takes-away")) {
            if (part.has(other)) {
                part.problem("part \"" + name + "\" has both through and " + other
                        + ", expected one of them: a part that"
                        + " is found through others lacks the columns under files.on. Remove \"" + other + "\".");
            }
        }
        own.keys().forEach(column -> through.put(column, own.words(column)));
        if (through.isEmpty()) {
            part.problem(
                    "\"through\" of part \"" + name + "\" names no column, expected such as { Order: goods.Order }.");
        }
        return through;
    }

    private Map<String, String> key(Section part) {
        Section own = part.section("on");
        Map<String, String> key = new LinkedHashMap<>();
        if (own != null) {
            own.allWords().forEach((name, word) -> {
                if (!on.contains(name)) {
                    word.problem("\"" + name + "\" is not one of the columns under files.on: " + String.join(", ", on)
                            + ".");
                }
                key.put(name, word.text());
            });
        }
        return key;
    }

    private static FormatType.Plan format(Section part) {
        Section own = part.section("format");
        return own == null ? null : FormatReader.read(own);
    }

    /** Of parts that say none of their own. */
    private FormatType.Plan usualFormat() {
        if (usual == null) {
            root.requireKey("format");
            usual = format(root);
        }
        return usual;
    }

    List<String> on() {
        return on;
    }

    List<String> names() {
        return parts.stream().map(part -> part.name().name()).toList();
    }

    /** What the names of sets look like and say: those of their leading file. */
    FileNames fileNames() {
        var dates = ValueReader.dates(section, "business-date");
        section.refuseUnknown();
        return parts.isEmpty()
                ? new FileNames(null, List.of(), dates)
                : new FileNames(parts.get(0).name().file(), parts.get(0).name().captures(), dates);
    }

    FileSet set() {
        return new FileSet(parts.stream().map(Raw::name).toList(), ignored, lateAfter);
    }

    /** Null after a problem was reported. */
    FormatType.Plan plan() {
        if (parts.stream().anyMatch(part -> part.format() == null)) {
            return null;
        }
        List<PartPlan> plans = new ArrayList<>();
        for (Raw part : parts) {
            plans.add(new PartPlan(
                    part.name(), part.format(), part.key(), part.through().isEmpty()));
        }
        return new FormatType.Plan(columns(), (columns, drop) -> new SetFormat(plans, ignored, on, columns, drop));
    }

    /** Those of all parts, empty where one part's are known only by its file. */
    private List<String> columns() {
        Set<String> all = new LinkedHashSet<>();
        all.add(SetFormat.PART);
        all.add(SetFormat.PARTS);
        all.addAll(on);
        for (Raw part : parts) {
            if (part.format().columns().isEmpty()) {
                return List.of();
            }
            for (String name : part.through().isEmpty() ? on : List.<String>of()) {
                String own = part.key().getOrDefault(name, name);
                if (!Columns.contains(part.format().columns(), own)) {
                    section.problem("part \"" + part.name().name() + "\" has no column \"" + own
                            + "\" by which to join it. Say under on there what it calls \"" + name + "\".");
                }
            }
            part.format().columns().forEach(name -> all.add(part.name().name() + "." + name));
        }
        return new ArrayList<>(all);
    }

    Joining joining(Vocabulary vocabulary) {
        Columns columns = vocabulary.columns();
        List<Joining.Part> made = new ArrayList<>();
        for (Raw part : parts) {
            String from = part.from() == null ? null : part.from().text();
            if (from != null
                    && (!names().contains(from) || from.equals(part.name().name()))) {
                part.from()
                        .problem("\"from\" is \"" + from + "\", expected another of the parts: "
                                + String.join(", ", names()) + ".");
            }
            int[] by = slots(columns, part.name().name(), part.by());
            int[] of = from == null ? by : slots(columns, from, part.by());
            made.add(new Joining.Part(part.name().name(), part.many(), from, by, of, through(part, vocabulary)));
        }
        int[] shared = on.stream().mapToInt(columns::slot).toArray();
        return new Joining(columns.slot(SetFormat.PART), columns.slot(SetFormat.PARTS), made, shared);
    }

    /** Null where it has the columns under {@code files.on}. */
    private Joining.Through through(Raw part, Vocabulary vocabulary) {
        if (part.through().isEmpty()) {
            return null;
        }
        List<String> joined = parts.stream()
                .filter(other -> other.through().isEmpty())
                .map(other -> other.name().name())
                .toList();
        List<int[]> naming = new ArrayList<>();
        for (List<Word> words : part.through().values()) {
            for (Word word : words) {
                int point = Math.max(0, word.text().indexOf('.'));
                if (!on.contains(word.text()) && !joined.contains(word.text().substring(0, point))) {
                    word.problem("\"through\" has \"" + word.text() + "\", expected a column of a part that has those"
                            + " under files.on: " + String.join(", ", joined) + ".");
                }
            }
            naming.add(words.stream().mapToInt(vocabulary::column).toArray());
        }
        List<String> own = List.copyOf(part.through().keySet());
        return new Joining.Through(slots(vocabulary.columns(), part.name().name(), own), naming);
    }

    private static int[] slots(Columns columns, String part, List<String> names) {
        return names.stream().mapToInt(name -> columns.slot(part + "." + name)).toArray();
    }
}
