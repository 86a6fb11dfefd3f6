package dev.posbridge.gameball;

import java.time.LocalDate;
import java.util.Map;

/**
 * Body of {@code POST customers}, an upsert; also an element of {@code batch/customers}.
 *
 * @param email only where the account merges by e-mail, as {@code mobile} where it merges by mobile number
 */
public record CustomerRequest(
        String customerId, String email, String mobile, String referrerCode, Attributes customerAttributes) {

    /** The profile. What is null stays as it is at Gameball. */
    public record Attributes(
            String displayName,
            String firstName,
            String lastName,
            String email,
            String gender,
            String mobile,
            LocalDate dateOfBirth,
            LocalDate joinDate,
            String country,
            String city,
            String zip,
            String preferredLanguage,
            Map<String, String> custom) {

        static final Attributes NONE =
                new Attributes(null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** The same customer without the referral, for the second try after Gameball refused the code. */
    public CustomerRequest withoutReferrer() {
        return new CustomerRequest(customerId, email, mobile, null, customerAttributes);
    }
}
