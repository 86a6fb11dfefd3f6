package dev.posbridge.gameball;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallTest {
    @ParameterizedTest
    @CsvSource({
        "BALANCE, CUSTOMERS_GET_AND_EVENTS",
        "CUSTOMER, CUSTOMERS_POST",
        "ORDER, ORDERS",
        "ORDER_TRANSACTIONS, ORDERS",
        "REFUND, TRANSACTIONS_POST",
        "EVENT, CUSTOMERS_GET_AND_EVENTS",
        "HOLD, TRANSACTIONS_POST",
        "HOLD_RELEASE, TRANSACTIONS_POST",
        "ONE_TIME_PASSWORD, TRANSACTIONS_POST",
        "ORDER_PREVIEW, ORDERS",
        "ACTIVITIES, CUSTOMERS_GET_AND_EVENTS",
        "CUSTOMERS, OTHER",
        "ORDERS, OTHER",
        "EVENTS, OTHER",
        "BALANCES, OTHER",
        "ORDERS_TRANSACTIONS, OTHER",
        "JOB_STATUS, OTHER",
        "JOB_STOP, OTHER"
    })
    void countsAsTheResourceOfItsPath(Call call, Resource resource) {
        assertThat(call.resource()).isEqualTo(resource);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, transactions/hold/H1, TRANSACTIONS_GET",
        "DELETE, transactions/hold/H1, TRANSACTIONS_POST",
        "GET, transactions?page=1, TRANSACTIONS_GET",
        "GET, referrals/validate, OTHER"
    })
    void countsAnyOtherPathToo(String method, String path, Resource resource) {
        assertThat(Resource.of(method, path)).isEqualTo(resource);
    }

    @ParameterizedTest
    @CsvSource({
        "mobile_966500001234, customers/mobile_966500001234/balance",
        "jane@x.org, customers/jane%40x.org/balance",
        "a b+c, customers/a%20b%2Bc/balance",
        "../../orders?x=1#y, customers/..%2F..%2Forders%3Fx%3D1%23y/balance",
        ".., customers/%2E%2E/balance",
        "عميل, customers/%D8%B9%D9%85%D9%8A%D9%84/balance",
        "{}, customers/%7B%7D/balance"
    })
    void encodesAnIdAsOneSegment(String id, String path) {
        assertThat(Call.BALANCE.path(id)).isEqualTo(path);
    }

    @Test
    void hasAPathWithoutAnIdOnlyWhereItNeedsNone() {
        assertThat(Call.ORDERS.path()).isEqualTo("batch/orders");
        assertThatThrownBy(Call.JOB_STATUS::path)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("JOB_STATUS needs an id");
    }
}
