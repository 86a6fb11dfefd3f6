package dev.posbridge.broker;

import java.security.Principal;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;

/**
 * Decides who may do what at the broker. Ourselves everything, under a password that only this process knows; a user from
 * outside may send to the queues of the user's sources, and whoever may ask the checkout desk may also make temporary
 * queues and read the replies there. All else is refused, above all our own queues and management. Thread-safe.
 */
final class Doorman implements ActiveMQSecurityManager5 {
    static final String OURSELVES = "posbridge";
    static final String CHECKOUT_QUEUES = "posbridge.checkout.";

    /** Temporary queues have random names, which nobody else can guess. */
    private static final Set<CheckType> WITH_TEMPORARY_QUEUES = EnumSet.of(
            CheckType.CREATE_ADDRESS,
            CheckType.DELETE_ADDRESS,
            CheckType.CREATE_NON_DURABLE_QUEUE,
            CheckType.DELETE_NON_DURABLE_QUEUE,
            CheckType.CONSUME);

    private static final Pattern TEMPORARY = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final BrokerUsers users;
    private final String ourPassword = random();
    private final PasswordHash nobodys = PasswordHash.ofNobody();

    Doorman(BrokerUsers users) {
        this.users = users;
    }

    String ourPassword() {
        return ourPassword;
    }

    @Override
    public Subject authenticate(String name, String password, RemotingConnection connection, String securityDomain) {
        if (name == null || password == null) {
            return null;
        }
        if (OURSELVES.equals(name)) {
            return ourPassword.equals(password) ? subject(name) : null;
        }
        BrokerUsers.User user = users.byName().get(name);
        // A name that nobody has takes as long to refuse as a wrong password.
        PasswordHash expected = user == null ? nobodys : user.password();
        return expected.matches(password) && user != null ? subject(name) : null;
    }

    @Override
    public boolean authorize(Subject subject, Set<Role> roles, CheckType wish, String place) {
        String name = name(subject);
        if (OURSELVES.equals(name)) {
            return true;
        }
        BrokerUsers.User user = name == null ? null : users.byName().get(name);
        return user != null && may(user, wish, place);
    }

    /** @param place an address, or an address and a queue of it, divided by two colons */
    private static boolean may(BrokerUsers.User user, CheckType wish, String place) {
        String[] parts = place.split("::", -1);
        if (wish == CheckType.SEND) {
            return parts.length == 1
                    && (user.queues().contains(place) || user.asks() && place.startsWith(CHECKOUT_QUEUES));
        }
        return user.asks()
                && WITH_TEMPORARY_QUEUES.contains(wish)
                && Arrays.stream(parts).allMatch(part -> TEMPORARY.matcher(part).matches());
    }

    private static String name(Subject subject) {
        return subject == null
                ? null
                : subject.getPrincipals(UserPrincipal.class).stream()
                        .map(Principal::getName)
                        .findFirst()
                        .orElse(null);
    }

    private static Subject subject(String name) {
        Subject subject = new Subject();
        subject.getPrincipals().add(new UserPrincipal(name));
        return subject;
    }

    private static String random() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public boolean validateUser(String name, String password) {
        return authenticate(name, password, null, null) != null;
    }

    @Override
    public boolean validateUserAndRole(String name, String password, Set<Role> roles, CheckType wish) {
        return false;
    }
}
