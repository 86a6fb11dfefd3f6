package dev.posbridge.vendor.rule;

import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.value.Facts;
import dev.posbridge.vendor.value.IdText;

/** Ids that belong to nobody: everybody's points would land on one account. */
final class CustomerIds {
    private CustomerIds() {}

    /** Zeros only: how tills number "no customer". */
    static boolean isNobody(String id) {
        return IdText.isZero(id);
    }

    /** @throws dev.posbridge.RecordRejectedException ID_MANGLED for one digit, alone or all over, as cashiers type it */
    static void refuseDummy(String id, int column, Facts facts) {
        if (IdText.isSingleDigit(id)) {
            throw facts.fault(
                    column,
                    Reason.ID_MANGLED,
                    "the customer id \"" + id + "\" is a single digit, which mostly stands for nobody. Correct the row"
                            + " and replay, or put it under customer.ignore in " + facts.profile()
                            + ": the receipt then has no customer. Where customers do have such ids, say it with"
                            + " matches under values there.");
        }
        if (IdText.isDummy(id)) {
            throw facts.fault(
                    column,
                    Reason.ID_MANGLED,
                    "the customer id \"" + id
                            + "\" is one digit all over, which is nobody's. Correct the row and replay,"
                            + " or put it under customer.ignore in " + facts.profile()
                            + ": the receipt then has no customer.");
        }
    }
}
