package dev.posbridge.intake;

import dev.posbridge.ConfigurationException;
import dev.posbridge.FileRejectedException;
import dev.posbridge.ledger.DeadLetters.DeadLetter;
import dev.posbridge.ledger.DeadRecord;
import dev.posbridge.ledger.Entry;
import dev.posbridge.ledger.LedgerFile;
import dev.posbridge.ledger.ReplayBook;
import dev.posbridge.ledger.Replayed;
import dev.posbridge.pos.Position;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.Document;
import dev.posbridge.vendor.Profile;
import dev.posbridge.vendor.Profiles;
import dev.posbridge.vendor.Receipt;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Translates dead letters again, by today's profiles and account rules, and puts the result in their place. Needs no
 * routes and no broker, so it works beside a running service.
 */
public final class Replay {
    private final Profiles profiles;
    private final AccountRules rules;
    private final ReplayBook book;
    private final Translator translator;

    public Replay(Profiles profiles, AccountRules rules, ReplayBook book) {
        this.profiles = profiles;
        this.rules = rules;
        this.book = book;
        this.translator = new Translator(rules);
    }

    /**
     * Replays a dead letter of a row or record. Does nothing where it is closed already.
     *
     * @param corrected its rows as a person corrected them, null to take them as they were
     * @throws ConfigurationException where the corrected rows cannot take the place of its own
     */
    public Replayed replay(DeadLetter letter, String corrected) {
        Optional<DeadRecord> dead = book.find(letter.recordId());
        if (dead.isEmpty() || !letter.isOpen()) {
            return book.close(letter);
        }
        Profile profile = profiles.named(letter.vendor());
        return book.replace(letter, dead.get(), file(dead.get(), profile), entries(letter, dead.get(), corrected));
    }

    /**
     * What rows would become, before anything is written; refuses those that cannot take the place of the dead letter's own.
     *
     * @param corrected null to take them as they were
     * @return nothing where it is closed, or its record is dead no longer
     * @throws ConfigurationException where they are more than one receipt, or the dead letter is part of a credit note
     */
    public List<Entry> look(DeadLetter letter, String corrected) {
        Optional<DeadRecord> dead = book.find(letter.recordId());
        return letter.isOpen() && dead.isPresent() ? entries(letter, dead.get(), corrected) : List.of();
    }

    private List<Entry> entries(DeadLetter letter, DeadRecord dead, String corrected) {
        if (Reason.REQUEST_REFUSED.code().equals(letter.reason())) {
            throw new ConfigurationException(
                    "Dead letter " + letter.id() + " is what a till asked at the checkout, which no profile reads. "
                            + Reason.REQUEST_REFUSED.remedy());
        }
        if (dead.part() && corrected != null) {
            throw new ConfigurationException("Dead letter " + letter.id() + " is part of credit note \"" + dead.key()
                    + "\" whose other parts were sent; its rows are those of the whole, which would be given back twice. "
                    + "Remove its rows, and replay it by its id.");
        }
        if (isPartOfReceipt(letter, dead, corrected)) {
            return inMessage(letter, dead, letter.header(), List.of(stillPart(letter, dead)));
        }
        String raw = Objects.requireNonNullElse(corrected == null ? letter.raw() : corrected, "");
        if (dead.posRecord() != null && (dead.part() || raw.isEmpty())) {
            return inMessage(letter, dead, letter.header(), List.of(rules.apply(dead.posRecord(), letter.raw())));
        }
        return translated(letter, dead, raw);
    }

    /** A part of a receipt looks like a whole one, and would be sent as that. */
    private boolean isPartOfReceipt(DeadLetter letter, DeadRecord dead, String corrected) {
        boolean untouched = corrected == null || corrected.equals(letter.raw());
        return dead.posRecord() == null
                && untouched
                && (Reason.KEY_REPEATED.code().equals(letter.reason()) && joinsRows(letter)
                        || Reason.RECEIPT_TOO_LARGE.code().equals(letter.reason()) && letter.raw() == null);
    }

