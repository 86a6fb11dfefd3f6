package dev.posbridge.engine;

import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** Lets one step of the routes fail once, before or after it has done its work, or wait before it. */
final class FailingSteps implements InterceptStrategy {
    private static final Set<String> STEPS = Set.of("bean", "to", "setProperty", "marshal", "convertBodyTo");

    /** Reached only by a command beside a running service, or while Gameball is away: they have tests of their own. */
    private static final Set<String> OTHER_ROUTES = Set.of("requests", "reload", "probe");

    /** Those of a night that goes by batch, which has a test of its own. */
    private static final String BATCH_ROUTES = "(orders-batch|jobs)-\\d+|submit-batch|job";

    private final Set<String> ids = new ConcurrentSkipListSet<>();
    private final Set<String> batchIds = new ConcurrentSkipListSet<>();
    private String failing;
    private boolean after;
    private volatile Halt halt = new Halt("none");

    /** Ids of the steps that somebody named, in every route that was started. */
    Set<String> ids() {
        return ids;
    }

    /** The same, in the routes of batches. */
    Set<String> batchIds() {
        return batchIds;
    }

    synchronized void failOnce(String step, boolean afterwards) {
        failing = step;
        after = afterwards;
    }

    /** Lets the next exchange wait before this step. */
    Halt haltAt(String step) {
        halt = new Halt(step);
        return halt;
    }

    /** A step that is about to do its work. */
    static final class Halt {
        private final String step;
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch ended = new CountDownLatch(1);

        private Halt(String step) {
            this.step = step;
        }

        boolean isReached() {
            return reached.getCount() == 0;
        }

        /** It goes on. */
        void end() {
            ended.countDown();
        }

        private void passBy(String id) {
            if (step.equals(id)) {
                reached.countDown();
                try {
                    ended.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /** Whether the step came to its failure. */
    synchronized boolean hasFailed() {
        return failing == null;
    }

    private synchronized void failIf(String step, boolean afterwards) {
        if (step.equals(failing) && after == afterwards) {
            failing = null;
            throw new IllegalStateException("step " + step + " fails once");
        }
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        String id = definition.getId();
        if (!STEPS.contains(definition.getShortName()) || id.matches("[a-zA-Z]+\\d+")) {
            return target;
        }
        String route = routeOf(definition);
        if (route.matches(BATCH_ROUTES)) {
            batchIds.add(id);
        } else if (!OTHER_ROUTES.contains(route)) {
            ids.add(id);
        }
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                halt.passBy(id);
                try {
                    failIf(id, false);
                } catch (IllegalStateException failure) {
                    exchange.setException(failure);
                    callback.done(true);
                    return true;
                }
                return super.process(exchange, doneSync -> {
                    try {
                        failIf(id, true);
                    } catch (IllegalStateException failure) {
                        exchange.setException(failure);
                    }
                    callback.done(doneSync);
                });
            }
        };
    }

    private static String routeOf(NamedNode step) {
        NamedNode node = step;
        while (!(node instanceof RouteDefinition) && node.getParent() != null) {
            node = node.getParent();
        }
        return node.getId();
    }
}
