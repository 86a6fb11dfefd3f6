package dev.posbridge.engine;

import java.io.IOException;
import java.net.ConnectException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends nothing over a connection on which something lies that nobody asked for: a server that answers a call twice would
 * be heard as answering the next call, and from then on each call would get the answer of the one before. The look costs a
 * millisecond.
 */
final class AnswersInStep extends HttpRequestExecutor {
    private static final Timeout LOOK = Timeout.ofMilliseconds(1);

    @Override
    public ClassicHttpResponse execute(
            ClassicHttpRequest request,
            HttpClientConnection connection,
            HttpResponseInformationCallback callback,
            HttpContext context)
            throws IOException, HttpException {
        if (connection.isDataAvailable(LOOK)) {
            connection.close(CloseMode.IMMEDIATE);
            // To whoever tries again it is as if there had been no connection: nothing has left us.
            throw new ConnectException("an answer came that nobody had asked for, so the connection was ended");
        }
        return super.execute(request, connection, callback, context);
    }
}
