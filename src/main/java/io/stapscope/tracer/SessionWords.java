package io.stapscope.tracer;

import io.stapscope.codegen.layout.SessionLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;

/** The facts of a run in the memory that its programs read at every hit. */
final class SessionWords {
    private static final VarHandle INTS = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final SessionLayout layout;
    private final ByteBuffer view;

    SessionWords(SessionLayout layout, ByteBuffer view) {
        this.layout = layout;
        this.view = view;
    }

    /** Facts that do not change while it runs. */
    void describe(int self, int target, long wallOffsetNanos, Collection<Integer> excludedParents) {
        if (excludedParents.size() > SessionLayout.EXCLUDED_SLOTS) {
            throw new IllegalArgumentException(
                    excludedParents.size() + " processes to leave out, at most " + SessionLayout.EXCLUDED_SLOTS);
        }
        view.putInt(SessionLayout.SELF, self);
        view.putInt(SessionLayout.TARGET, target);
        view.putLong(SessionLayout.WALL_OFFSET, wallOffsetNanos);
        int slot = 0;
        for (int parent : excludedParents) {
            view.putInt(SessionLayout.EXCLUDED + 4 * slot++, parent);
        }
    }

    /** From now on handlers run. */
    void open() {
        INTS.setRelease(view, SessionLayout.STATE, SessionLayout.RUNNING);
    }

    /** No handler starts any more; keeps the reason when a handler closed it before. */
    void close() {
        boolean ignored = INTS.compareAndSet(view, SessionLayout.STATE, SessionLayout.RUNNING, SessionLayout.EXITING);
    }

    boolean isRunning() {
        return state() == SessionLayout.RUNNING;
    }

    int state() {
        return (int) INTS.getAcquire(view, SessionLayout.STATE);
    }

    /** The process of this id ended: its number may be given to another one, which no probe must take for it. */
    void forget(int pid) {
        view.putLong(layout.startTime(pid), -1);
    }
}
