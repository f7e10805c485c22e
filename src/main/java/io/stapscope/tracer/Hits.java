package io.stapscope.tracer;

import io.stapscope.codegen.RecordSpec;
import io.stapscope.codegen.layout.RecordLayout;
import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.interpreter.HitContext;
import io.stapscope.kernel.inspect.ProcessEntry;
import io.stapscope.kernel.inspect.ProcessTable;
import java.nio.ByteBuffer;
import java.util.Objects;

/** What the handlers that the interpreter runs see of their hit. */
final class Hits {
    private Hits() {}

    /** begin, end and timers run in our own process. */
    static HitContext ownProcess() {
        return new ExistingTask(
                Objects.requireNonNull(
                        ProcessTable.readProcess((int) ProcessHandle.current().pid())),
                0) {
            @Override
            public String text(ContextValue value) {
                return "stapscope";
            }
        };
    }

    /** A process or thread that ran already when the script started. */
    static class ExistingTask implements HitContext {
        private final ProcessEntry process;
        private final ProcessEntry.ThreadEntry thread;

        /** @param thread position in the list of the process's threads; the leader is the first */
        ExistingTask(ProcessEntry process, int thread) {
            this.process = process;
            this.thread = process.threads().get(thread);
        }

        @Override
        public long number(ContextValue value) {
            return switch (value) {
                case PID -> process.pid();
                case TID -> thread.tid();
                case PPID -> process.parent();
                case UID -> process.uid();
                case GID -> process.gid();
                case CPU -> thread.lastCpu();
                case USER_MODE, ADDRESS, USER_ADDRESS, SITE, RELOCATION -> 0;
                case EXECNAME, TARGET, TIME_NANOS, SYSCALL, RETURN, TASK, INPUT ->
                    throw new IllegalArgumentException("no number " + value);
            };
        }

        @Override
        public String text(ContextValue value) {
            return thread.name();
        }
    }

    /** A hit whose values the kernel sent; the body reads only captures. */
    static final class Deferred implements HitContext {
        private final RecordSpec spec;
        private final ByteBuffer data;
        private final int offset;
        private final int length;

        Deferred(RecordSpec spec, ByteBuffer data, int offset, int length) {
            this.spec = spec;
            this.data = data;
            this.offset = offset;
            this.length = length;
        }

        @Override
        public long number(ContextValue value) {
            if (value == ContextValue.CPU) {
                return Short.toUnsignedInt(data.getShort(offset + RecordLayout.CPU));
            }
            throw new IllegalArgumentException("a deferred hit has captures only, not " + value);
        }

        @Override
        public String text(ContextValue value) {
            throw new IllegalArgumentException("a deferred hit has captures only, not " + value);
        }

        @Override
        public boolean hasCaptures() {
            return true;
        }

        @Override
        public long captureNumber(int slot) {
            return data.getLong(offset + spec.fields().get(slot).offset());
        }

        @Override
        public String captureText(int slot) {
            var field = spec.fields().get(slot);
            int room = Math.min(field.width(), length - field.offset());
            return field.binary()
                    ? KeyCodec.bytes(data, offset + field.offset(), room)
                    : KeyCodec.text(data, offset + field.offset(), room);
        }
    }
}