    /** Where each row is a receipt, two that make one key are no parts of anything. */
    private boolean joinsRows(DeadLetter letter) {
        return profiles.named(letter.vendor()).joinsRows();
    }

    private static Entry stillPart(DeadLetter letter, DeadRecord dead) {
        Position position = Position.ofRow(letter.fileName(), dead.line());
        Reason reason = Reason.ofCode(letter.reason());
        String problem = position
                + (reason == Reason.KEY_REPEATED
                        ? ": the rows are a part of a receipt whose other rows lie apart; alone they would be sent as the "
                                + "whole. Deliver the file again with receipt.rows: scattered in the profile of "
                                + letter.vendor() + ", or give these rows another receipt number."
                        : ": the receipt was too large for its rows to be kept. Correct receipt in the profile of "
                                + letter.vendor() + " and deliver the file again; then discard this.");
        return Entry.dead(null, position, letter.raw(), reason, problem);
    }

    private List<Entry> translated(DeadLetter letter, DeadRecord dead, String raw) {
        List<Entry> entries = new ArrayList<>();
        boolean wholeMessage = letter.inMessage() && letter.header() == null;
        try (Document document = wholeMessage ? message(letter, raw) : rows(letter, dead, raw)) {
            List<Receipt> receipts = new ArrayList<>();
            document.forEachRemaining(receipts::add);
            if (wholeMessage && !receipts.isEmpty()) {
                receipts.forEach(receipt -> translator.addEntries(receipt, document.translate(receipt), entries));
                return inMessage(letter, dead, document.header(), entries);
            }
            if (receipts.size() != 1 && raw.equals(letter.raw())) {
                return List.of(regrouped(letter, dead, receipts.size()));
            }
            if (receipts.size() != 1) {
                throw new ConfigurationException("The rows of dead letter " + letter.id() + " are " + receipts.size()
                        + " receipts, expected one. Give its rows one receipt number; another receipt goes into a file "
                        + "of its own.");
            }
            translator.addEntries(receipts.get(0), document.translate(receipts.get(0)), entries);
        } catch (FileRejectedException problem) {
            Position position = Position.ofRow(letter.fileName(), dead.line());
            return inMessage(
                    letter,
                    dead,
                    letter.header(),
                    List.of(Entry.dead(null, position, raw, problem.reason(), problem.getMessage())));
        }
        return inMessage(letter, dead, letter.header(), entries);
    }

    private Document rows(DeadLetter letter, DeadRecord dead, String raw) {
        return profiles.named(letter.vendor()).reopen(letter.fileName(), letter.header(), raw, dead.line());
    }

    private Document message(DeadLetter letter, String raw) {
        Profile profile = profiles.named(letter.vendor());
        byte[] bytes = MessageTranslator.bytes(raw, profile, letter.fileName());
        return profile.openMessage(letter.fileName(), new ByteArrayInputStream(bytes));
    }

    /** What comes of a message again still came in it. */
    private static List<Entry> inMessage(DeadLetter letter, DeadRecord dead, String header, List<Entry> entries) {
        if (!letter.inMessage()) {
            return entries;
        }
        Entry.Origin origin = new Entry.Origin(letter.position(), dead.line(), letter.fileName(), header);
        return entries.stream().map(entry -> entry.in(origin)).toList();
    }

    private static Entry regrouped(DeadLetter letter, DeadRecord dead, int receipts) {
        Position position = Position.ofRow(letter.fileName(), dead.line());
        String problem = position + ": the rows from here on were one receipt and are " + receipts
                + " by today's receipt.key of profile " + letter.vendor()
                + ". Correct the profile, or deliver them in a "
                + "file of their own and discard this.";
        return Entry.dead(null, position, letter.raw(), Reason.ROW_MALFORMED, problem);
    }

    private static LedgerFile file(DeadRecord dead, Profile profile) {
        return new LedgerFile(
                dead.file().id(),
                dead.file().identityId(),
                dead.file().vendor(),
                dead.file().name(),
                0,
                profile.matchesByProduct(),
                profile.parksUnmatched(),
                profile.again().timeTolerance());
    }
}
