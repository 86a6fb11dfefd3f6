package dev.posbridge.engine;

import dev.posbridge.settings.Settings;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.http.HttpClient;

/** How commands that ask Gameball something by themselves reach it: by the same way out as the deliveries. */
public final class GameballClient {
    private GameballClient() {}

    /** A client that follows no redirects; thread-safe. */
    public static HttpClient of(Settings.Gameball gameball) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(gameball.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER);
        Settings.Way way = gameball.way();
        if (way.proxy() != null && !gameball.isLoopback()) {
            builder.proxy(ProxySelector.of(
                    new InetSocketAddress(way.proxy().getHost(), way.proxy().getPort())));
            if (way.user() != null) {
                builder.authenticator(new Authenticator() {
                    @Override
                    protected PasswordAuthentication getPasswordAuthentication() {
                        return getRequestorType() == RequestorType.PROXY
                                ? new PasswordAuthentication(
                                        way.user(), way.password().read().toCharArray())
                                : null;
                    }
                });
            }
        }
        if (way.authorities() != null) {
            builder.sslContext(Authorities.context(way.authorities()));
        }
        return builder.build();
    }
}
