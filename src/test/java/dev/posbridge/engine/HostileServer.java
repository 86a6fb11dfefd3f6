package dev.posbridge.engine;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before the sandbox and answers single calls in a way of its own, byte for byte; all others it passes through. */
final class HostileServer implements AutoCloseable {
    private final URI target;
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Trick> tricks = new CopyOnWriteArrayList<>();

    /** How one call is answered. */
    interface Answer {
        /** @param body that the sandbox answered, or empty where it was not asked */
        void write(byte[] body, OutputStream out) throws IOException;
    }

    private record Trick(String path, boolean isPassedOn, AtomicInteger left, Answer answer) {}

    HostileServer(URI sandbox) throws IOException {
        this.target = sandbox;
        start(() -> {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                start(() -> serve(socket));
            }
        });
    }

    String uri() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** The next call whose path ends so is done, and answered like this. */
    void next(String path, Answer answer) {
        tricks.add(new Trick(path, true, new AtomicInteger(1), answer));
    }

    /** The next call whose path ends so never reaches the sandbox. */
    void nextInstead(String path, Answer answer) {
        tricks.add(new Trick(path, false, new AtomicInteger(1), answer));
    }

    boolean isSpent() {
        return tricks.isEmpty();
    }

    static void answer(OutputStream out, String headers, byte[] body) throws IOException {
        out.write(("HTTP/1.1 200 OK\r\n" + headers + "Content-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
    }

    private void serve(Socket socket) throws Exception {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            for (String head = head(in); head != null; head = head(in)) {
                one(head, in, out);
                out.flush();
            }
        }
    }

    private void one(String head, InputStream in, OutputStream out) throws Exception {
        String length = header(head, "content-length");
        byte[] body = in.readNBytes(length == null ? 0 : Integer.parseInt(length));
        String[] words = head.substring(0, head.indexOf('\r')).split(" ");
        Trick trick = take(words[1]);
        if (trick != null && !trick.isPassedOn()) {
            trick.answer().write(new byte[0], out);
            return;
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(target.resolve(words[1]))
                .method(words[0], HttpRequest.BodyPublishers.ofByteArray(body));
        for (String name : List.of("Content-Type", "APIKey", "SecretKey")) {
            String value = header(head, name.toLowerCase(Locale.ROOT));
            if (value != null) {
                request.header(name, value);
            }
        }
        HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        if (trick == null) {
            out.write(("HTTP/1.1 " + answer.statusCode() + " x\r\nContent-Type: application/json\r\nContent-Length: "
                            + answer.body().length + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            out.write(answer.body());
        } else {
            trick.answer().write(answer.body(), out);
        }
    }

    private Trick take(String path) {
        for (Trick trick : tricks) {
            if (path.endsWith(trick.path()) && trick.left().getAndDecrement() == 1) {
                tricks.remove(trick);
                return trick;
            }
        }
        return null;
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int read = in.read(); read >= 0; read = in.read()) {
            head.write(read);
            String text = head.toString(StandardCharsets.ISO_8859_1);
            if (read == '\n' && text.endsWith("\r\n\r\n")) {
                return text;
            }
        }
        return null;
    }

    private static String header(String head, String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse(null);
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (Exception hungUp) {
                // The other side takes no more of it: that is what is tested.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
