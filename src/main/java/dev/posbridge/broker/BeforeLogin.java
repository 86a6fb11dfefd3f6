package dev.posbridge.broker;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import org.apache.activemq.artemis.core.remoting.impl.netty.ActiveMQFrameDecoder2;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnection;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerConnectionPlugin;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds what a client may send before it has given a name and a password, whatever its protocol: the broker itself gathers
 * a frame of any length in memory first and asks later. Of somebody known, a frame of Artemis' own protocol is bounded, too:
 * what is larger comes in pieces.
 */
final class BeforeLogin implements ActiveMQServerConnectionPlugin {
    /** A login takes some hundred bytes, with TLS some thousand. */
    static final int MOST_BYTES = 64 << 10;

    /** As AMQP says: more than this no frame of a login has. */
    static final int LARGEST_SASL_FRAME_BYTES = 512;

    static final int LARGEST_FRAME_BYTES = (int) LargestMessage.MOST_IN_MEMORY_BYTES + (1 << 20);

    /** What the broker calls the handler that gives bytes to the protocol. */
    private static final String LAST = "handler";

    private static final Logger LOG = LoggerFactory.getLogger(BeforeLogin.class);

    @Override
    public void afterCreateConnection(RemotingConnection connection) {
        if (connection.getTransportConnection() instanceof NettyConnection transport) {
            Channel channel = transport.getChannel();
            channel.pipeline().addFirst(new Counter(connection));
            if ("AMQP".equals(connection.getProtocolName())
                    && channel.pipeline().get(LAST) != null) {
                channel.pipeline().addBefore(LAST, "sasl-frames", new SaslFrames(connection));
            }
            if (channel.pipeline().get(ActiveMQFrameDecoder2.class) != null) {
                channel.pipeline().replace(ActiveMQFrameDecoder2.class, "bounded-frames", new BoundedFrames());
            }
        }
    }

    private static void hangUp(ChannelHandlerContext context, String why) {
        LOG.warn("The broker's door hung up on {}: {}", context.channel().remoteAddress(), why);
        context.close();
    }

    /** Looks at what comes until the client is known, and goes then. */
    private abstract static class Suspicion extends ChannelInboundHandlerAdapter {
        private final RemotingConnection connection;

        Suspicion(RemotingConnection connection) {
            this.connection = connection;
        }

        /** What is wrong with these bytes, which are not to be touched; null where nothing is. */
        abstract String problem(ByteBuf bytes);

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            boolean known = connection.getSubject() != null;
            String problem = known ? null : problem((ByteBuf) message);
            if (problem != null) {
                ReferenceCountUtil.release(message);
                hangUp(context, problem);
                return;
            }
            context.fireChannelRead(message);
            if (known) {
                context.pipeline().remove(this);
            }
        }
    }

    private static final class Counter extends Suspicion {
        private long bytes;

        Counter(RemotingConnection connection) {
            super(connection);
        }

        @Override
        String problem(ByteBuf more) {
            bytes += more.readableBytes();
            return bytes <= MOST_BYTES ? null : "it sent more than " + MOST_BYTES + " bytes before it had logged in.";
        }
    }

    /**
     * Lets no frame of a login through that is larger than one may be: over such a frame the broker's AMQP engine turns in
     * circles for ever, with a thread of its own for each.
     */
    private static final class SaslFrames extends Suspicion {
        private static final int HEADER_BYTES = 8;

        /** Of the header or frame that is coming: bytes that are still to come, and what was read of its size so far. */
        private int left = HEADER_BYTES;

        private int sizeBytes;
        private int size;

        SaslFrames(RemotingConnection connection) {
            super(connection);
        }

        @Override
        String problem(ByteBuf bytes) {
            for (int at = bytes.readerIndex(); at < bytes.writerIndex(); ) {
                if (left > 0) {
                    int skipped = Math.min(left, bytes.writerIndex() - at);
                    left -= skipped;
                    at += skipped;
                    sizeBytes = 0;
                    size = 0;
                } else {
                    size = size << Byte.SIZE | bytes.getByte(at++) & 0xFF;
                    sizeBytes++;
                    if (sizeBytes == Integer.BYTES) {
                        if (size < HEADER_BYTES || size > LARGEST_SASL_FRAME_BYTES) {
                            return "a frame of its login has " + Integer.toUnsignedString(size) + " bytes, expected "
                                    + HEADER_BYTES + " to " + LARGEST_SASL_FRAME_BYTES + ".";
                        }
                        left = size - Integer.BYTES;
                    }
                }
            }
            return null;
        }
    }

    private static final class BoundedFrames extends ActiveMQFrameDecoder2 {
        @Override
        protected Object decode(ChannelHandlerContext context, ByteBuf in) throws Exception {
            if (in.readableBytes() >= Integer.BYTES) {
                int length = in.getInt(in.readerIndex());
                if (length < 0 || length > LARGEST_FRAME_BYTES) {
                    in.skipBytes(in.readableBytes());
                    hangUp(
                            context,
                            "a frame of " + Integer.toUnsignedString(length) + " bytes, expected at most "
                                    + LARGEST_FRAME_BYTES + ".");
                    return null;
                }
            }
            return super.decode(context, in);
        }
    }
}
