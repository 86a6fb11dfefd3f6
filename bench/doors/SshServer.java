import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** OpenSSH's server on a free port of this machine, for the user who runs the harness, and its client. Used by one thread. */
final class SshServer implements AutoCloseable {
    private static final Path SSHD = Path.of("/usr/sbin/sshd");
    private static final Path SFTP = Path.of("/usr/bin/sftp");
    private static final Path SEPARATION = Path.of("/run/sshd");
    private static final String USER = System.getProperty("user.name");
    private static final int PATIENCE_SECONDS = 30;

    private final Path folder;
    private final int port = freePort();
    private Process server;

    /** @param folder for keys, settings and log; those who may come in see the whole machine, as their user does */
    SshServer(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /** What is not installed, in words, or null. */
    static String missing() {
        if (!Files.isExecutable(SSHD) || !Files.isExecutable(SFTP)) {
            return "found no " + SSHD + " or no " + SFTP + ", expected OpenSSH's server and client."
                    + " Install openssh-server and openssh-client.";
        }
        return USER.equals("root") && !Files.isDirectory(SEPARATION)
                ? "found no folder " + SEPARATION + ", which root's sshd wants. Make it."
                : null;
    }

    void start() throws Exception {
        for (String key : List.of("host", "ours", "vendors")) {
            run(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder.resolve(key).toString()));
        }
        Files.writeString(folder.resolve("authorized"), Files.readString(folder.resolve("ours.pub")) + Files.readString(folder.resolve("vendors.pub")));
        Files.writeString(knownHosts(), "[127.0.0.1]:" + port + " " + Files.readString(folder.resolve("host.pub")));
        Path config = Files.write(folder.resolve("sshd_config"), List.of(
                "Port " + port,
                "ListenAddress 127.0.0.1",
                "HostKey " + folder.resolve("host"),
                "AuthorizedKeysFile " + folder.resolve("authorized"),
                "PidFile none",
                "UsePAM no",
                "StrictModes no",
                "PasswordAuthentication no",
                "PermitRootLogin yes",
                "Subsystem sftp internal-sftp"));
        server = new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("sshd.log").toFile())
                .start();
        for (int look = 0; look < PATIENCE_SECONDS * 20; look++) {
            try (Socket ignored = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        throw new IllegalStateException("sshd does not start, see " + folder.resolve("sshd.log"));
    }

    /** Settings of a source that watches a folder of this machine through it. */
    List<String> source(String name, String vendor, Path drops) {
        List<String> settings = new ArrayList<>();
        for (String setting : List.of("vendor=" + vendor, "host=127.0.0.1", "port=" + port, "user=" + USER,
                "key-file=" + folder.resolve("ours"), "known-hosts-file=" + knownHosts(), "folder=" + drops,
                "after=move", "poll=200ms", "settle=1ms")) {
            settings.add("posbridge.sources." + name + "." + setting);
        }
        return settings;
    }

    /** As a vendor's script would: under another name, then renamed. */
    void drop(Path file, Path drops, String name) throws Exception {
        Path script = Files.write(folder.resolve("batch"), List.of("cd " + drops, "put " + file + " .part", "rename .part " + name));
        run(List.of(SFTP.toString(), "-q", "-b", script.toString(), "-P", Integer.toString(port),
                "-i", folder.resolve("vendors").toString(), "-oIdentitiesOnly=yes", "-oStrictHostKeyChecking=yes",
                "-oUserKnownHostsFile=" + knownHosts(), USER + "@127.0.0.1"));
    }

    /** How many files lie there and were not yet put away. */
    static long lying(Path drops) throws IOException {
        try (Stream<Path> files = Files.list(drops)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private Path knownHosts() {
        return folder.resolve("known_hosts");
    }

    private void run(List<String> command) throws Exception {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException(command.get(0) + ": " + Files.readString(output));
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.destroy();
        }
    }
}
