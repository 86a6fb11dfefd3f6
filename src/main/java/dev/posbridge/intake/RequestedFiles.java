package dev.posbridge.intake;

import dev.posbridge.harness.Failpoint;
import dev.posbridge.ledger.Requests;
import dev.posbridge.ledger.Requests.Request;
import java.io.File;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files that a command handed to the running service; one request at a time. */
public final class RequestedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(RequestedFiles.class);

    private final Requests requests;
    private final Queue<String> failed = new ConcurrentLinkedQueue<>();

    public RequestedFiles(Requests requests) {
        this.requests = requests;
    }

    /** @return the next request, or null */
    public Request next() {
        failed.clear();
        Request next = requests.next().orElse(null);
        if (next != null) {
            Failpoint.BEFORE_REQUEST.reach();
        }
        return next;
    }

    /** Those that no earlier service has taken in. */
    public List<File> files(@Body Request request) {
        Set<Path> taken = requests.files(request.id()).keySet();
        return request.files().stream()
                .filter(file -> !taken.contains(file))
                .map(Path::toFile)
                .toList();
    }

    /** Notes which file of the ledger it became, so that whoever asked can watch it. */
    public void taken(
            @ExchangeProperty("request") Request request,
            @ExchangeProperty("asked") File file,
            @ExchangeProperty("reading") Reading reading) {
        requests.taken(request.id(), file.toPath(), reading.file().id());
    }

    /** Notes a file that could not be taken in; the others are. */
    public void fail(@ExchangeProperty("asked") File file, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception why) {
        String problem = why instanceof NoSuchFileException ? "the service found no such file" : why.getMessage();
        LOG.warn("{}: was not taken in ({})", file, problem, why);
        failed.add(file + ": was not taken in (" + problem + ").");
    }

    public void end(@ExchangeProperty("request") Request request) {
        Failpoint.BEFORE_REQUEST_ENDS.reach();
        requests.end(request.id(), failed.isEmpty() ? null : String.join("\n", failed));
        Failpoint.AFTER_REQUEST_ENDED.reach();
    }
}
