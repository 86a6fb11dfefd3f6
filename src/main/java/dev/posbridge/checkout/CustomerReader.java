package dev.posbridge.checkout;

import dev.posbridge.pos.CustomerDetails;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads whom a request is about: a {@code customerId}, or the {@code qr} that the customer's app shows, which is the id
 * with the six digits of its hash behind it.
 */
final class CustomerReader {
    private static final Pattern QR = Pattern.compile("(.{1,100}?)(\\d{6})");
    private static final Pattern MOBILE = Pattern.compile("\\+\\d{7,15}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");

    private final RequestFields fields;
    private final RequestFields details;
    private String hash;

    CustomerReader(RequestFields fields) {
        this.fields = fields;
        this.details = fields;
    }

    private CustomerReader(RequestFields fields, RequestFields details) {
        this.fields = fields;
        this.details = details;
    }

    /** The digits that prove that the customer is there, or null; after whom it is about was read. */
    String hash() {
        return hash;
    }

    /** With id, e-mail and mobile only; a problem where there is no id. */
    CustomerDetails required() {
        String id = id();
        return id == null ? null : CustomerDetails.of(id, email(), mobile());
    }

    /** As {@link #required}, but null where the request names nobody. */
    CustomerDetails optional() {
        return fields.has("customerId") || fields.has("qr") ? required() : unnamed();
    }

    private CustomerDetails unnamed() {
        if (email() != null || mobile() != null) {
            fields.problem("customerId", "the customer's id beside e-mail or mobile");
        }
        return null;
    }

    /** With the code of whoever referred the customer. */
    CustomerDetails referred() {
        String id = id();
        String code = fields.requiredId("referrerCode");
        return id == null ? null : withReferrer(id, code);
    }

    private CustomerDetails withReferrer(String id, String code) {
        return new CustomerDetails(
                id, email(), mobile(), null, null, null, null, null, null, null, null, null, null, code, Map.of());
    }

    /** With everything that a till may know, under {@code customer}. */
    CustomerDetails detailed() {
        String id = id();
        RequestFields known = fields.object("customer");
        if (known == null) {
            return id == null ? null : CustomerDetails.of(id, email(), mobile());
        }
        return new CustomerReader(fields, known).profile(id, email(), mobile());
    }

    /** Whether a profile was given. */
    boolean isDetailed() {
        return fields.has("customer");
    }

    private CustomerDetails profile(String id, String email, String mobile) {
        String gender = details.id("gender");
        if (gender != null && !gender.equals("M") && !gender.equals("F")) {
            details.problem("gender", "M or F");
        }
        String language = details.id("preferredLanguage");
        if (language != null && !language.matches("[a-z]{2}")) {
            details.problem("preferredLanguage", "two small letters, like en");
        }
        return new CustomerDetails(
                id == null ? "?" : id,
                email,
                mobile,
                details.text("displayName"),
                details.text("firstName"),
                details.text("lastName"),
                gender,
                details.date("dateOfBirth"),
                details.date("joinDate"),
                details.text("country"),
                details.text("city"),
                details.text("zip"),
                language,
                details.id("referrerCode"),
                details.pairs("custom"));
    }

    private String id() {
        String id = fields.id("customerId");
        String qr = fields.text("qr");
        hash = fields.id("hash");
        if (qr == null) {
            if (id == null) {
                fields.problem("customerId", "the customer's id, or a qr");
            }
            return id;
        }
        Matcher parts = QR.matcher(qr);
        if (id != null || hash != null || !parts.matches()) {
            fields.problem("qr", "a customer id with six digits behind it, without customerId and hash beside it");
            return null;
        }
        hash = parts.group(2);
        return parts.group(1);
    }

    private String email() {
        String email = fields.id("email");
        if (email != null && !EMAIL.matcher(email).matches()) {
            fields.problem("email", "an e-mail address");
        }
        return email;
    }

    private String mobile() {
        String mobile = fields.id("mobile");
        if (mobile != null && !MOBILE.matcher(mobile).matches()) {
            fields.problem("mobile", "a number with plus sign and country, like +447700900123");
        }
        return mobile;
    }
}
