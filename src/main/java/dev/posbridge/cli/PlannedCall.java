package dev.posbridge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.posbridge.Account;
import dev.posbridge.gameball.Call;
import dev.posbridge.gameball.GameballJson;
import dev.posbridge.gameball.Payloads;
import dev.posbridge.pos.CustomerUpdate;
import dev.posbridge.pos.Event;
import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Refund;
import dev.posbridge.pos.Sale;

/**
 * The call that delivery would make of a record.
 *
 * @param body as an object of {@code gameball}; null where only delivery can know it: a refund takes its customer, and a
 *     void its amount, from its sale
 */
record PlannedCall(Call call, Object body) {

    /** Makes calls by the rules of one account. */
    static final class Planner {
        private final Payloads payloads;

        Planner(Account account) {
            this.payloads = new Payloads(account.merging(), account.returnWindowDays());
        }

        /** @throws dev.posbridge.RecordRejectedException where the record lacks what the account demands */
        PlannedCall plan(PosRecord posRecord) {
            if (posRecord instanceof Sale sale) {
                return new PlannedCall(Call.ORDER, payloads.order(sale, sale.soldAt()));
            }
            if (posRecord instanceof Refund refund) {
                return new PlannedCall(Call.REFUND, refund(refund));
            }
            if (posRecord instanceof Event event) {
                return new PlannedCall(Call.EVENT, payloads.event(event));
            }
            CustomerUpdate update = (CustomerUpdate) posRecord;
            return new PlannedCall(Call.CUSTOMER, payloads.customer(update.customer(), update.position()));
        }

        private Object refund(Refund refund) {
            boolean whole = refund.customer() != null && refund.originalOrderId() != null && !refund.wholeSale();
            return whole
                    ? payloads.refund(
                            refund,
                            refund.customer(),
                            refund.originalOrderId(),
                            refund.amount().amount(),
                            refund.returnedAt())
                    : null;
        }
    }

    /** {@code POST orders}. */
    String name() {
        return call.method() + " " + call.path();
    }

    /** The body as it would be sent. */
    String json() {
        try {
            return GameballJson.mapper().writeValueAsString(body);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a request is always writable", impossible);
        }
    }
}
