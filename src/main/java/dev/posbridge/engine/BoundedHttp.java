package dev.posbridge.engine;

import org.apache.camel.component.http.HttpComponent;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.socket.ConnectionSocketFactory;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.Registry;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;

/** Calls by HTTP whose answers have headers of bounded length and number: those of the client have no bound. */
final class BoundedHttp extends HttpComponent {
    private static final int LONGEST_HEADER = 16 * 1024;
    private static final int MOST_HEADERS = 200;

    @Override
    @SuppressWarnings("deprecation") // Camel hands over a registry of what its client calls old
    protected HttpClientConnectionManager createConnectionManager(
            Registry<ConnectionSocketFactory> registry, int mostOfAll, int mostOfARoute, SocketConfig sockets) {
        Http1Config bounds = Http1Config.custom()
                .setMaxLineLength(LONGEST_HEADER)
                .setMaxHeaderCount(MOST_HEADERS)
                .build();
        PoolingHttpClientConnectionManager connections = new PoolingHttpClientConnectionManager(
                registry,
                PoolConcurrencyPolicy.STRICT,
                TimeValue.ofMilliseconds(getConnectionTimeToLive()),
                ManagedHttpClientConnectionFactory.builder().http1Config(bounds).build());
        connections.setMaxTotal(mostOfAll > 0 ? mostOfAll : getMaxTotalConnections());
        connections.setDefaultMaxPerRoute(mostOfARoute > 0 ? mostOfARoute : getConnectionsPerRoute());
        connections.setDefaultSocketConfig(sockets);
        return connections;
    }
}
