package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.PrivateFiles;
import dev.posbridge.harness.Harness;
import dev.posbridge.settings.SecretKeys;
import dev.posbridge.settings.Settings;
import dev.posbridge.settings.SettingsReader;
import dev.posbridge.vendor.Profiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options that every command takes, before or after its name. */
final class GlobalOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Settings file instead of config/posbridge.properties.")
    private Path config;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Where the ledger, the archive and the log lie (posbridge.data-dir).")
    private Path dataDir;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            scope = ScopeType.INHERIT,
            description = "Sets one key, over the environment and the file. May be repeated.")
    private final Map<String, String> set = new LinkedHashMap<>();

    @Option(names = "--quiet", scope = ScopeType.INHERIT, description = "Says nothing where all is well (exit 0).")
    private boolean quiet;

    boolean quiet() {
        return quiet;
    }

    /**
     * The settings, with the command's own on top.
     *
     * @param more keys that the command sets unless somebody else did
     */
    Settings settings(Map<String, String> more) {
        Map<String, String> values = given();
        Settings settings = read(values);
        boolean complete =
                more.keySet().stream().allMatch(key -> settings.source().text(key) != null);
        if (complete) {
            return prepared(settings);
        }
        more.forEach((key, value) -> {
            if (settings.source().text(key) == null) {
                values.put(key, value);
            }
        });
        return prepared(read(values));
    }

    /** @param own keys that options of the command stand for; they go before whatever somebody else set */
    Settings settingsWith(Map<String, String> own) {
        Map<String, String> values = given();
        values.putAll(own);
        return prepared(read(values));
    }

    private Map<String, String> given() {
        SecretKeys.refuseOnCommandLine(set.keySet());
        Map<String, String> values = new LinkedHashMap<>(set);
        if (dataDir != null) {
            values.put("posbridge.data-dir", dataDir.toAbsolutePath().toString());
        }
        return values;
    }

    /** The profiles of the installation. */
    Profiles profiles(Settings settings) {
        return Profiles.in(settings.folders().vendors());
    }

    /** Where the program, its routes and its profiles lie. */
    static Path home() {
        return Path.of(System.getProperty("posbridge.home", ""))
                .toAbsolutePath()
                .normalize();
    }

    private Settings read(Map<String, String> values) {
        return SettingsReader.read(home(), config, System.getenv(), values);
    }

    private static Settings prepared(Settings settings) {
        Harness.check(settings.gameball().isLoopback());
        logIn(settings.folders().data());
        return settings;
    }

    /** The log goes to the data folder, so that is told before anybody logs; who only looks makes no folder. */
    static void logIn(Path data) {
        System.setProperty("posbridge.log.dir", data.resolve("logs").toString());
    }

    boolean hasDataDir() {
        return dataDir != null;
    }

    /** @throws ConfigurationException for a time without unit */
    static Duration duration(String option, String text) {
        Duration duration = SettingsReader.parseDuration(text);
        if (duration == null) {
            throw new ConfigurationException(
                    option + " is \"" + text + "\", expected a time with its unit, such as 30s, 10m, 4h.");
        }
        return duration;
    }

    /** Creates the data folder and that of the log, so that only their owner reads them. */
    static Path dataFolder(Settings settings) {
        try {
            PrivateFiles.folder(settings.folders().data().resolve("logs"));
            return settings.folders().data();
        } catch (IOException problem) {
            throw new ConfigurationException(
                    settings.folders().data() + ": the data folder cannot be created (" + problem.getMessage()
                            + "). Give another one with --data-dir.",
                    problem);
        }
    }
}
