package dev.posbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EarningTest {
    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults().withPointsPerUnit(new BigDecimal("2")));
    private final Caller caller = new Caller(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            by what was paid when there are no lines | 'totalPaid':10.75                      | 21 |
            by the lines when they come to the total | 'totalPaid':12,'lineItems':[{'productId':'a','quantity':2,'price':5,'taxes':3,'discount':1}] | 24 | 24
            with the difference spread over lines    | 'totalPaid':10,'lineItems':[{'quantity':1,'price':15},{'quantity':1,'price':5}] | 20 | 15 5
            with shipping taken off first            | 'totalPaid':10,'totalShipping':4,'lineItems':[{'quantity':1,'price':8}] | 12 | 12
            less where the lines fall short          | 'totalPaid':10,'lineItems':[{'quantity':1,'price':7.5}] | 15 | 15
            as if a negative price were not there    | 'totalPaid':10,'lineItems':[{'quantity':1,'price':10},{'quantity':1,'price':-3}] | 20 | 20 0
            nothing where nothing was paid           | 'totalPaid':0,'lineItems':[{'quantity':1,'price':10}] | 0 | 0
            """)
    void anOrderEarns(String how, String fields, int points, String lines) {
        JsonNode answer = caller.post(
                        "orders",
                        "{'customerId':'ann','orderId':'R-1','orderDate':'2026-01-31T10:00:00Z'," + fields + "}")
                .json();

        assertThat(answer.path("rewardedPoints").asInt()).as(how).isEqualTo(points);
        assertThat(answer.path("lineItems").findValuesAsText("decimalPoints"))
                .usingElementComparator((left, right) -> new BigDecimal(left).compareTo(new BigDecimal(right)))
                .containsExactly(lines == null ? new String[0] : lines.split(" "));
    }
}
