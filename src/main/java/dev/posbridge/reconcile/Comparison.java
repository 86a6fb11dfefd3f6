package dev.posbridge.reconcile;

import dev.posbridge.ledger.Compared;
import dev.posbridge.ledger.Compared.Repair;
import dev.posbridge.ledger.Difference;
import dev.posbridge.ledger.Stated;
import dev.posbridge.pos.Reason;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/** Judges one sale or refund: what the ledger says beside what Gameball holds. */
final class Comparison {
    private Comparison() {}

    /** @param histories by order id; empty where Gameball does not have the order */
    static Compared of(Stated stated, Map<String, Optional<History>> histories) {
        Optional<History> history = histories.get(stated.order());
        if (history == null) {
            return Compared.differs(
                    stated,
                    Difference.UNANSWERED,
                    where(stated) + ": Gameball did not say whether it has it. Run reconcile again.");
        }
        return stated.isRefund() ? refund(stated, history) : sale(stated, history);
    }

    private static Compared sale(Stated stated, Optional<History> history) {
        if (history.isEmpty()) {
            return absent(stated, "Gameball has no such order");
        }
        return there(stated, history.get().paid(), history.get().earned());
    }

    private static Compared refund(Stated stated, Optional<History> history) {
        if (history.isEmpty()) {
            return stated.isDelivered()
                    ? Compared.differs(
                            stated,
                            Difference.MISSING,
                            where(stated) + ": delivered here, but Gameball has neither it nor its sale \""
                                    + stated.original() + "\". Once the sale is there, run reconcile again.")
                    : Compared.equal(stated, null);
        }
        History.Refund there = history.get().refunds().get(stated.orderId());
        return there == null
                ? absent(stated, "Gameball has no such refund of order \"" + stated.original() + '"')
                : there(stated, there.amount(), there.points());
    }

    private static Compared absent(Stated stated, String found) {
        if (!stated.isDelivered()) {
            return Compared.equal(stated, null);
        }
        String begin = where(stated) + ": delivered here, but " + found + '.';
        return stated.sendable()
                ? Compared.differs(stated, Difference.MISSING, begin + " reconcile --repair sends it again.")
                        .repairedBy(Repair.SEND_AGAIN, null)
                : Compared.differs(
                        stated,
                        Difference.MISSING,
                        begin + " It spent points, or what it said is no longer kept here: look for it at Gameball, and"
                                + " have the till send it again under a number of its own.");
    }

    /**
     * @param amount null where Gameball does not say
     * @param points the same
     */
    private static Compared there(Stated stated, BigDecimal amount, BigDecimal points) {
        if (amount != null && amount.compareTo(stated.amount()) != 0) {
            return Compared.differs(
                    stated,
                    Difference.OTHER_AMOUNT,
                    where(stated) + ": " + plain(stated.amount()) + " and "
                            + stated.state().word()
                            + " here, Gameball has it with " + plain(amount)
                            + ". Look at both, and correct it at Gameball by hand.");
        }
        if (!stated.isDelivered()) {
            return notNoted(stated, points);
        }
        if (stated.points() != null && points != null && stated.points().compareTo(points) != 0) {
            return Compared.differs(
                    stated,
                    Difference.OTHER_POINTS,
                    where(stated) + ": " + plain(stated.points()) + " points here, Gameball has " + plain(points)
                            + ". Somebody may have corrected it there.");
        }
        return Compared.equal(stated, stated.points() == null ? points : null);
    }

    private static Compared notNoted(Stated stated, BigDecimal points) {
        String begin = where(stated) + ": " + stated.state().word() + " here, but Gameball has it.";
        boolean others = Reason.ORDER_ID_REUSED.code().equals(stated.reason());
        return others
                ? Compared.differs(stated, Difference.NOT_NOTED, begin + " " + Reason.ORDER_ID_REUSED.remedy())
                : Compared.differs(stated, Difference.NOT_NOTED, begin + " reconcile --repair settles it as delivered.")
                        .repairedBy(Repair.SETTLE, points);
    }

    private static String where(Stated stated) {
        return stated.place() + ": " + (stated.isRefund() ? "refund \"" : "order \"") + stated.orderId() + '"';
    }

    static String plain(BigDecimal number) {
        return number.scale() > 2 ? number.stripTrailingZeros().toPlainString() : number.toPlainString();
    }
}
