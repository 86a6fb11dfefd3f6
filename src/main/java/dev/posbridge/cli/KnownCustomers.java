package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.engine.GameballClient;
import dev.posbridge.gameball.Call;
import dev.posbridge.settings.Settings;
import java.io.IOException;
import java.util.Collection;

/**
 * Asks Gameball, read only and one by one, which customers it knows: a wrong template for ids shows as a share of
 * nothing. At most {@value #MOST_ASKED} questions, far below every quota.
 */
final class KnownCustomers {
    static final int MOST_ASKED = 100;
    private static final int FOUND = 200;
    private static final int NOT_FOUND = 404;

    private final Settings.Gameball gameball;
    private final GameballClient client;

    /** How many of the customers that were asked for Gameball knows. */
    record Share(int asked, int known) {}

    /** @throws ConfigurationException where a key is missing */
    KnownCustomers(Settings.Gameball gameball) {
        this.gameball = gameball;
        this.client = new GameballClient(gameball);
    }

    /** @throws ConfigurationException where Gameball does not answer as it should */
    Share of(Collection<String> customers) {
        int asked = 0;
        int known = 0;
        for (String customer : customers) {
            if (asked == MOST_ASKED) {
                break;
            }
            asked++;
            known += isKnown(customer) ? 1 : 0;
        }
        return new Share(asked, known);
    }

    /**
     * Has Gameball delete the customer; one whom it does not know is deleted already.
     *
     * @throws ConfigurationException where Gameball did not do it
     */
    void delete(String customer) {
        String rest = " Here the customer is forgotten already: run the same command again for Gameball.";
        try {
            int status = client.send(Call.CUSTOMER_DELETION, Call.CUSTOMER_DELETION.path(customer), null)
                    .statusCode();
            if (status / 100 != 2 && status != NOT_FOUND) {
                throw new ConfigurationException(gameball.url() + ": answered " + status
                        + " to the deletion of the customer, expected 200 or 404." + rest);
            }
        } catch (IOException problem) {
            throw new ConfigurationException(
                    gameball.url() + ": does not answer (" + problem.getMessage() + ")." + rest, problem);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new ConfigurationException("forget: was interrupted." + rest, ended);
        }
    }

    private boolean isKnown(String customer) {
        try {
            int status =
                    client.send(Call.BALANCE, Call.BALANCE.path(customer), null).statusCode();
            if (status != FOUND && status != NOT_FOUND) {
                throw new ConfigurationException(
                        gameball.url() + ": answered " + status
                                + " to the question for a balance, expected 200 or 404. Correct posbridge.gameball.url or the keys.");
            }
            return status == FOUND;
        } catch (IOException problem) {
            throw new ConfigurationException(
                    gameball.url() + ": does not answer (" + problem.getMessage()
                            + "), so nobody can be asked. Correct posbridge.gameball.url, or leave out --online.",
                    problem);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new ConfigurationException("--online: was interrupted. Run it again.", ended);
        }
    }
}
