package dev.posbridge.intake.sftp;

import dev.posbridge.settings.SftpSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.Endpoint;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.remote.SftpComponent;
import org.apache.camel.component.file.remote.SftpConfiguration;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.apache.camel.spi.annotations.Component;

/**
 * Camel's SFTP component with two options more: {@code source}, whose password and passphrase it puts in, so that no URI
 * ever holds them, and {@code folder}, which may be absolute. Thread-safe.
 */
@Component("sftp") // finds the options of its endpoints by this name
@SuppressWarnings("rawtypes") // as the class above
public final class SftpDoor extends SftpComponent {
    private final Map<String, SftpSource> sources;
    private final Map<Endpoint, SftpSource> served = new ConcurrentHashMap<>();

    public SftpDoor(List<SftpSource> sources) {
        this.sources = sources.stream().collect(Collectors.toMap(SftpSource::name, Function.identity()));
    }

    @Override
    protected GenericFileEndpoint<SftpRemoteFile> buildFileEndpoint(
            String uri, String remaining, Map<String, Object> parameters) throws Exception {
        SftpSource source = sources.get(getAndRemoveParameter(parameters, "source", String.class));
        String folder = getAndRemoveParameter(parameters, "folder", String.class);
        GenericFileEndpoint<SftpRemoteFile> endpoint = super.buildFileEndpoint(uri, remaining, parameters);
        endpoint.getConfiguration().setDirectory(".".equals(folder) ? "" : folder);
        served.put(endpoint, source);
        return endpoint;
    }

    @Override
    protected void afterPropertiesSet(GenericFileEndpoint<SftpRemoteFile> endpoint) throws Exception {
        super.afterPropertiesSet(endpoint);
        refresh(endpoint);
    }

    /** Puts in the secrets as they are now: a password that was replaced needs no restart. */
    void refresh(Endpoint endpoint) {
        SftpSource.Server server = served.get(endpoint).server();
        SftpConfiguration configuration = (SftpConfiguration) ((GenericFileEndpoint<?>) endpoint).getConfiguration();
        configuration.setPassword(
                server.password() == null ? null : server.password().read());
        configuration.setPrivateKeyPassphrase(
                server.keyPassphrase() == null ? null : server.keyPassphrase().read());
    }

    /** As {@link #refresh(Endpoint)}, for every endpoint of the source. */
    public void refresh(String source) {
        served.forEach((endpoint, its) -> {
            if (its.name().equals(source)) {
                refresh(endpoint);
            }
        });
    }
}
