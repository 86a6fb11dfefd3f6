package dev.posbridge.intake;

import dev.posbridge.gameball.Payloads;
import dev.posbridge.ledger.Entry;
import dev.posbridge.ledger.Forgotten;
import dev.posbridge.pos.Money;
import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Reason;
import dev.posbridge.pos.Refund;
import dev.posbridge.pos.Sale;
import dev.posbridge.settings.Account;

/** What the account says of a record before anybody is asked: who is skipped, and in which currency. Thread-safe. */
public final class AccountRules {
    private final Account account;
    private final Forgotten forgotten;

    public AccountRules(Account account) {
        this(account, null);
    }

    /** @param forgotten customers who must not come back; null for none */
    public AccountRules(Account account, Forgotten forgotten) {
        this.account = account;
        this.forgotten = forgotten;
    }

    /** Nothing of such a record may be kept but that it was. */
    boolean isForgotten(PosRecord posRecord) {
        return forgotten != null && forgotten.test(posRecord);
    }

    /** Whether rows that nobody can read name one of them: then nothing of the rows may be kept. */
    boolean isForgottenNamedIn(String raw) {
        return forgotten != null && forgotten.isNamedIn(raw);
    }

    /** @param raw the rows it came from */
    public Entry apply(PosRecord posRecord, String raw) {
        if (isForgotten(posRecord)) {
            return forgotten(posRecord);
        }
        if (posRecord instanceof Sale sale) {
            return applyToSale(sale, raw);
        }
        if (posRecord instanceof Refund refund) {
            return applyToRefund(refund, raw);
        }
        return Entry.pending(posRecord, raw);
    }

    private Entry applyToSale(Sale sale, String raw) {
        if (isForeign(sale.totalPaid())) {
            return foreign(sale, sale.totalPaid(), raw);
        }
        if (account.earnFrom() != null && sale.businessDate().isBefore(account.earnFrom())) {
            return skipped(sale, raw, Reason.BEFORE_PROGRAMME);
        }
        if (sale.customer() == null && account.anonymous() == Account.Anonymous.SKIP) {
            return skipped(sale, raw, Reason.ANONYMOUS);
        }
        if (sale.totalPaid().amount().signum() == 0 && sale.redemption() == null) {
            return skipped(sale, raw, Reason.NOTHING_PAID);
        }
        if (account.excludesTaxAndShipping() && sale.totalTax() == null) {
            String problem =
                    sale.position() + ": sale \"" + sale.key() + "\" says no tax, but the account's points exclude "
                            + "it. Map total-tax in the profile, fill it in and replay.";
            return Entry.dead(sale, sale.position(), raw, Reason.VALUE_MISSING, problem);
        }
        return Entry.pending(sale.customer() == null ? Payloads.toGuest(sale) : sale, raw);
    }

    private Entry applyToRefund(Refund refund, String raw) {
        if (refund.amount() != null && isForeign(refund.amount())) {
            return foreign(refund, refund.amount(), raw);
        }
        boolean anonymous = refund.customer() == null && refund.original() == null;
        return anonymous ? skipped(refund, raw, Reason.ANONYMOUS) : Entry.pending(refund, raw);
    }

    /** Its money counts, who it was does not. */
    private static Entry forgotten(PosRecord posRecord) {
        String id = posRecord.customer().id();
        PosRecord nobodys = null;
        if (posRecord instanceof Sale sale
                && !sale.key().contains(id)
                && !sale.orderId().contains(id)) {
            nobodys = sale.ofNobody();
        } else if (posRecord instanceof Refund refund && !refund.key().contains(id)) {
            nobodys = refund.of(null);
        }
        return Entry.skipped(nobodys, posRecord.position(), null, Reason.FORGOTTEN);
    }

    private boolean isForeign(Money money) {
        return !money.currency().getCurrencyCode().equals(account.currency());
    }

    private Entry foreign(PosRecord posRecord, Money money, String raw) {
        String problem = posRecord.position() + ": " + posRecord.kind().word() + " \"" + posRecord.key() + "\" is in "
                + money.currency() + ", expected " + account.currency() + ". " + Reason.CURRENCY_REFUSED.remedy();
        return Entry.dead(posRecord, posRecord.position(), raw, Reason.CURRENCY_REFUSED, problem);
    }

    private static Entry skipped(PosRecord posRecord, String raw, Reason reason) {
        return Entry.skipped(posRecord, posRecord.position(), raw, reason);
    }
}
