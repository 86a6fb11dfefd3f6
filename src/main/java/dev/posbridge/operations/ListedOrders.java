package dev.posbridge.operations;

import dev.posbridge.ConfigurationException;
import dev.posbridge.Nearest;
import dev.posbridge.ledger.CorrectionBook.Comparison;
import dev.posbridge.ledger.LedgerDatabase;
import dev.posbridge.ledger.ReceiptList;
import dev.posbridge.ledger.TraceBook;
import dev.posbridge.ledger.TracedRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Orders that somebody lists, by record key or order id: each is one that there is, or a slip of the pen. */
public final class ListedOrders {
    /** Of these it is told one by one why nothing is done. */
    private static final int MOST_TOLD = 5;

    private final String where;
    private final Set<String> wanted;

    private ListedOrders(String where, Set<String> wanted) {
        this.where = where;
        this.wanted = wanted;
    }

    /**
     * @param where they are listed, for people
     * @throws ConfigurationException where none is
     */
    public static ListedOrders of(String where, Collection<String> words) {
        Set<String> wanted = new LinkedHashSet<>(words.stream()
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList());
        if (wanted.isEmpty()) {
            throw new ConfigurationException(where + " names no record, expected keys or order ids.");
        }
        return new ListedOrders(where, wanted);
    }

    public Set<String> wanted() {
        return wanted;
    }

    /**
     * @param found those that are wrong, and those of which it is told why not: nobody has to look for them
     * @param withFile whether a file says what is right, of returns, too
     * @throws ConfigurationException with the nearest name, where one is no sale that ever came
     */
    public void requireKnown(LedgerDatabase database, Comparison known, boolean withFile) {
        List<String> unknown = new ArrayList<>();
        for (String one : others(known)) {
            List<TracedRecord> found = found(database, one);
            boolean isReturn = found.stream().anyMatch(record -> "refund".equals(record.kind()));
            if (!found.isEmpty() && found.stream().noneMatch(ListedOrders::isSale) && !(isReturn && withFile)) {
                throw new ConfigurationException(
                        where + " names \"" + one + "\", which is a "
                                + found.get(0).kind() + ", expected sales"
                                + (isReturn ? " and returns of which something else was said since" : "") + ". "
                                + (isReturn
                                        ? "Give what is right with --with FILE; one that should not be there at all cannot be taken"
                                                + " back from here: correct it at Gameball by hand."
                                        : "What was delivered of it cannot be taken back from here: correct it at Gameball by hand."));
            }
            if (found.isEmpty()) {
                unknown.add(one);
            }
            if (unknown.size() > MOST_TOLD) {
                break;
            }
        }
        if (!unknown.isEmpty()) {
            throw new ConfigurationException(where + " names " + quoted(unknown)
                    + ", found no sale that has this key or order id." + nearest(database, unknown.get(0))
                    + " Nothing is corrected. See: posbridge trace RECEIPT");
        }
    }

    private static String quoted(List<String> unknown) {
        return unknown.stream().limit(MOST_TOLD).map(one -> '"' + one + '"').collect(Collectors.joining(", "))
                + (unknown.size() > MOST_TOLD ? " and more" : "");
    }

    /** Looks through everything, as there is no index of what sounds alike; this is told once and then nothing is done. */
    private static String nearest(LedgerDatabase database, String unknown) {
        String[] nearest = {null};
        new ReceiptList(database).forEach(receipt -> {
            if (receipt.isSale()) {
                List<String> names = new ArrayList<>(List.of(receipt.key()));
                if (receipt.orderId() != null) {
                    names.add(receipt.orderId());
                }
                if (nearest[0] != null) {
                    names.add(0, nearest[0]);
                }
                Nearest.to(unknown, names).ifPresent(name -> nearest[0] = name);
            }
        });
        return nearest[0] == null ? "" : " Did you mean \"" + nearest[0] + "\"?";
    }

    /** Why nothing is done about the first of those that are not wrong. */
    public List<String> leftAlone(LedgerDatabase database, Comparison known, boolean reverseOnly) {
        return others(known).stream()
                .limit(MOST_TOLD)
                .map(one -> '"' + one + "\" " + why(found(database, one), reverseOnly))
                .toList();
    }

    private static String why(List<TracedRecord> found, boolean reverseOnly) {
        Set<String> states = found.stream()
                .filter(ListedOrders::isSale)
                .map(TracedRecord::state)
                .collect(Collectors.toSet());
        if (states.isEmpty()) {
            return "is a return of which nothing else was said since.";
        }
        if (states.contains("delivered")) {
            return reverseOnly
                    ? "was taken back before."
                    : "was delivered, and nothing else was said of it since. Give what is right with --with FILE, or take it"
                            + " back with --reverse-only.";
        }
        return "was not delivered: it is " + String.join(", ", states) + ". See: posbridge trace RECEIPT";
    }

    private List<String> others(Comparison known) {
        Set<String> named = known.wrong().stream()
                .flatMap(one -> Stream.concat(Stream.of(one.key(), one.orderId()), one.returns().stream()))
                .collect(Collectors.toSet());
        return wanted.stream()
                .filter(one -> !named.contains(one))
                .filter(one -> known.refused().stream().noneMatch(why -> why.startsWith("return \"" + one + "\":")))
                .toList();
    }

    private static List<TracedRecord> found(LedgerDatabase database, String keyOrOrderId) {
        return new TraceBook(database)
                .byReceipt(keyOrOrderId).stream()
                        .filter(one -> keyOrOrderId.equals(one.key()) || keyOrOrderId.equals(one.orderId()))
                        .filter(one -> !"row".equals(one.kind()))
                        .toList();
    }

    private static boolean isSale(TracedRecord record) {
        return "sale".equals(record.kind());
    }
}
