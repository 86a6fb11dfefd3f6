package dev.posbridge.intake.sftp;

import dev.posbridge.PlainName;
import dev.posbridge.intake.ByBusinessDate;
import dev.posbridge.intake.Glob;
import dev.posbridge.intake.Looks;
import dev.posbridge.ledger.TakenBook;
import dev.posbridge.settings.SftpSource;
import dev.posbridge.vendor.Profile;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which files of a server are taken: of the pattern, plain by name, not too old or too large, whole as far as one can
 * tell, and not taken before. For one source; thread-safe.
 */
public final class DropFilter implements GenericFileFilter<Object> {
    private static final Logger LOG = LoggerFactory.getLogger(DropFilter.class);
    /** A file that nobody has touched for so long needs no second look, whatever the clocks say. */
    private static final long SURELY_STILL_MILLIS = 3_600_000;

    private final SftpSource source;
    private final Supplier<Profile> profile;
    private final RemoteFolder folder;
    private final Pattern names;
    private final TakenBook taken;
    private final Looks looks;
    private final InstantSource clock;

    /** @param profile of the vendor, as it is at the moment */
    public DropFilter(SftpSource source, Supplier<Profile> profile, TakenBook taken) {
        this(source, profile, taken, InstantSource.system());
    }

    DropFilter(SftpSource source, Supplier<Profile> profile, TakenBook taken, InstantSource clock) {
        this.source = source;
        this.profile = profile;
        this.taken = taken;
        this.clock = clock;
        this.folder = new RemoteFolder(source.drop().folder());
        this.names = Glob.pattern(source.drop().files());
        this.looks = new Looks(source.drop().settle(), new ByBusinessDate(profile, this::localName));
    }

    @Override
    public boolean accept(GenericFile<Object> file) {
        if (file.isDirectory()) {
            return PlainName.is(file.getFileNameOnly()) && folder.leads(file.getAbsoluteFilePath());
        }
        String name = file.getFileNameOnly();
        if (!PlainName.is(name)) {
            refuse(file, "its name", "letters, digits, dots, blanks, hyphens and underlines only. Have it renamed.");
            return false;
        }
        if (Aside.is(name)) {
            return names.matcher(Aside.original(name)).matches()
                    && folder.storeOf(parent(file.getAbsoluteFilePath())) != null;
        }
        return names.matcher(name).matches()
                && !isPutAway(name)
                && folder.storeOf(parent(file.getAbsoluteFilePath())) != null
                && !isOld(file)
                && isSmall(file)
                && isDue(file);
    }

    /** Whether it has the name that taken files get here: a pattern such as {@code *} means them as well. */
    private boolean isPutAway(String name) {
        return source.after().kind() == SftpSource.After.Kind.RENAME
                && name.replaceFirst("\\.[0-9]+$", "").endsWith(source.after().suffix());
    }

    private boolean isSmall(GenericFile<Object> file) {
        boolean small = file.getFileLength() <= source.drop().maxSize();
        if (!small) {
            refuse(
                    file,
                    "its size of " + file.getFileLength() + " bytes",
                    source.drop().maxSize() + " bytes at most. Raise posbridge.sources." + source.name()
                            + ".max-size if it is meant.");
        }
        return small;
    }

    /** By the date in its name, where the profile finds one, else by the time at the server. */
    private boolean isOld(GenericFile<Object> file) {
        if (source.drop().daysBack() == 0) {
            return false;
        }
        LocalDate day = profile.get().businessDateOf(localName(file));
        LocalDate itsDay = day == null
                ? LocalDate.ofInstant(
                        Instant.ofEpochMilli(file.getLastModified()),
                        source.drop().zone())
                : day;
        LocalDate today = LocalDate.ofInstant(clock.instant(), source.drop().zone());
        return itsDay.isBefore(today.minusDays(source.drop().daysBack()));
    }

    /** One that we have is due again only to be put where it belongs, if it should not stay. */
    private boolean isDue(GenericFile<Object> file) {
        if (taken.has(remote(source, file))) {
            return source.after().kind() != SftpSource.After.Kind.KEEP;
        }
        return looks.stoodStill(
                file,
                source.drop().doneFile() != null || clock.millis() - file.getLastModified() > SURELY_STILL_MILLIS,
                file.getFileLength(),
                file.getLastModified(),
                System.nanoTime());
    }

    /** How its files looked, and what became of them. */
    Looks looks() {
        return looks;
    }

    /** What the file is called here. */
    public String localName(GenericFile<?> file) {
        String store = folder.storeOf(parent(file.getAbsoluteFilePath()));
        return source.drop()
                .localName()
                .replace("{store}", store == null ? "" : store)
                .replace("{file}", file.getFileNameOnly());
    }

    static TakenBook.RemoteFile remote(SftpSource source, GenericFile<?> file) {
        return new TakenBook.RemoteFile(
                source.name(), file.getAbsoluteFilePath(), file.getFileLength(), file.getLastModified());
    }

    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash > 0 ? path.substring(0, slash) : slash == 0 ? "/" : "";
    }

    private void refuse(GenericFile<Object> file, String what, String expected) {
        if (looks.isFirstRefusal(file)) {
            LOG.warn(
                    "source={} file=\"{}\" is left where it is: {} is refused, expected {}",
                    source.name(),
                    Printable.of(file.getFileNameOnly()),
                    what,
                    expected);
        }
    }
}
