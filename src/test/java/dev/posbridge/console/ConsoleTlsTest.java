package dev.posbridge.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posbridge.ConfigurationException;
import dev.posbridge.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console where other machines reach it: TLS by a key store of the operator's, and users. */
class ConsoleTlsTest {
    private static final String STORE_PASSWORD = "changeit-please";
    private static final String PASSWORD = "correct horse battery";

    @TempDir
    private Path folder;

    private Path store;
    private Path password;
    private Path users;

    @BeforeEach
    void make() throws Exception {
        store = folder.resolve("console.p12");
        Process made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "console",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-validity",
                        "1",
                        "-storepass",
                        STORE_PASSWORD,
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(made.waitFor()).as(said).isZero();
        password = Files.writeString(folder.resolve("password"), STORE_PASSWORD + "\n");
        PrivateFiles.restrict(password);
        users = Files.writeString(folder.resolve("users"), ConsoleUsers.line("jane", "read", PASSWORD) + "\n");
        PrivateFiles.restrict(users);
    }

    @Test
    void answersByTlsOnlyToWhomTheUsersFileKnowsWithACookieThatNeverGoesInTheClear() throws Exception {
        try (Shops.Opened opened = Shops.open(Shops.in(folder.resolve("data")), all("0.0.0.0"))) {
            assertThat(opened.console().address()).startsWith("https://0.0.0.0:");
            assertThat(opened.console().keyFile()).as("no key lets anybody in").isNull();
            int port = URI.create(opened.console().address()).getPort();
            HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build();

            HttpResponse<String> in = client.send(
                    request(port, "/sign-in")
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString("name=jane&password=correct+horse+battery"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(in.statusCode()).isEqualTo(303);
            String cookie = in.headers().firstValue("Set-Cookie").orElseThrow();
            assertThat(cookie).contains("; Secure").contains("; HttpOnly").contains("; SameSite=Strict");
            assertThat(client.send(
                                    request(port, "/")
                                            .header("Cookie", cookie.split(";", 2)[0])
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body())
                    .contains("Night of");
            assertThatThrownBy(() -> HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/sign-in"))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString()))
                    .as("nothing is said in the clear")
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void opensToOtherMachinesNeitherWithoutTlsNorWithoutUsers() {
        for (String left : List.of("posbridge.console.users-file", "posbridge.console.key-store")) {
            Map<String, String> keys = new java.util.HashMap<>(all("192.0.2.1"));
            keys.remove(left);
            assertThatThrownBy(() -> Shops.open(folder.resolve("data"), keys))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(
                            "posbridge.console.address is \"192.0.2.1\", which other machines reach, expected users and TLS"
                                    + " with it. Set posbridge.console.users-file and posbridge.console.key-store, or leave"
                                    + " the address out.");
        }
    }

    @Test
    void saysWhatIsWrongWithAKeyStoreThatCannotBeUsed() throws IOException {
        Files.writeString(password, "another\n");
        Path data = Shops.in(folder.resolve("data"));

        assertThatThrownBy(() -> Shops.open(data, all("127.0.0.1")).close())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("posbridge.console.key-store is " + store + ", which cannot be used (")
                .hasMessageEndingWith("), expected a PKCS12 file with key and certificate, and its password in"
                        + " posbridge.console.key-store-password-file.")
                .hasMessageNotContaining("another");
    }

    private Map<String, String> all(String address) {
        return Map.of(
                "posbridge.console.address",
                address,
                "posbridge.console.users-file",
                users.toString(),
                "posbridge.console.key-store",
                store.toString(),
                "posbridge.console.key-store-password-file",
                password.toString());
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + port + path));
    }

    private SSLContext trusting() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, STORE_PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("console", keys.getCertificate("console"));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }
}
