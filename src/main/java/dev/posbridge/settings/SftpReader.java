package dev.posbridge.settings;

import dev.posbridge.PlainName;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.springframework.scheduling.support.CronExpression;

/** Reads one SFTP source. */
final class SftpReader {
    private static final Predicate<String> FOLDER = Pattern.compile(
                    "/?([A-Za-z0-9_][A-Za-z0-9._ -]*|[A-Za-z0-9._ -]*\\{store}[A-Za-z0-9._ -]*)"
                            + "(/([A-Za-z0-9_][A-Za-z0-9._ -]*|[A-Za-z0-9._ -]*\\{store}[A-Za-z0-9._ -]*))*/?|\\.|/")
            .asMatchPredicate();
    private static final Predicate<String> GLOB =
            Pattern.compile("[A-Za-z0-9*?][A-Za-z0-9._ *?-]{0,127}").asMatchPredicate();
    private static final String FOLDER_RULE = "a folder of letters, digits, dots, blanks, hyphens and underlines, "
            + "without .., such as out or /drops/{store}/out";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    private final SourcesReader.Group group;
    private final Values values;

    SftpReader(SourcesReader.Group group) {
        this.group = group;
        this.values = group.values();
    }

    SftpSource read() {
        SftpSource.Drop drop = drop();
        return new SftpSource(
                group.name(),
                group.text("vendor"),
                server(),
                drop,
                schedule(),
                after(),
                new ExpectsReader(group).read(),
                report());
    }

    private SftpSource.Server server() {
        Path keyFile = file("key-file");
        Secret password = secret("password");
        if (password == null && keyFile == null) {
            group.problem("has neither password nor key-file. Set " + group.key("password-file") + ", or "
                    + group.key("key-file") + ".");
        }
        boolean checked = checksHost();
        return new SftpSource.Server(
                group.text("host"),
                values.number(group.key("port"), 22, 1, 65_535),
                group.required("user"),
                password,
                keyFile,
                secret("key-passphrase"),
                checked ? knownHosts() : null,
                checked,
                values.duration(group.key("timeout"), "30s"));
    }

    private boolean checksHost() {
        String key = group.key("trust-any-host-for-tests");
        boolean trusting = values.flag(key, false);
        if (trusting && !LOOPBACK.contains(group.text("host"))) {
            values.problem(key, "false, or a host on this machine: whoever stands in between could send anything");
        }
        return !trusting;
    }

    private Path knownHosts() {
        if (!group.has("known-hosts-file")) {
            group.problem(
                    "has no known-hosts-file: without it anybody could play the server. Write one with ssh-keyscan "
                            + group.text("host") + ", compare it with what the vendor says, and set "
                            + group.key("known-hosts-file") + ".");
            return null;
        }
        return file("known-hosts-file");
    }

    private SftpSource.Drop drop() {
        return new SftpSource.Drop(
                matching("folder", ".", FOLDER, FOLDER_RULE),
                matching("files", "*", GLOB, "a plain file name with * and ?, such as EOD_*.csv"),
                localName(),
                doneFile(),
                values.duration(group.key("settle"), "10s"),
                values.number(group.key("days-back"), 0, 0, 3660),
                values.size(group.key("max-size"), "2GiB"),
                new ExpectsReader(group).zone());
    }

    private String localName() {
        boolean perStore = group.has("folder") && group.text("folder").contains("{store}");
        String text = values.text(group.key("local-name"), perStore ? "{store}_{file}" : "{file}");
        boolean plain = PlainName.is(text.replace("{store}", "1").replace("{file}", "f"));
        if (!plain || !text.contains("{file}") || text.contains("{store}") && !perStore) {
            values.problem(group.key("local-name"), "a plain name with {file}, and {store} where the folder has it");
        }
        return text;
    }

    private String doneFile() {
        String text = group.text("done-file");
        if (text != null && !PlainName.is(text.replace("{file}", "f").replace("{base}", "b"))) {
            values.problem(group.key("done-file"), "a plain name, {file}.done or {base}.done");
        }
        return text;
    }

    private SftpSource.Schedule schedule() {
        String cron = group.text("cron");
        if (cron != null && group.has("poll")) {
            group.problem("has both poll and cron, expected one of them.");
        }
        String six = cron != null && cron.split("\\s+").length == 5 ? "0 " + cron : cron;
        if (six != null && !CronExpression.isValidExpression(six)) {
            values.problem(
                    group.key("cron"),
                    "five or six fields, such as \"*/5 1-6 * * *\" for every five minutes from one to seven");
        }
        return new SftpSource.Schedule(values.duration(group.key("poll"), "1m"), six);
    }

    private SftpSource.After after() {
        SftpSource.After.Kind kind = values.source().choice(group.key("after"), SftpSource.After.Kind.KEEP);
        unlessMeant("move-to", kind == SftpSource.After.Kind.MOVE, "move");
        unlessMeant("rename-suffix", kind == SftpSource.After.Kind.RENAME, "rename");
        return new SftpSource.After(
                kind,
                matching("move-to", "taken", PlainName::is, "the name of a folder within the file's own"),
                matching(
                        "rename-suffix",
                        ".taken",
                        Pattern.compile("\\.[A-Za-z0-9._-]{1,20}").asMatchPredicate(),
                        "an ending such as .taken"));
    }

    private void unlessMeant(String last, boolean meant, String kind) {
        if (!meant) {
            group.refuse(List.of(last), "a source without after = " + kind);
        }
    }

    private SftpSource.Report report() {
        if (!group.has("report-to")) {
            group.refuse(List.of("report-format"), "a source without report-to");
            return null;
        }
        String format = values.oneOf(group.key("report-format"), "csv", "csv", "json");
        return new SftpSource.Report(matching("report-to", null, FOLDER, FOLDER_RULE), "json".equals(format));
    }

    private String matching(String last, String otherwise, Predicate<String> pattern, String rule) {
        String text = values.text(group.key(last), otherwise);
        if (text != null && !pattern.test(text)) {
            values.problem(group.key(last), rule);
        }
        return text;
    }

    /** @return null where neither the text nor a file is given */
    private Secret secret(String last) {
        Path file = file(last + "-file");
        if (group.has(last) && file != null) {
            group.problem("has both " + last + " and " + last + "-file, expected one of them.");
        }
        return group.has(last) || file != null ? new Secret(group.text(last), file) : null;
    }

    private Path file(String last) {
        return values.path(group.key(last), null);
    }
}
