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

    static final int LARGEST_FRAME_BYTES = (int) LargestMessage.MOST_IN_MEMORY_BYTES + (1 << 20);

    private static final Logger LOG = LoggerFactory.getLogger(BeforeLogin.class);

    @Override
    public void afterCreateConnection(RemotingConnection connection) {
        if (connection.getTransportConnection() instanceof NettyConnection transport) {
            Channel channel = transport.getChannel();
            channel.pipeline().addFirst(new Counter(connection));
            if (channel.pipeline().get(ActiveMQFrameDecoder2.class) != null) {
                channel.pipeline().replace(ActiveMQFrameDecoder2.class, "bounded-frames", new BoundedFrames());
            }
        }
    }

    private static void hangUp(ChannelHandlerContext context, String why) {
        LOG.warn("The broker's door hung up on {}: {}", context.channel().remoteAddress(), why);
        context.close();
    }

    /** Goes when the client is known. */
    private static final class Counter extends ChannelInboundHandlerAdapter {
        private final RemotingConnection connection;
        private long bytes;

        Counter(RemotingConnection connection) {
            this.connection = connection;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            bytes += ((ByteBuf) message).readableBytes();
            if (connection.getSubject() != null) {
                context.fireChannelRead(message);
                context.pipeline().remove(this);
            } else if (bytes > MOST_BYTES) {
                ReferenceCountUtil.release(message);
                hangUp(context, "it sent more than " + MOST_BYTES + " bytes before it had logged in.");
            } else {
                context.fireChannelRead(message);
            }
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
