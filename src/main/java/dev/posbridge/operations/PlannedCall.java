package dev.posbridge.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.posbridge.gameball.Call;
import dev.posbridge.gameball.GameballJson;
import dev.posbridge.gameball.Payloads;
import dev.posbridge.pos.CustomerUpdate;
import dev.posbridge.pos.Event;
import dev.posbridge.pos.Money;
import dev.posbridge.pos.PosRecord;
import dev.posbridge.pos.Refund;
import dev.posbridge.pos.Sale;
import dev.posbridge.settings.Account;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;

/**
 * The call that delivery would make of a record.
 *
 * @param body as an object of {@code gameball}; null where only delivery can know it: a refund takes its customer, and a
 *     void its amount, from its sale
 */
public record PlannedCall(Call call, Object body) {

    /** Makes calls by the rules of one account. */
    public static final class Planner {
        /** More than are ever shown. */
        private static final int CUSTOMERS_WITH_TIMES = 16;

        private final Payloads payloads;
        private final String currency;
        private final Map<String, Instant> lastTimes = new HashMap<>();

        public Planner(Account account) {
            this.payloads = new Payloads(account.merging(), account.returnWindowDays());
            this.currency = account.currency();
        }

        /** An amount of the account. */
        String money(BigDecimal amount) {
            return new Money(amount, Currency.getInstance(currency)).toString();
        }

        /** @throws dev.posbridge.RecordRejectedException where the record lacks what the account demands */
        public PlannedCall plan(PosRecord posRecord) {
            if (posRecord instanceof Sale sale) {
                return new PlannedCall(Call.ORDER, payloads.order(sale, time(sale)));
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

        /** Gameball refuses two transactions of a customer at the same time, so delivery moves the second. */
        private Instant time(PosRecord posRecord) {
            String customer = posRecord.customer().id();
            if (lastTimes.size() == CUSTOMERS_WITH_TIMES && !lastTimes.containsKey(customer)) {
                return posRecord.at();
            }
            Instant last = lastTimes.get(customer);
            boolean taken = last != null
                    && !last.isBefore(posRecord.at())
                    && last.isBefore(posRecord.at().plusSeconds(1));
            Instant time = taken ? last.plusMillis(1) : posRecord.at();
            lastTimes.merge(customer, time, (one, other) -> one.isAfter(other) ? one : other);
            return time;
        }

        private Object refund(Refund refund) {
            boolean whole = refund.customer() != null && refund.originalOrderId() != null && !refund.wholeSale();
            return whole
                    ? payloads.refund(
                            refund,
                            refund.customer(),
                            refund.originalOrderId(),
                            refund.amount().amount(),
                            time(refund))
                    : null;
        }
    }

    /** {@code POST orders}. */
    public String name() {
        return call.method() + " " + call.path();
    }

    /** The body as it would be sent. */
    public String json() {
        try {
            return GameballJson.mapper().writeValueAsString(body);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a request is always writable", impossible);
        }
    }
}
