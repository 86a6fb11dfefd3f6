package dev.posbridge.sandbox;

import java.util.Locale;

/** Whether the account merges channels, and by what; then every call about a customer must carry it. */
public enum Merging {
    NONE,
    EMAIL,
    MOBILE;

    void demand(Fields fields) {
        String email = fields.text("email");
        String mobile = fields.text("mobile");
        String demanded = this == EMAIL ? email : mobile;
        if (this != NONE && (demanded == null || demanded.isBlank())) {
            throw Refusal.invalid(name().toLowerCase(Locale.ROOT) + " is required: this account merges channels by it");
        }
    }
}
