package dev.posbridge.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signal by which a service is told to read its files again (SIGHUP). What handles signals is in every JDK, in a class of
 * its own that the compiler warns of, so it is found by name; where there is none the command does the same.
 */
final class HangUp {
    private static final Logger LOG = LoggerFactory.getLogger(HangUp.class);

    private HangUp() {}

    /** Does this at each signal from now on, on a thread of the JVM: it must be short. */
    static void does(Runnable work) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler calls = (proxy, method, arguments) -> {
                if ("handle".equals(method.getName())) {
                    work.run();
                    return null;
                }
                return switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> "hang up";
                };
            };
            signal.getMethod("handle", signal, handler)
                    .invoke(
                            null,
                            signal.getConstructor(String.class).newInstance("HUP"),
                            Proxy.newProxyInstance(HangUp.class.getClassLoader(), new Class<?>[] {handler}, calls));
        } catch (ReflectiveOperationException | IllegalArgumentException missing) {
            LOG.info("SIGHUP is not heard here ({}); posbridge reload does the same", missing.toString());
        }
    }
}
