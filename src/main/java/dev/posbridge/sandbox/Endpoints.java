package dev.posbridge.sandbox;

import static dev.posbridge.sandbox.Endpoint.Customer.IN_BODY;
import static dev.posbridge.sandbox.Endpoint.Customer.IN_PATH;
import static dev.posbridge.sandbox.Endpoint.Customer.NONE;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Every call the sandbox answers. */
final class Endpoints {
    private final List<Endpoint> all;

    Endpoints(
            CustomerCalls customers,
            ActivityCalls activities,
            TransactionCalls transactions,
            HoldCalls holds,
            BatchCalls batches) {
        all = List.of(
                new Endpoint("GET", "customers/{id}/balance", Resource.CUSTOMERS_READ, IN_PATH, customers::balance),
                new Endpoint("POST", "orders", Resource.ORDERS, IN_BODY, transactions::order),
                new Endpoint("POST", "transactions/refund", Resource.TRANSACTIONS_WRITE, IN_BODY, transactions::refund),
                new Endpoint("POST", "customers", Resource.CUSTOMERS_WRITE, IN_BODY, customers::save),
                new Endpoint("GET", "customers/{id}", Resource.CUSTOMERS_READ, IN_PATH, customers::show),
                new Endpoint("DELETE", "customers/{id}", Resource.CUSTOMERS_WRITE, IN_PATH, customers::delete),
                new Endpoint("GET", "customers/{id}/details", Resource.CUSTOMERS_READ, IN_PATH, customers::details),
                new Endpoint("GET", "customers/{id}/hash", Resource.CUSTOMERS_READ, IN_PATH, holds::hash),
                new Endpoint("GET", "customers/{id}/activities", Resource.CUSTOMERS_READ, IN_PATH, activities::list),
                new Endpoint("POST", "orders/reward-preview", Resource.ORDERS, IN_BODY, activities::preview),
                new Endpoint("POST", "transactions/otp", Resource.TRANSACTIONS_WRITE, IN_BODY, holds::otp),
                new Endpoint("POST", "events", Resource.EVENTS, IN_BODY, customers::events),
                new Endpoint("GET", "orders/{id}/transactions", Resource.ORDERS, NONE, transactions::history),
                new Endpoint("POST", "transactions/hold", Resource.TRANSACTIONS_WRITE, IN_BODY, holds::open),
                new Endpoint("GET", "transactions/hold/{ref}", Resource.TRANSACTIONS_READ, NONE, holds::show),
                new Endpoint("DELETE", "transactions/hold/{ref}", Resource.TRANSACTIONS_WRITE, NONE, holds::release),
                new Endpoint("POST", "batch/customers", Resource.OTHER, NONE, batches::customers),
                new Endpoint("POST", "batch/orders", Resource.OTHER, NONE, batches::orders),
                new Endpoint("POST", "batch/events", Resource.OTHER, NONE, batches::events),
                new Endpoint("POST", "batch/balance-inquiry", Resource.OTHER, NONE, batches::balances),
                new Endpoint("POST", "batch/orders/transactions", Resource.OTHER, NONE, batches::histories),
                new Endpoint("GET", "batches/{id}/status", Resource.OTHER, NONE, batches::status),
                new Endpoint("POST", "batches/{id}/stop", Resource.OTHER, NONE, batches::stop));
    }

    /** An endpoint and the values in its path. */
    record Match(Endpoint endpoint, List<String> parameters) {}

    /** Refuses an unknown path (404) and a method that the path does not take (405). */
    Match find(String method, String path) {
        for (Endpoint endpoint : all) {
            Optional<List<String>> parameters =
                    endpoint.method().equals(method) ? endpoint.match(path) : Optional.empty();
            if (parameters.isPresent()) {
                return new Match(endpoint, parameters.get());
            }
        }
        String allowed = all.stream()
                .filter(endpoint -> endpoint.match(path).isPresent())
                .map(Endpoint::method)
                .distinct()
                .collect(Collectors.joining(", "));
        if (allowed.isEmpty()) {
            throw new Refusal(404, 404, "path \"" + path + "\" is not known");
        }
        throw new Refusal(405, 405, "method " + method + " is not allowed for \"" + path + "\", allowed: " + allowed);
    }
}
