package dev.posbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadRulesTest {
    private static Sandbox sandbox;
    private static Caller caller;

    @BeforeAll
    static void open() {
        sandbox = Sandbox.start(SandboxSettings.defaults().withQuotas(SandboxSettings.QuotaRule.OFF));
        caller = new Caller(sandbox);
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            customerId   | 'x':1                    | x is not a field of this call
            orderDate    |                          | orderDate is required
            totalPaid    |                          | totalPaid is required
            orderId      | 'orderId':' '            | orderId is required
            orderId      | 'orderId':17             | orderId must be a string, found 17
            totalPaid    | 'totalPaid':null         | totalPaid is required
            totalPaid    | 'totalPaid':'10'         | totalPaid must be a number, found "10"
            totalPaid    | 'totalPaid':-0.01        | totalPaid must not be negative, found -0.01
            totalPaid    | 'totalPaid':1e400        | totalPaid must be a number of at most 15 digits and 10 decimals, found 1E+400
            orderDate    | 'orderDate':'2026-01-31T10:00:00' | orderDate must be a UTC time like 2026-01-31T08:13:29.290Z, found "2026-01-31T10:00:00"
            orderDate    | 'orderDate':'2026-01-31T10:00:00+01:00' | orderDate must be a UTC time like 2026-01-31T08:13:29.290Z, found "2026-01-31T10:00:00+01:00"
            orderDate    | 'orderDate':'2026-02-30T10:00:00Z' | orderDate must be a UTC time like 2026-01-31T08:13:29.290Z, found "2026-02-30T10:00:00Z"
            channel      | 'channel':'kiosk'        | channel must be one of mobile, pos, web, callcenter, found "kiosk"
            totalTax     | 'totalTax':-1            | totalTax must not be negative, found -1
            guest        | 'guest':'yes'            | guest must be true or false, found "yes"
            extra        | 'extra':{'a':{'b':1}}    | extra.a must be a string or a number, found {"b":1}
            extra        | 'extra':[]               | extra must be an object, found []
            extra        | 'extra':{'a':true}       | extra.a must be a string or a number, found true
            lineItems    | 'lineItems':{}           | lineItems must be a list, found {}
            lineItems    | 'lineItems':[1]          | lineItems[0] must be an object, found 1
            lineItems    | 'lineItems':[{'price':1},{'price':'1'}] | lineItems[1].price must be a number, found "1"
            lineItems    | 'lineItems':[{'discount':-1}] | lineItems[0].discount must not be negative, found -1
            lineItems    | 'lineItems':[{'category':'food'}] | lineItems[0].category must be a list, found "food"
            lineItems    | 'lineItems':[{'extra':{'a':[]}}] | lineItems[0].extra.a must be a string or a number, found []
            merchant     | 'merchant':{'branch':{}} | merchant.branch.uniqueId is required
            cashbackConfigurations | 'cashbackConfigurations':{'returnWindow':7301} | cashbackConfigurations.returnWindow must be a whole number from 0 to 7300, found 7301
            redemption   | 'redemption':{'couponCodes':[7]} | redemption.couponCodes[0] must be a string, found 7
            """)
    void refusesAnOrder(String replaced, String field, String message) {
        String whole = "'customerId':'ann','orderId':'R-1','orderDate':'2026-01-31T10:00:00Z','totalPaid':10";
        String body = Arrays.stream(whole.split(","))
                .filter(one -> field != null && field.startsWith("'x'") || !one.startsWith("'" + replaced + "'"))
                .collect(Collectors.joining(","));

        assertThat(caller.post("orders", "{" + body + (field == null ? "" : "," + field) + "}")
                        .error())
                .isEqualTo("422/3000 " + message);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            customers           | {}                                     | customerId is required
            customers           | {'customerId':'a','mobile':44}         | mobile must be a string, found 44
            customers           | {'customerId':'a','name':'Ann'}        | name is not a field of this call
            customers           | {'customerId':'a','customerAttributes':{'channel':'till'}} | customerAttributes.channel must be one of mobile, pos, web, callcenter, found "till"
            customers           | {'customerId':'a','customerAttributes':{'name':'Ann'}} | customerAttributes.name is not a field of this call
            transactions/refund | {'customerId':'a'}                     | refundTransactionId is required
            transactions/refund | {'customerId':'a','refundTransactionId':'f','reverseTransactionId':'r','transactionTime':'yesterday'} | transactionTime must be a UTC time like 2026-01-31T08:13:29.290Z, found "yesterday"
            transactions/refund | {'customerId':'a','refundTransactionId':'f','reverseTransactionId':'r','transactionTime':'2026-01-31T10:00:00Z','refundAmount':''} | refundAmount must be a number, found ""
            events              | {'customerId':'a'}                     | events is required
            events              | {'customerId':'a','events':{}}         | events is required
            events              | {'customerId':'a','events':{'visit':1}} | events.visit must be an object, found 1
            batch/orders        | {}                                     | body is required: a list of 1 to 1000 objects
            batch/orders        | {'body':[]}                            | body is required: a list of 1 to 1000 objects
            batch/orders        | {'body':{}}                            | body must be a list, found {}
            batch/orders        | {'body':['R-1']}                       | body must be a list of objects
            batch/orders/transactions | {'body':[{}]}                    | body must be a list of order ids
            """)
    void refusesTheBodyOf(String path, String body, String message) {
        assertThat(caller.post(path, body).error()).isEqualTo("422/3000 " + message);
    }

    @Test
    void refusesWhatIsNoJsonObject() {
        assertThat(caller.post("orders", "[]").error()).isEqualTo("400/3000 body must be a JSON object");
        assertThat(caller.post("orders", "{'a':1,'a':2}").error())
                .isEqualTo("400/3000 body is not valid JSON: Duplicate field 'a'");
        assertThat(caller.post("orders", "{} {}").error()).startsWith("400/3000 body is not valid JSON: ");
        assertThat(caller.post("orders", "").error()).isEqualTo("400/3000 body must be a JSON object");
        assertThat(caller.send(caller.posting("orders", "{}").setHeader("Content-Type", "text/plain"))
                        .error())
                .isEqualTo("415/3000 Content-Type must be application/json, found text/plain");
    }

    @Test
    void refusesMoreThanAThousandObjectsInABatch() {
        String objects =
                IntStream.range(0, 1_001).mapToObj(i -> "{'customerId':'c'}").collect(Collectors.joining(","));

        assertThat(caller.post("batch/customers", "{'body':[" + objects + "]}").error())
                .isEqualTo("422/3000 body must have at most 1000 objects, found 1001");
    }

    @Test
    void refusesABodyOfMoreThanSixteenMegabytes() {
        String body = "{'customerId':'" + "x".repeat(40 * 1024 * 1024) + "'}";

        assertThat(caller.post("orders", body).error()).isEqualTo("413/3000 body is larger than 16777216 bytes");
    }

    @Test
    void refusesUnknownPathsAndMethodsInTheShapeOfErrors() {
        Caller.Got unknown = caller.get("coupons");
        assertThat(unknown.error()).isEqualTo("404/404 path \"coupons\" is not known");
        assertThat(unknown.json().fieldNames())
                .toIterable()
                .containsExactly("code", "type", "message", "documentationUrl", "requestId");
        assertThat(caller.get("/api/v3/orders").error()).isEqualTo("404/404 path \"/api/v3/orders\" is not known");
        Caller.Got wrong = caller.get("orders");
        assertThat(wrong.error()).isEqualTo("405/405 method GET is not allowed for \"orders\", allowed: POST");
    }

    @Test
    void keepsNothingOfWhatItRefused() {
        assertThat(sandbox.book().totals().orders()).isZero();
        assertThat(sandbox.book().totals().customers()).isZero();
    }
}
