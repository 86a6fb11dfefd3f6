package dev.posbridge.intake;

import dev.posbridge.NoRoomException;
import dev.posbridge.harness.Failpoint;
import dev.posbridge.ledger.Requests;
import dev.posbridge.ledger.Requests.Request;
import dev.posbridge.vendor.Profile;
import dev.posbridge.vendor.Profiles;
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
    private final Profiles profiles;
    private final Queue<String> failed = new ConcurrentLinkedQueue<>();
    private volatile String refused;
    /** A file of the request that was not taken for want of ledger or disk, or null. */
    private volatile File waits;

    public RequestedFiles(Requests requests, Profiles profiles) {
        this.requests = requests;
        this.profiles = profiles;
    }

    /** @return the next request, or null */
    public Request next() {
        failed.clear();
        refused = null;
        waits = null;
        Request next = requests.next().orElse(null);
        if (next != null) {
            Failpoint.BEFORE_REQUEST.reach();
        }
        return next;
    }

    /** Those that no earlier service has taken in; none where whoever asked means another profile than is in force. */
    public List<File> files(@Body Request request) {
        String inForce = profiles.find(request.vendor()).map(Profile::hash).orElse("");
        if (!request.profile().isEmpty() && !request.profile().equals(inForce)) {
            refused = "vendor \"" + request.vendor()
                    + "\": its profile, or a table that it looks values up in, was changed since"
                    + " the running service read it, expected the one that is in force. Nothing was taken in: run posbridge"
                    + " reload, then the same command again.";
            return List.of();
        }
        Set<Path> taken = requests.files(request.id()).keySet();
        return request.files().stream()
                .filter(file -> !taken.contains(file))
                .map(Path::toFile)
                .toList();
    }

    /** @throws NoRoomException where one before it was not taken in for want of ledger or disk: days keep their order */
    public void require() {
        if (waits != null) {
            throw new NoRoomException(beforeIt(waits.getName()));
        }
    }

    /** Why a file is not taken in behind one that was not, for want of ledger or disk: days keep their order. */
    public static String waitsFor(Path file, Path first) {
        return file + ": was not taken in (" + beforeIt(first.getFileName().toString()) + ").";
    }

    private static String beforeIt(String first) {
        return first
                + " before it was not taken in. Run the same command again: what was taken in is known and passed over";
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
        if (waits == null && IntakeGuard.isMomentary(why)) {
            waits = file;
        }
        failed.add(file + ": was not taken in (" + problem + ").");
    }

    public void end(@ExchangeProperty("request") Request request) {
        Failpoint.BEFORE_REQUEST_ENDS.reach();
        if (refused != null) {
            requests.end(request.id(), Requests.How.REFUSED, refused);
        } else {
            requests.end(request.id(), failed.isEmpty() ? null : String.join("\n", failed));
        }
        Failpoint.AFTER_REQUEST_ENDED.reach();
    }
}
