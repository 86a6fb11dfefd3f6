import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A node's way to a server, which can be cut off: in silence, so that nobody hears anything, or by closing what is open. */
final class Relay implements AutoCloseable {
    private static final long LOOK_NANOS = 5_000_000;

    private final ServerSocket door;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong calls = new AtomicLong();
    private volatile boolean silent;
    private volatile boolean refusing;

    /** @param port where it listens; target where it leads to, both on this machine */
    Relay(int port, int target) throws IOException {
        this.door = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        this.target = target;
        daemon(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** How many HTTP requests have gone this way: each begins what its client wrote at once. */
    long calls() {
        return calls.get();
    }

    void cut(boolean inSilence) {
        silent = inSilence;
        refusing = !inSilence;
        if (!inSilence) {
            closeAll();
        }
    }

    /** What was open in silence is closed now: bytes that are lost never come. */
    void heal() {
        closeAll();
        silent = false;
        refusing = false;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket from = door.accept();
                if (refusing) {
                    from.close();
                    continue;
                }
                open.add(from);
                daemon(() -> connect(from));
            } catch (IOException closed) {
                // Asked again while the door is there.
            }
        }
    }

    private void connect(Socket from) {
        while (silent && !from.isClosed()) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        try {
            Socket to = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(to);
            from.setTcpNoDelay(true);
            to.setTcpNoDelay(true);
            daemon(() -> pump(from, to, true));
            pump(to, from, false);
        } catch (IOException gone) {
            close(from);
        }
    }

    private void pump(Socket from, Socket to, boolean outwards) {
        byte[] bytes = new byte[64 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                while (silent && !from.isClosed()) {
                    LockSupport.parkNanos(LOOK_NANOS);
                }
                if (outwards && isCall(bytes, read)) {
                    calls.incrementAndGet();
                }
                out.write(bytes, 0, read);
            }
        } catch (IOException gone) {
            // The other end hears of it below.
        }
        close(from);
        close(to);
    }

    private static boolean isCall(byte[] bytes, int length) {
        String begin = new String(bytes, 0, Math.min(length, 5), StandardCharsets.ISO_8859_1);
        return begin.equals("POST ") || begin.startsWith("GET ");
    }

    private void closeAll() {
        Set.copyOf(open).forEach(this::close);
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException closed) {
            // It is gone.
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        door.close();
        closeAll();
    }
}
