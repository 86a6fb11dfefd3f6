package dev.posbridge.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Between a browser and the console: it can be cut, or pulled out and plugged in again at the same port. */
final class Cable implements AutoCloseable {
    private static final int BUFFER = 8_192;

    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private ServerSocket server;
    private int port;

    Cable(int target) {
        this.target = target;
        plug();
    }

    int port() {
        return port;
    }

    void plug() {
        try {
            server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            port = server.getLocalPort();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        ServerSocket plugged = server;
        start(() -> {
            while (!plugged.isClosed()) {
                connect(plugged.accept());
            }
        });
    }

    private void connect(Socket browser) throws IOException {
        Socket console = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(browser);
        open.add(console);
        start(() -> carry(browser, console));
        start(() -> carry(console, browser));
    }

    private static void carry(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] some = new byte[BUFFER];
            int count = in.read(some);
            while (count >= 0) {
                out.write(some, 0, count);
                out.flush();
                count = in.read(some);
            }
        }
    }

    /** What is connected ends; whoever connects again may. */
    void cut() throws IOException {
        for (Socket one : open) {
            one.close();
        }
        open.clear();
    }

    /** The same, and nobody may connect. */
    void pull() throws IOException {
        server.close();
        cut();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException cut) {
                        // Both sides see that it ended.
                    }
                },
                "cable");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        pull();
    }
}
