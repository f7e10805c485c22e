package io.stapscope.postgres.socket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.impl.transports.JDKTransport;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.VertxServiceProvider;
import io.vertx.core.spi.transport.Transport;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.ThreadFactory;

/**
 * The transport that Vert.x has for every JVM, and connections to socket files: the JDK and Netty have them, Vert.x 4 takes
 * them from native libraries only. It is no {@link JDKTransport}, since the client of PostgreSQL believes of those that they
 * cannot. Found as a service.
 */
public final class SocketFileTransport implements Transport {
    /** Puts it in the place of the one that knows TCP only; a native one stays. */
    public static final class Provider implements VertxServiceProvider {
        @Override
        public void init(VertxBuilder builder) {
            if (builder.findTransport() == JDKTransport.INSTANCE) {
                builder.findTransport(new SocketFileTransport(JDKTransport.INSTANCE));
            }
        }
    }

    private final Transport tcp;

    private SocketFileTransport(Transport tcp) {
        this.tcp = tcp;
    }

    @Override
    public boolean supportsDomainSockets() {
        return true;
    }

    @Override
    public java.net.SocketAddress convert(SocketAddress address) {
        return address.isDomainSocket() ? UnixDomainSocketAddress.of(address.path()) : tcp.convert(address);
    }

    @Override
    public SocketAddress convert(java.net.SocketAddress address) {
        return address instanceof UnixDomainSocketAddress file
                ? SocketAddress.domainSocketAddress(file.getPath().toString())
                : tcp.convert(address);
    }

    @Override
    public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
        return domainSocket ? NioDomainSocketChannel::new : tcp.channelFactory(false);
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
        return tcp.serverChannelFactory(domainSocket);
    }

    @Override
    public EventLoopGroup eventLoopGroup(int type, int threads, ThreadFactory factory, int ioRatio) {
        return tcp.eventLoopGroup(type, threads, factory, ioRatio);
    }

    @Override
    public DatagramChannel datagramChannel() {
        return tcp.datagramChannel();
    }

    @Override
    public DatagramChannel datagramChannel(InternetProtocolFamily family) {
        return tcp.datagramChannel(family);
    }
}
