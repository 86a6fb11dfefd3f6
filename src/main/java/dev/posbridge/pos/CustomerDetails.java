package dev.posbridge.pos;

import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * What the till knows of a customer. Only {@code id} is required.
 *
 * @param id Gameball's customerId for this customer, made by the profile's template; ids take the digits of a phone
 *     number ({@code mobile_966500001234})
 * @param mobile E.164 with its plus sign ({@code +966500001234}), or null
 * @param gender {@code M} or {@code F}, or null
 * @param preferredLanguage two letters, or null
 * @param custom attributes of the account's own; never null
 */
public record CustomerDetails(
        String id,
        String email,
        String mobile,
        String displayName,
        String firstName,
        String lastName,
        String gender,
        LocalDate dateOfBirth,
        LocalDate joinDate,
        String country,
        String city,
        String zip,
        String preferredLanguage,
        String referrerCode,
        Map<String, String> custom) {

    public CustomerDetails {
        Objects.requireNonNull(id, "id");
        custom = custom == null ? Map.of() : Map.copyOf(custom);
    }

    /**
     * The same customer without what somebody holds already.
     *
     * @param held asked by the name of each attribute, such as {@code firstName}; those of the account's own are left out
     */
    public CustomerDetails without(Predicate<String> held) {
        return new CustomerDetails(
                id,
                unless(held, "email", email),
                unless(held, "mobile", mobile),
                unless(held, "displayName", displayName),
                unless(held, "firstName", firstName),
                unless(held, "lastName", lastName),
                unless(held, "gender", gender),
                unless(held, "dateOfBirth", dateOfBirth),
                unless(held, "joinDate", joinDate),
                unless(held, "country", country),
                unless(held, "city", city),
                unless(held, "zip", zip),
                unless(held, "preferredLanguage", preferredLanguage),
                null,
                Map.of());
    }

    private static <T> T unless(Predicate<String> held, String attribute, T value) {
        return held.test(attribute) ? null : value;
    }

    /** A customer of whom only the id is known. */
    public static CustomerDetails ofId(String id) {
        return of(id, null, null);
    }

    /** A customer of whom the id and how to reach them are known. */
    public static CustomerDetails of(String id, String email, String mobile) {
        return new CustomerDetails(
                id, email, mobile, null, null, null, null, null, null, null, null, null, null, null, Map.of());
    }
}
