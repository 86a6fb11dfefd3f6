package dev.posbridge.operations;

import dev.posbridge.ledger.DeadLetters;
import dev.posbridge.ledger.DeadLetters.DeadLetter;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.OnPaper;
import dev.posbridge.ledger.TraceBook;
import dev.posbridge.ledger.TraceBook.OfCustomer;
import dev.posbridge.ledger.TracedRecord;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/**
 * Where did it go: a receipt, an order, a customer, or what stands on a piece of paper. Reads only.
 *
 * @param sought record key, order id, customer id, mobile number, e-mail address, or the short number on a receipt; null for
 *     none
 * @param store of this store, or null; day and amount the same
 */
public record TraceSearch(String sought, String store, LocalDate day, BigDecimal amount) {
    private static final int MOST_ROWS = 20;
    private static final int LEAST_DIGITS = 7;
    /** As the number on a receipt may look; of two characters very many keys have a part. */
    private static final String NUMBER = "[\\p{L}\\p{N}]{3,32}";

    /**
     * What was found.
     *
     * @param search how far customers were searched for, null where nobody was
     * @param rows dead letters of rows with this text that have no key yet
     * @param alike records that have this as their receipt's short number, where more than one receipt may be meant
     */
    public record Found(
            List<TracedRecord> records, OfCustomer search, List<DeadLetter> rows, List<TracedRecord> alike) {
        public boolean isAny() {
            return !records.isEmpty() || !rows.isEmpty();
        }

        /** Whether there was no time to look through everything. */
        public boolean isCutShort() {
            return search != null && search.searched() < search.all();
        }
    }

    /** Whether it asks by what stands on a receipt. */
    public boolean isOnPaper() {
        return store != null || day != null || amount != null;
    }

    /** @param longest how long to look for a customer, from the newest record back */
    public Found in(LedgerDatabase database, Duration longest) {
        TraceBook book = new TraceBook(database);
        if (isOnPaper()) {
            return new Found(
                    book.byPaper(new OnPaper(sought, store, day, amount, ZoneId.systemDefault())),
                    null,
                    List.of(),
                    List.of());
        }
        long end = System.nanoTime() + longest.toNanos();
        List<TracedRecord> byReceipt = book.byReceipt(sought);
        OfCustomer byCustomer = byReceipt.isEmpty() ? ofCustomer(book, longest) : null;
        List<TracedRecord> known = byCustomer == null ? byReceipt : byCustomer.records();
        OfCustomer byNumber = known.isEmpty() && sought.matches(NUMBER) ? book.byNumber(sought, left(end)) : null;
        List<TracedRecord> records = byNumber == null ? known : ofOneReceipt(book, byNumber);
        List<DeadLetter> rows = new DeadLetters(database)
                .ofRowsWith(sought, MOST_ROWS).stream()
                        .filter(letter -> records.stream()
                                .noneMatch(one -> Long.valueOf(one.id()).equals(letter.recordId())))
                        .toList();
        return new Found(
                records,
                isWanting(byNumber) ? byNumber : byCustomer,
                rows,
                byNumber == null || !records.isEmpty() ? List.of() : byNumber.records());
    }

    /** All of the receipt, where everything was searched and one alone has the number. */
    private static List<TracedRecord> ofOneReceipt(TraceBook book, OfCustomer byNumber) {
        List<String> keys =
                byNumber.records().stream().map(TracedRecord::key).distinct().toList();
        return keys.size() == 1 && byNumber.searched() == byNumber.all() ? book.byReceipt(keys.get(0)) : List.of();
    }

    /** Whether time was up before one with the number was seen. */
    private static boolean isWanting(OfCustomer byNumber) {
        return byNumber != null && byNumber.records().isEmpty() && byNumber.searched() < byNumber.all();
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    private OfCustomer ofCustomer(TraceBook book, Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        if (sought.indexOf('@') > 0) {
            return book.byEmail(sought.strip(), longest);
        }
        String digits = digits(sought);
        OfCustomer byId = book.byCustomer(sought, digits, longest);
        boolean nobody = byId.records().isEmpty() && byId.searched() == byId.all();
        return digits == null || !nobody ? byId : book.byMobile(digits, left(end));
    }

    /** The last digits of a customer id made of a mobile number, however somebody writes it; null for something else. */
    public static String digits(String text) {
        String digits = text.replaceAll("[\\s()./+-]", "").replaceFirst("^0+", "");
        return digits.matches("\\d{" + LEAST_DIGITS + ",15}") ? digits : null;
    }
}
