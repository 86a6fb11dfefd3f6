package dev.posbridge.engine;

import dev.posbridge.ConfigurationException;
import dev.posbridge.gameball.Call;
import dev.posbridge.gameball.Credentials;
import dev.posbridge.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** How commands that ask Gameball something by themselves reach it: by the same way out as the deliveries. Thread-safe. */
public final class GameballClient {
    private final Settings.Gameball gameball;
    private final Credentials credentials;
    private final HttpClient client;

    /** @throws ConfigurationException where a key is missing */
    public GameballClient(Settings.Gameball gameball) {
        this.gameball = gameball;
        this.credentials = gameball.isLoopback() && !gameball.hasKeys()
                ? Credentials.ofStandIn()
                : Credentials.of(
                        gameball.apiKey(), gameball.apiKeyFile(), gameball.secretKey(), gameball.secretKeyFile());
        this.client = WayOut.by(gameball.way())
                .connectTimeout(gameball.connectTimeout())
                .build();
    }

    /**
     * Makes one call and follows no redirect.
     *
     * @param path of the call, with its id
     * @param body JSON, or null
     */
    public HttpResponse<String> send(Call call, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(gameball.url() + "/api/" + gameball.apiVersion() + "/integrations/" + path))
                .timeout(gameball.answerTimeout())
                .header("APIKey", credentials.apiKey())
                .header("SecretKey", credentials.secretKey())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .method(
                        call.method(),
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Whether the text has one of our keys in it. */
    public boolean isKeyIn(String text) {
        return text.contains(credentials.apiKey()) || text.contains(credentials.secretKey());
    }
}
