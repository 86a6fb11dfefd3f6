package dev.posbridge.settings;

import java.nio.file.Path;
import java.util.List;

/**
 * Where people look at the service in a browser, and how they come in ({@code posbridge.console.*}).
 *
 * @param address on which it listens; this machine only, unless users and a key store are set
 * @param port null for none
 * @param hosts names by which browsers may call it, besides the address and this machine's
 * @param users file of users, their passwords' hashes and roles; null: whoever has the key of this start
 * @param keyStore for TLS (PKCS12), or null
 * @param keyStorePassword of it, or null
 * @param proxyUserHeader in which a reverse proxy on this machine says who asks; null: nobody is believed
 */
public record ConsoleAccess(
        String address,
        Integer port,
        List<String> hosts,
        Path users,
        Path keyStore,
        Secret keyStorePassword,
        String proxyUserHeader) {

    /** Whether only this machine reaches it. */
    public boolean isLocal() {
        return ConsoleReader.LOOPBACK.contains(address);
    }

    /** The same on another port; for commands that bring one along. */
    public ConsoleAccess at(int otherPort) {
        return new ConsoleAccess(address, otherPort, hosts, users, keyStore, keyStorePassword, proxyUserHeader);
    }
}
