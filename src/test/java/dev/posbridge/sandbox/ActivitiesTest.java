package dev.posbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ActivitiesTest {
    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults());
    private final Caller caller = new Caller(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void listsWhatChangedTheCustomersPointsPageByPage() {
        caller.post("orders", Caller.order("ann", "R-1", "10:00:00", "10"));
        caller.post("orders", Caller.order("bob", "R-2", "10:00:00", "10"));
        caller.post("orders", Caller.order("ann", "R-3", "10:00:01", "20"));
        caller.post("transactions/refund", Caller.refund("ann", "F-1", "R-1", "10:00:02", "4"));

        assertThat(seen("")).containsExactly("PaymentReward R-1 10", "PaymentReward R-3 20", "Refund F-1 4");
        assertThat(seen("?limit=2")).hasSize(2);
        assertThat(seen("?activityType=Refund")).containsExactly("Refund F-1 4");
        JsonNode first = caller.get("customers/ann/activities?limit=1").json();
        assertThat(first.get("hasMore").asBoolean()).isTrue();
        String after = first.at("/activities/0/activityId").asText();
        assertThat(seen("?startAfter=" + after)).containsExactly("PaymentReward R-3 20", "Refund F-1 4");
    }

    @Test
    void refusesWhatIsNoParameterAndACustomerOfNobody() {
        caller.post("orders", Caller.order("ann", "R-1", "10:00:00", "10"));

        assertThat(caller.get("customers/ann/activities?limit=201").error())
                .isEqualTo("422/3000 limit must be a whole number up to 200, found \"201\"");
        assertThat(caller.get("customers/ann/activities?page=1").error())
                .isEqualTo("422/3000 page is not a parameter of this call");
        assertThat(caller.get("customers/eve/activities").status()).isEqualTo(404);
    }

    @Test
    void saysWhatAnOrderWouldEarnAndPlacesNone() {
        JsonNode preview = caller.post(
                        "orders/reward-preview", "{'customerId':'ann','totalPaid':12.90,'channel':'pos'}")
                .json();

        assertThat(preview.get("totalPoints").asInt()).isEqualTo(12);
        assertThat(preview.get("customerFound").asBoolean()).isFalse();
        assertThat(sandbox.book().orders()).isEmpty();
    }

    private List<String> seen(String query) {
        JsonNode list = caller.get("customers/ann/activities" + query).json().get("activities");
        return StreamSupport.stream(list.spliterator(), false)
                .map(activity -> activity.get("activityType").asText() + " "
                        + activity.get("transactionId").asText() + " "
                        + activity.get("points").asText())
                .toList();
    }
}
