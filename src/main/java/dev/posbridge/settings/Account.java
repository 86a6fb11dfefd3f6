package dev.posbridge.settings;

import dev.posbridge.gameball.Merging;
import java.time.LocalDate;

/**
 * The Gameball account that everything is sent to, and its rules ({@code posbridge.account.*}).
 *
 * @param currency ISO code; orders carry none, so this is the only one taken
 * @param earnFrom first day that earns, or null
 * @param excludesTaxAndShipping whether tax and shipping earn no points; then Gameball must be told them
 * @param quotaShare part of Gameball's quotas that we use: the web shop and the app have the same key
 */
public record Account(
        String name,
        String environment,
        String currency,
        Merging merging,
        UnknownCustomers unknownCustomers,
        ExistingCustomers existingCustomers,
        Anonymous anonymous,
        LocalDate earnFrom,
        double quotaShare,
        LateRedemption lateRedemption,
        Integer returnWindowDays,
        boolean excludesTaxAndShipping) {

    /** The same rules, for the account given where the settings do not say whose it is. */
    public Account orAs(String itsName, String itsEnvironment, String itsCurrency) {
        return new Account(
                name == null ? itsName : name,
                environment == null ? itsEnvironment : environment,
                currency == null ? itsCurrency : currency,
                merging,
                unknownCustomers,
                existingCustomers,
                anonymous,
                earnFrom,
                quotaShare,
                lateRedemption,
                returnWindowDays,
                excludesTaxAndShipping);
    }

    /** What to do for a customer whom Gameball does not know. */
    public enum UnknownCustomers {
        CREATE,
        CREATE_WITH_CONTACT,
        SKIP,
        PARK
    }

    /** What a till may change of a customer whom Gameball knows already. */
    public enum ExistingCustomers {
        LEAVE,
        FILL_GAPS,
        UPDATE
    }

    /** What becomes of a receipt without a customer. */
    public enum Anonymous {
        SKIP,
        GUEST
    }

    /** What to do when a hold of points is gone before the night's file comes. */
    public enum LateRedemption {
        DELIVER,
        DEAD
    }
}
