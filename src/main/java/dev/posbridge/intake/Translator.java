package dev.posbridge.intake;

import dev.posbridge.ledger.Entry;
import dev.posbridge.ledger.RecordState;
import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Sale;
import dev.posbridge.vendor.Receipt;
import dev.posbridge.vendor.Translation;
import java.util.ArrayList;
import java.util.List;

/** Turns receipts into records by the vendor's profile, then applies the account's rules. Thread-safe. */
public final class Translator {
    private final AccountRules rules;

    public Translator(AccountRules rules) {
        this.rules = rules;
    }

    public TranslatedChunk translate(Chunk chunk) {
        List<Entry> entries = new ArrayList<>(chunk.receipts().size());
        for (Receipt receipt : chunk.receipts()) {
            Translation translation = chunk.reading().document().translate(receipt);
            chunk.reading().noteNumber(chunk.reading().document().numbered(receipt));
            int before = entries.size();
            addEntries(receipt, translation, entries);
            if (translation.problem() != null) {
                chunk.reading().noteBad(translation.problem().position());
            } else {
                noteRefused(entries.subList(before, entries.size()), chunk.reading());
            }
        }
        return new TranslatedChunk(chunk, entries);
    }

    /** A file whose every receipt the account refuses has a wrong profile, as one has whose every receipt is unreadable. */
    private static void noteRefused(List<Entry> ofReceipt, Reading reading) {
        for (Entry entry : ofReceipt) {
            if (entry.state() == RecordState.DEAD) {
                reading.noteBad(entry.position());
                return;
            }
        }
    }

    /** What is to be stored of a receipt. */
    void addEntries(Receipt receipt, Translation translation, List<Entry> entries) {
        if (translation.problem() != null && rules.isForgottenNamedIn(receipt.raw())) {
            entries.add(Entry.forgotten(receipt.position(), translation.total()));
        } else if (translation.problem() != null) {
            entries.add(Entry.untranslated(
                    receipt.position(),
                    receipt.raw(),
                    translation.problem().reason(),
                    translation.problem().getMessage(),
                    translation.total()));
        } else if (translation.records().isEmpty()) {
            entries.add(Entry.skipped(null, receipt.position(), receipt.raw(), translation.skipped()));
        } else {
            for (PosRecord posRecord : translation.records()) {
                entries.add(
                        posRecord instanceof Sale && translation.skipped() != null && !rules.isForgotten(posRecord)
                                ? Entry.skipped(posRecord, posRecord.position(), receipt.raw(), translation.skipped())
                                : rules.apply(posRecord, receipt.raw()));
            }
        }
    }
}
