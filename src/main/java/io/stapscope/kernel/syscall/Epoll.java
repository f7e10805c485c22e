package io.stapscope.kernel.syscall;

import io.stapscope.kernel.abi.EpollEvent;

/** Waits for descriptors to become readable. For one thread, a platform one: the wait blocks its carrier. */
public final class Epoll implements AutoCloseable {
    private final Descriptor epoll;
    private final NativeBuffer event = NativeBuffer.allocate(EpollEvent.SIZE);

    public Epoll() {
        long result = LibC.checked(LibC.epoll_create1(EpollEvent.CLOEXEC));
        if (result < 0) {
            throw new KernelException("epoll_create1", (int) -result, "epoll");
        }
        epoll = Descriptor.adopt((int) result, "epoll");
    }

    public void add(Descriptor descriptor) {
        EpollEvent.encode(event.bytes(), EpollEvent.IN, descriptor.number());
        long result =
                LibC.checked(LibC.epoll_ctl(epoll.number(), EpollEvent.CTL_ADD, descriptor.number(), event.address()));
        event.keepAlive();
        if (result < 0) {
            throw new KernelException("epoll_ctl(EPOLL_CTL_ADD)", (int) -result, "epoll");
        }
    }

    /** Whether one of the descriptors is readable; false after the time, or after a signal. */
    public boolean await(int timeoutMillis) {
        long result = LibC.checked(LibC.epoll_wait(epoll.number(), event.address(), 1, timeoutMillis));
        event.keepAlive();
        if (result < 0 && result != -Errno.EINTR) {
            throw new KernelException("epoll_wait", (int) -result, "epoll");
        }
        return result > 0;
    }

    /** The number of a descriptor that is readable now, -1 when none is. */
    int readable() {
        return await(0) ? (int) EpollEvent.data(event.bytes()) : -1;
    }

    @Override
    public void close() {
        epoll.close();
    }
}
