package dev.posbridge.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.atomic.AtomicLong;

/** Customers and their events. */
final class CustomerCalls {
    private final SandboxBook book;
    private final Bookkeeper bookkeeper;
    private final SandboxSettings settings;
    private final AtomicLong saved = new AtomicLong();

    CustomerCalls(SandboxBook book, Bookkeeper bookkeeper, SandboxSettings settings) {
        this.book = book;
        this.bookkeeper = bookkeeper;
        this.settings = settings;
    }

    Answer balance(Call call) {
        return Answer.ok(bookkeeper.balance(call.parameter()).toJson());
    }

    Answer show(Call call) {
        SandboxCustomer customer =
                book.customer(call.parameter()).orElseThrow(() -> Refusal.unknownCustomer(call.parameter()));
        ObjectNode body = Json.object()
                .put("gameballId", customer.gameballId())
                .put("customerId", customer.customerId())
                .put("referralCode", "GB" + customer.gameballId())
                .put("isReferred", false);
        body.putObject("customerAttributes").put("totalOrders", customer.orders());
        return Answer.ok(body);
    }

    /** The profile, as far as the sandbox keeps it. */
    Answer details(Call call) {
        SandboxCustomer customer =
                book.customer(call.parameter()).orElseThrow(() -> Refusal.unknownCustomer(call.parameter()));
        ObjectNode body =
                Json.object().put("customerId", customer.customerId()).put("gameballId", customer.gameballId());
        body.putObject("customerAttributes")
                .put("displayName", customer.displayName())
                .put("email", customer.email())
                .put("mobile", customer.mobile())
                .put("totalOrders", customer.orders());
        return Answer.ok(body);
    }

    Answer save(Call call) {
        Fields fields = call.fields();
        CustomerRequest request = CustomerRequest.read(fields);
        settings.merging().demand(fields);
        SandboxCustomer customer = bookkeeper.save(request);
        boolean whole =
                switch (settings.customerAnswer()) {
                    case GAMEBALL_ID -> false;
                    case CUSTOMER -> true;
                    case ALTERNATE -> saved.getAndIncrement() % 2 == 1;
                };
        if (!whole) {
            return Answer.ok(Json.object().put("gameballId", customer.gameballId()));
        }
        return Answer.ok(Json.object()
                .put("customerId", customer.customerId())
                .put("name", customer.displayName())
                .put("email", customer.email())
                .put("mobile", customer.mobile())
                .put("createdAt", customer.arrivedAt().toString()));
    }

    Answer delete(Call call) {
        book.deleteCustomer(call.parameter());
        return Answer.ok(Json.object().put("success", true));
    }

    Answer events(Call call) {
        Fields fields = call.fields();
        EventRequest request = EventRequest.read(fields);
        settings.merging().demand(fields);
        bookkeeper.record(request);
        return Answer.ok(Json.object().put("success", true).put("message", "Events processed"));
    }
}
