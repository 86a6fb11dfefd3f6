package dev.posbridge.engine;

import dev.posbridge.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.sftp.server.SftpSubsystem;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** A real SFTP server in this process (Apache MINA SSHD) whose ways a test can spoil. User {@code chain}. */
public final class DropServer implements AutoCloseable {
    private final Path root;
    private final AtomicInteger logins = new AtomicInteger();
    private final SshServer server;
    private volatile String password = "old-secret";
    private volatile PublicKey userKey;
    private volatile long breaksAfter = Long.MAX_VALUE;
    private volatile CountDownLatch silence = new CountDownLatch(0);
    private volatile String silentAbout = "";
    private final AtomicReference<Runnable> beforeNextChange = new AtomicReference<>(() -> {});

    private DropServer(Path root, KeyPair hostKey, int port) {
        this.root = root;
        this.server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(port);
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setPasswordAuthenticator((user, given, session) -> "chain".equals(user) && given.equals(password));
        server.setPublickeyAuthenticator((user, key, session) -> "chain".equals(user) && key.equals(userKey));
        server.setFileSystemFactory(new VirtualFileSystemFactory(root));
        server.setSubsystemFactories(List.of(new Spoilable()));
        try {
            Files.createDirectories(root);
            server.start();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    public static DropServer start(Path root) {
        return new DropServer(root, newKey(), FreePort.next());
    }

    /** Another server in the place of this one, with another host key. */
    DropServer replaced() {
        int port = port();
        close();
        return new DropServer(root, newKey(), port);
    }

    static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public int port() {
        return server.getPort();
    }

    /** How often somebody has got in. */
    int logins() {
        return logins.get();
    }

    /** What ssh-keyscan would write. */
    public String knownHosts() {
        KeyPair key;
        try {
            key = server.getKeyPairProvider().loadKeys(null).iterator().next();
        } catch (Exception problem) {
            throw new IllegalStateException(problem);
        }
        return "[127.0.0.1]:" + port() + " " + PublicKeyEntry.toString(key.getPublic()) + "\n";
    }

    void password(String expected) {
        password = expected;
    }

    void userKey(PublicKey key) {
        userKey = key;
    }

    /** Cuts every connection once it has sent so many bytes of files. */
    void breakAfter(long bytes) {
        breaksAfter = bytes;
    }

    /** Answers no request for a file's bytes until the latch is down, though the connection lives. */
    void fallSilent(CountDownLatch until) {
        silence = until;
    }

    /** The same for one file alone; the others are given. */
    void fallSilentAbout(String file, CountDownLatch until) {
        silentAbout = file;
        silence = until;
    }

    /** Does this once, at the last moment before a file is removed or renamed. */
    void beforeNextChange(Runnable what) {
        beforeNextChange.set(what);
    }

    /** Puts a file there, whole at once; {@code %2F} in its name is told as a slash. */
    public Path put(String name, String text) {
        try {
            Path file = root.resolve(name);
            Files.createDirectories(file.getParent());
            Path part = file.resolveSibling(".part");
            Files.writeString(part, text);
            return Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    Path putOf(String name, Instant time, String text) {
        try {
            return Files.setLastModifiedTime(put(name, text), FileTime.from(time));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    public Path root() {
        return root;
    }

    /** Every file there, in the order of the names. */
    List<String> names() {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @Override
    public void close() {
        try {
            silence.countDown();
            server.stop(true);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private final class Spoilable extends SftpSubsystemFactory {
        @Override
        public Command createSubsystem(ChannelSession channel) {
            logins.incrementAndGet();
            SftpSubsystem subsystem = new SftpSubsystem(channel, this) {
                private long sent;
                private String opened = "";

                @Override
                protected String doOpen(int id, String path, int flags, int access, Map<String, Object> attributes)
                        throws IOException {
                    opened = path;
                    return super.doOpen(id, path, flags, access, attributes);
                }

                @Override
                protected void doRead(Buffer buffer, int id) throws IOException {
                    if (opened.endsWith(silentAbout)) {
                        awaitEndOfSilence();
                    }
                    super.doRead(buffer, id);
                }

                @Override
                protected int doRead(
                        int id,
                        String handle,
                        long offset,
                        int length,
                        byte[] data,
                        int at,
                        AtomicReference<Boolean> eof)
                        throws IOException {
                    int read = super.doRead(id, handle, offset, length, data, at, eof);
                    sent += Math.max(0, read);
                    if (sent > breaksAfter) {
                        getSession().close(true);
                    }
                    return read;
                }

                @Override
                protected void doRename(int id, String from, String to, Collection<CopyOption> options)
                        throws IOException {
                    beforeNextChange.getAndSet(() -> {}).run();
                    super.doRename(id, from, to, options);
                }

                @Override
                protected void doRemoveFile(int id, String path) throws IOException {
                    beforeNextChange.getAndSet(() -> {}).run();
                    super.doRemoveFile(id, path);
                }

                @Override
                protected String getShortName(Path file) throws IOException {
                    return super.getShortName(file).replace("%2F", "/");
                }
            };
            return subsystem;
        }
    }

    private void awaitEndOfSilence() {
        try {
            silence.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
