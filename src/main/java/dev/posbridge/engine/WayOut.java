package dev.posbridge.engine;

import dev.posbridge.settings.Settings;
import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Set;

/** How calls leave a network that lets nobody out but a proxy, or looks into what goes out; this machine is called straight. */
final class WayOut {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    static {
        // The JDK tells a proxy no password for a TLS connection unless it is asked to; a proxy here is of the house.
        System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
    }

    private WayOut() {}

    /** Follows no redirect. */
    static HttpClient.Builder by(Settings.Way way) {
        HttpClient.Builder builder = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER);
        if (way.proxy() != null) {
            builder.proxy(new Selector(
                    new InetSocketAddress(way.proxy().getHost(), way.proxy().getPort())));
            if (way.user() != null) {
                builder.authenticator(new ForProxy(way));
            }
        }
        if (way.authorities() != null) {
            builder.sslContext(Authorities.context(way.authorities()));
        }
        return builder;
    }

    private static final class Selector extends ProxySelector {
        private final List<Proxy> proxy;

        Selector(InetSocketAddress address) {
            this.proxy = List.of(new Proxy(Proxy.Type.HTTP, address));
        }

        @Override
        public List<Proxy> select(URI uri) {
            return LOOPBACK.contains(String.valueOf(uri.getHost())) ? List.of(Proxy.NO_PROXY) : proxy;
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            // Whoever calls is told.
        }
    }

    private static final class ForProxy extends Authenticator {
        private final Settings.Way way;

        ForProxy(Settings.Way way) {
            this.way = way;
        }

        @Override
        protected PasswordAuthentication getPasswordAuthentication() {
            return getRequestorType() == RequestorType.PROXY
                    ? new PasswordAuthentication(
                            way.user(), way.password().read().toCharArray())
                    : null;
        }
    }
}
