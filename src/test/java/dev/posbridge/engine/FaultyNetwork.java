package dev.posbridge.engine;

import dev.posbridge.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * A network between Posbridge and the sandbox that fails as networks do, below HTTP: a proxy on a port of its own. Each
 * fault hits one call whose path begins as told, then the network is well again.
 */
final class FaultyNetwork implements AutoCloseable {
    private static final int BUFFER = 8_192;

    private final URI target;
    private final List<Trouble> troubles = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final int port;
    private ServerSocket server;

    /** What goes wrong with a call; bytes count from the first of its request or answer. */
    enum Fault {
        /** The request breaks off after so many bytes, the connection ends. */
        CUT_REQUEST,
        RESET_REQUEST,
        /** Nobody reads the request, nobody answers. */
        HALF_OPEN,
        /** The request arrives whole; of the answer come so many bytes, then the connection ends. */
        CUT_ANSWER,
        RESET_ANSWER,
        /** The answer comes a byte a second. */
        DRIP,
        /** The answer comes when the trouble is {@linkplain Trouble#end ended}. */
        HOLD_ANSWER
    }

    /** A fault that waits for its call. */
    static final class Trouble {
        private final Fault fault;
        private final String path;
        private final int bytes;
        private final CountDownLatch met = new CountDownLatch(1);
        private final CountDownLatch ended = new CountDownLatch(1);

        private Trouble(Fault fault, String path, int bytes) {
            this.fault = fault;
            this.path = path;
            this.bytes = bytes;
        }

        /** Whether its call came by. */
        boolean isMet() {
            return met.getCount() == 0;
        }

        void end() {
            ended.countDown();
        }
    }

    private FaultyNetwork(URI target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(FreePort.next(), 50, InetAddress.getLoopbackAddress());
        this.port = server.getLocalPort();
        listen(server);
    }

    static FaultyNetwork before(URI sandbox) throws IOException {
        return new FaultyNetwork(sandbox);
    }

    String uri() {
        return "http://127.0.0.1:" + port;
    }

    /** @param path the beginning of what follows {@code /integrations/} */
    Trouble next(Fault fault, String path, int bytes) {
        Trouble trouble = new Trouble(fault, path, bytes);
        troubles.add(trouble);
        return trouble;
    }

    /** Whether every trouble has met its call. */
    boolean isSpent() {
        return troubles.isEmpty();
    }

    /** Nobody listens any more, and what was connected is reset. */
    void down() throws IOException {
        server.close();
        open.forEach(FaultyNetwork::reset);
    }

    void up() throws IOException {
        server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        listen(server);
    }

    private void listen(ServerSocket listening) {
        start(() -> {
            while (!listening.isClosed()) {
                Socket client = listening.accept();
                Socket sandbox = new Socket(InetAddress.getLoopbackAddress(), target.getPort());
                open.addAll(List.of(client, sandbox));
                Connection connection = new Connection(client, sandbox);
                start(connection::requests);
                start(connection::answers);
            }
        });
    }

    /** A connection, over which one call comes after another. */
    private final class Connection {
        private final Socket client;
        private final Socket sandbox;
        private volatile Trouble trouble;
        private volatile int sent;
        private volatile boolean answering = true;

        Connection(Socket client, Socket sandbox) {
            this.client = client;
            this.sandbox = sandbox;
        }

        void requests() throws IOException {
            byte[] buffer = new byte[BUFFER];
            InputStream in = client.getInputStream();
            int requested = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (answering) {
                    answering = false;
                    requested = 0;
                    sent = 0;
                    trouble = take(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
                }
                if (is(Fault.HALF_OPEN)) {
                    continue;
                }
                int passed = is(Fault.CUT_REQUEST) || is(Fault.RESET_REQUEST)
                        ? Math.min(read, trouble.bytes - requested)
                        : read;
                sandbox.getOutputStream().write(buffer, 0, passed);
                requested += passed;
                if (passed < read) {
                    end(is(Fault.RESET_REQUEST));
                    return;
                }
            }
            end(false);
        }

        void answers() throws IOException, InterruptedException {
            byte[] buffer = new byte[BUFFER];
            InputStream in = sandbox.getInputStream();
            OutputStream out = client.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                answering = true;
                if (is(Fault.HOLD_ANSWER)) {
                    trouble.ended.await();
                }
                if (is(Fault.CUT_ANSWER) || is(Fault.RESET_ANSWER)) {
                    int passed = Math.min(read, trouble.bytes - sent);
                    out.write(buffer, 0, passed);
                    sent += passed;
                    if (sent == trouble.bytes) {
                        end(is(Fault.RESET_ANSWER));
                        return;
                    }
                } else if (is(Fault.DRIP)) {
                    for (int n = 0; n < read; n++) {
                        out.write(buffer[n]);
                        trouble.ended.await(1, java.util.concurrent.TimeUnit.SECONDS);
                    }
                } else {
                    out.write(buffer, 0, read);
                }
            }
            end(false);
        }

        private boolean is(Fault fault) {
            return trouble != null && trouble.fault == fault;
        }

        private void end(boolean hard) throws IOException {
            if (hard) {
                reset(client);
            }
            client.close();
            sandbox.close();
            open.removeAll(List.of(client, sandbox));
        }
    }

    private Trouble take(String request) {
        for (Trouble trouble : troubles) {
            if (request.contains("/integrations/" + trouble.path) && troubles.remove(trouble)) {
                trouble.met.countDown();
                return trouble;
            }
        }
        return null;
    }

    private static void reset(Socket socket) {
        try {
            // With nothing to linger for, closing sends RST.
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (SocketException closedAlready) {
            // Somebody else was quicker.
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException closed) {
                // the other side is gone: that is the network's business
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        down();
    }
}
