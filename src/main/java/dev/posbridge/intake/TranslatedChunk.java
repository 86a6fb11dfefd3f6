package dev.posbridge.intake;

import dev.posbridge.ledger.Entry;
import java.util.List;

/** A chunk with what became of its receipts. */
public record TranslatedChunk(Chunk chunk, List<Entry> entries) {}
