package dev.posbridge.sandbox;

import java.util.List;
import java.util.Set;

/** A customer as it was sent, checked; everything but the id may be null. */
record CustomerRequest(
        String customerId, String email, String mobile, String displayName, String referrerCode, boolean guest) {
    private static final Set<String> KNOWN =
            Set.of("customerId email mobile deviceToken osType customerAttributes referrerCode guest".split(" "));
    private static final List<String> TEXTS =
            List.of(("firstName lastName gender dateOfBirth joinDate country city zip preferredLanguage "
                            + "source lastOrderDate")
                    .split(" "));
    private static final Set<String> ATTRIBUTES =
            Set.of(("displayName firstName lastName email gender mobile dateOfBirth joinDate country city "
                            + "zip preferredLanguage source utms devices paymentMethods totalSpent lastOrderDate "
                            + "totalOrders avgOrderAmount channel custom")
                    .split(" "));

    static CustomerRequest read(Fields fields) {
        fields.only(KNOWN);
        fields.text("deviceToken");
        fields.text("osType");
        String email = fields.text("email");
        String mobile = fields.text("mobile");
        String displayName = null;
        Fields attributes = fields.object("customerAttributes");
        if (attributes != null) {
            check(attributes);
            email = email == null ? attributes.text("email") : email;
            mobile = mobile == null ? attributes.text("mobile") : mobile;
            displayName = attributes.text("displayName");
        }
        return new CustomerRequest(
                fields.requiredText("customerId"),
                email,
                mobile,
                displayName,
                fields.text("referrerCode"),
                fields.flag("guest"));
    }

    private static void check(Fields attributes) {
        attributes.only(ATTRIBUTES).channel();
        TEXTS.forEach(attributes::text);
        attributes.list("utms");
        attributes.list("devices");
        attributes.list("paymentMethods");
        attributes.amount("totalSpent");
        attributes.amount("avgOrderAmount");
        attributes.whole("totalOrders", 0, Integer.MAX_VALUE);
        attributes.object("custom");
    }
}
