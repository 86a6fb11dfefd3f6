package dev.posbridge.vendor.value;

import dev.posbridge.RecordRejectedException;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.format.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/**
 * What is known while one file is translated: its name and captures, the row under translation, what was made of it so
 * far, and small caches. One thread, one file.
 */
public final class Facts {
    /**
     * What a profile is called.
     *
     * @param profile the profile's file, for messages
     * @param plausible which times its tills can mean
     */
    public record Names(String vendor, String identity, String profile, Plausible plausible) {}

    private final Names names;
    private final String file;
    private final String[] captures;
    private final Instant openedAt;
    private final Instant latest;
    private final LocalDate latestDay;
    private final LocalDate fileDate;
    private final Map<String, KnownPhones> phones = new HashMap<>();
    private final Drops drops = new Drops();
    private final Tally tally = new Tally();
    private Row row;
    private String key;
    private String mobile;
    private String email;

    /**
     * @param captures values of the file name's captures by index; "" where a capture took no part
     * @param fileDate business date in the file's name, or null
     * @param openedAt times more than an hour after this lie in the future
     */
    public Facts(Names names, String file, String[] captures, LocalDate fileDate, Instant openedAt) {
        this.names = names;
        this.file = file;
        this.captures = captures.clone();
        this.fileDate = fileDate;
        this.openedAt = openedAt;
        this.latest = openedAt.plusSeconds(3600);
        this.latestDay = latest.atOffset(ZoneOffset.UTC).toLocalDate().plusDays(1);
    }

    public Row row() {
        return row;
    }

    public void at(Row next) {
        row = next;
    }

    /** Forgets what was made of the receipt before. */
    public void startAt(Row first) {
        drops.startReceipt();
        row = first;
        key = null;
        mobile = null;
        email = null;
    }

    public String identity() {
        return names.identity();
    }

    public String file() {
        return file;
    }

    /** The profile's file, for messages. */
    public String profile() {
        return names.profile();
    }

    /** Which times the tills can mean. */
    public Plausible plausible() {
        return names.plausible();
    }

    /** The business date in the file's name, or null. */
    public LocalDate fileDate() {
        return fileDate;
    }

    /** When reading began. */
    public Instant openedAt() {
        return openedAt;
    }

    /** Later days lie in the future everywhere on earth. */
    public LocalDate latestDay() {
        return latestDay;
    }

    /** Later times lie in the future. */
    public Instant latest() {
        return latest;
    }

    String capture(int index) {
        return captures[index];
    }

    public String key() {
        return key;
    }

    public void key(String made) {
        key = made;
    }

    String mobile() {
        return mobile;
    }

    public void contact(String foundMobile, String foundEmail) {
        mobile = foundMobile;
        email = foundEmail;
    }

    String email() {
        return email;
    }

    /** What the computed amounts came to so far. */
    public Tally tally() {
        return tally;
    }

    /** Numbers already converted. */
    KnownPhones phones(String region) {
        return phones.computeIfAbsent(region, any -> new KnownPhones());
    }

    /** Notes that an attribute was left out. */
    public void drop(String attribute) {
        drops.add(attribute);
    }

    /** What was left out so far. */
    public Drops drops() {
        return drops;
    }

    public Position position() {
        return row.position();
    }

    /**
     * A fault of the row under translation.
     *
     * @param column number of the field, from 1; 0 for the whole row
     */
    public RecordRejectedException fault(int column, Reason reason, String text) {
        return new RecordRejectedException(row.position(column), reason, "vendor " + names.vendor() + ": " + text);
    }
}
