package dev.posbridge.broker;

import org.apache.camel.component.jms.DefaultJmsMessageListenerContainer;
import org.apache.camel.component.jms.JmsEndpoint;
import org.apache.camel.component.jms.MessageListenerContainerFactory;
import org.springframework.jms.listener.AbstractMessageListenerContainer;

/**
 * Listeners that are told to stop interrupt who still waits for a message, and Spring warns of that as of a broker that is
 * lost. Nobody has to look at it: it is the end that was asked for.
 */
public final class TokenListeners implements MessageListenerContainerFactory {
    @Override
    public AbstractMessageListenerContainer createMessageListenerContainer(JmsEndpoint endpoint) {
        return new DefaultJmsMessageListenerContainer(endpoint) {
            @Override
            protected void handleListenerSetupFailure(Throwable failure, boolean alreadyRecovered) {
                if (isRunning()) {
                    super.handleListenerSetupFailure(failure, alreadyRecovered);
                }
            }
        };
    }
}
