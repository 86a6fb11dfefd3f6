import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** One machine, so to say: a process with its folders, and its own ways to the database and to the brokers. */
final class Node {
    final String name;
    private final Lab lab;
    private final List<Relay> ways = new ArrayList<>();
    private final List<String> settings = new ArrayList<>();
    private final Path inbox;
    private Process process;
    private Relay gameball;

    Node(String name, Lab lab, String vendor) throws IOException {
        this.name = name;
        this.lab = lab;
        this.inbox = Files.createDirectories(lab.work.resolve(name).resolve("inbox").resolve(vendor));
    }

    /** Its way to a server; whoever makes its settings asks for the relay's port. */
    Relay way(int port, int target) throws IOException {
        Relay relay = new Relay(port, target);
        ways.add(relay);
        return relay;
    }

    /** Its way to Gameball, which is never cut: whoever lost database and brokers could call still. */
    void callsOver(int port, int target) throws IOException {
        gameball = new Relay(port, target);
        set(List.of("posbridge.gameball.url=http://127.0.0.1:" + port));
    }

    /** How often it has called Gameball, over all its lives. */
    long calls() {
        return gameball.calls();
    }

    void set(List<String> pairs) {
        settings.addAll(pairs);
    }

    void start() throws IOException {
        process = lab.node(name, settings);
    }

    void awaitReady() throws Exception {
        lab.awaitReady(process, lab.log(name));
    }

    Process process() {
        return process;
    }

    /** Whether the ledger means this one. */
    boolean is(String owner) {
        return owner != null && (owner + ',').contains("process " + process.pid() + ',');
    }

    void drop(Path file) throws IOException {
        Files.move(file, inbox.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }

    void cut(boolean inSilence) {
        ways.forEach(way -> way.cut(inSilence));
    }

    void heal() {
        ways.forEach(Relay::heal);
    }

    /** How often it has said a sentence, over all its lives. */
    long said(String sentence) throws IOException {
        return Lab.text(lab.log(name)).lines().filter(line -> line.contains(sentence)).count();
    }
}
