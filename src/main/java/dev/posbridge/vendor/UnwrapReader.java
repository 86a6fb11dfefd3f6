package dev.posbridge.vendor;

import dev.posbridge.settings.SettingsReader;
import dev.posbridge.vendor.format.FormatKeys;
import dev.posbridge.vendor.unwrap.CommandStep;
import dev.posbridge.vendor.unwrap.GzipStep;
import dev.posbridge.vendor.unwrap.PgpStep;
import dev.posbridge.vendor.unwrap.Step;
import dev.posbridge.vendor.unwrap.Unwrapping;
import dev.posbridge.vendor.unwrap.ZipStep;
import dev.posbridge.vendor.yaml.Section;
import dev.posbridge.vendor.yaml.Word;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code unwrap}: what a vendor's files come packed in. */
final class UnwrapReader {
    private static final List<String> STEPS = List.of("gzip", "zip", "pgp", "command");
    private static final int DEFAULT_MEBIBYTES = 8 * 1024;

    private final Section section;
    private final Path folder;

    private UnwrapReader(Section section, Path folder) {
        this.section = section;
        this.folder = folder;
    }

    /** @param folder of the profile, from which paths are meant */
    static Unwrapping read(Section root, Path folder) {
        if (!root.has("unwrap")) {
            return Unwrapping.NONE;
        }
        if (!root.hasSection("unwrap")) {
            return new Unwrapping(
                    new UnwrapReader(root, folder).plainSteps(root.words("unwrap")), (long) DEFAULT_MEBIBYTES << 20);
        }
        Section section = root.section("unwrap");
        Unwrapping read = new UnwrapReader(section, folder).read();
        section.refuseUnknown();
        return read;
    }

    private Unwrapping read() {
        section.requireKey("steps");
        List<Step> steps = new ArrayList<>();
        for (Word word : section.words("steps")) {
            if (word.text().equals("command") && steps.stream().anyMatch(CommandStep.class::isInstance)) {
                word.problem(
                        "\"command\" stands under steps twice, but there is one \"command\" to run. Put both programs"
                                + " into one script and name that.");
                continue;
            }
            Step step = step(word);
            if (step != null) {
                steps.add(step);
            }
        }
        return new Unwrapping(steps, (long) FormatKeys.count(section, "max-mebibytes", DEFAULT_MEBIBYTES) << 20);
    }

    /** Those that need nothing but their word. */
    private List<Step> plainSteps(List<Word> words) {
        List<Step> steps = new ArrayList<>();
        for (Word word : words) {
            if (word.text().equals("pgp") || word.text().equals("command")) {
                word.problem("\"unwrap\" with " + word.text() + " needs more: write unwrap: { steps: [" + word.text()
                        + "], ... }, see docs/sftp.md.");
            } else {
                Step step = step(word);
                if (step != null) {
                    steps.add(step);
                }
            }
        }
        return steps;
    }

    private Step step(Word word) {
        return switch (word.text()) {
            case "gzip" -> new GzipStep();
            case "zip" -> new ZipStep();
            case "pgp" -> pgp();
            case "command" -> command();
            default -> {
                word.problem(
                        "\"unwrap\" is \"" + word.text() + "\", expected one of: " + String.join(", ", STEPS) + ".");
                yield null;
            }
        };
    }

    private Step pgp() {
        Path key = file(section.requiredWord("pgp-key-file"));
        Path passphrase = file(section.word("pgp-passphrase-file"));
        return key == null ? null : new PgpStep(key, passphrase);
    }

    private Path file(Word word) {
        Path file = word == null
                ? null
                : folder.resolve(word.text()).toAbsolutePath().normalize();
        if (file != null && !Files.isReadable(file)) {
            word.problem("\"" + file + "\" cannot be read, expected a file that is there.");
        }
        return file;
    }

    private Step command() {
        section.requireKey("command");
        List<String> arguments = FormatKeys.texts(section.words("command"));
        Word ending = section.requiredWord("command-ending");
        if (ending != null && !ending.text().matches("\\.[A-Za-z0-9.]{1,20}")) {
            ending.problem("\"command-ending\" is \"" + ending.text() + "\", expected an ending such as .xlsx.");
        }
        Word time = section.word("command-timeout");
        Duration timeout = time == null ? Duration.ofMinutes(1) : SettingsReader.parseDuration(time.text());
        if (timeout == null) {
            time.problem("\"command-timeout\" is \"" + time.text() + "\", expected a time with its unit, such as 60s.");
        }
        return arguments.isEmpty() || ending == null || timeout == null
                ? null
                : new CommandStep(arguments, ending.text(), timeout);
    }
}
