package dev.posbridge.console;

import dev.posbridge.ConfigurationException;
import dev.posbridge.PrivateFiles;
import dev.posbridge.settings.ConsoleAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** The console, open: what a person sees of the service in a browser, until it is closed. */
public final class Console implements AutoCloseable {
    private static final String KEY_FILE = "console.key";

    private final ConsoleServer server;
    private final ConsoleAccess access;
    private final String key;
    private final Path keyFile;
    private final Pages pages;

    private Console(ConsoleServer server, ConsoleAccess access, String key, Path keyFile, Pages pages) {
        this.server = server;
        this.access = access;
        this.key = key;
        this.keyFile = keyFile;
        this.pages = pages;
    }

    /**
     * Opens it. Where there are no users, whoever has the key of this start comes in; it lies in the data folder, for its
     * owner.
     *
     * @throws ConfigurationException where the port is taken, or the users file is wrong
     */
    public static Console open(ConsoleAccess access, Workplace workplace) {
        String key = access.users() == null ? Tokens.random() : null;
        Path keyFile = workplace.settings().folders().data().resolve(KEY_FILE);
        if (key != null) {
            write(keyFile, key);
        }
        Site site = new Site(workplace);
        Pages pages = new Pages(workplace, site);
        Entrance entrance = new Entrance(access, key, site, pages.routes(), InstantSource.system());
        return new Console(ConsoleServer.open(access, entrance), access, key, keyFile, pages);
    }

    private static void write(Path file, String key) {
        try {
            Files.deleteIfExists(file);
            Files.createFile(file);
            PrivateFiles.restrict(file);
            Files.writeString(file, key + "\n");
        } catch (IOException problem) {
            throw new ConfigurationException(
                    file + ": the key of the console cannot be written (" + problem.getMessage()
                            + "). Make the data folder writable.",
                    problem);
        }
    }

    /** Where it answers, without the key. */
    public String address() {
        return (access.keyStore() == null ? "http://" : "https://")
                + (access.isLocal() ? "127.0.0.1" : access.address()) + ":" + server.port() + "/";
    }

    /** For whoever sits before this terminal: opens it at once where there are no users. */
    public String link() {
        return key == null ? address() : address() + "sign-in?key=" + key;
    }

    /** Where the key lies, for what is read by others too; null where there are users. */
    public Path keyFile() {
        return key == null ? null : keyFile;
    }

    @Override
    public void close() {
        server.close();
        pages.close();
        try {
            if (key != null) {
                Files.deleteIfExists(keyFile);
            }
        } catch (IOException left) {
            // It opens nothing any more.
        }
    }
}
