package dev.posbridge.delivery;

import dev.posbridge.Daemons;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/**
 * Ends a call whose whole answer is not there in time. The client's own timeouts are for each read, so that a server
 * sending a byte a second would hold a lane for hours. Also bounds the size of an answer. Thread-safe.
 */
public final class AnswerDeadline implements ExecChainHandler, AutoCloseable {
    private static final int LARGEST_ANSWER = 4 * 1024 * 1024;

    private final Duration longest;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Daemons.named("answer-deadline"));

    public AnswerDeadline(Duration longest) {
        this.longest = longest;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        ScheduledFuture<?> end = timer.schedule(() -> abort(scope), longest.toMillis(), TimeUnit.MILLISECONDS);
        try {
            ClassicHttpResponse response = chain.proceed(request, scope);
            HttpEntity entity = response.getEntity();
            if (entity != null) {
                byte[] body = EntityUtils.toByteArray(entity, LARGEST_ANSWER);
                // Gameball answers JSON, which is UTF-8. What an answer says of itself is not believed: a type or an
                // encoding that is not so would make garbage of a refusal that can be read.
                response.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
                response.setHeader("Content-Type", ContentType.APPLICATION_JSON.toString());
            }
            return response;
        } finally {
            end.cancel(false);
        }
    }

    private static void abort(ExecChain.Scope scope) {
        if (scope.originalRequest instanceof HttpUriRequestBase request) {
            request.abort();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
