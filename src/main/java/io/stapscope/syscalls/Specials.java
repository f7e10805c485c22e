package io.stapscope.syscalls;

import org.jspecify.annotations.Nullable;

/** Kinds of values that one call has, or a few. */
final class Specials {
    private Specials() {}

    /** The command of an ioctl. */
    record Ioctl(ConstantSet names) implements ValueKind {
        private static final String[] DIRECTIONS = {"_IOC_NONE", "_IOC_WRITE", "_IOC_READ", "_IOC_READ|_IOC_WRITE"};

        @Override
        public int size() {
            return 4;
        }

        @Override
        public String text(long raw) {
            long value = raw & 0xffffffffL;
            var name = names.name(value);
            if (name != null) {
                return name;
            }
            return "_IOC(" + DIRECTIONS[(int) (value >> 30)] + ", " + ConstantSet.number(value >> 8 & 0xff) + ", "
                    + ConstantSet.number(value & 0xff) + ", " + ConstantSet.number(value >> 16 & 0x3fff) + ")";
        }
    }

    /** Flags of clone: above the signal that its end sends. */
    record CloneFlags(ConstantSet flags, SignalNames signals) implements ValueKind {
        private static final int SIGNAL = 0xff;

        @Override
        public int size() {
            return 8;
        }

        @Override
        public String text(long raw) {
            var text = new StringBuilder();
            long rest = flags.append(raw & ~SIGNAL, text);
            if (rest != 0) {
                text.append(text.isEmpty() ? "" : "|").append(ConstantSet.number(rest));
            }
            int signal = (int) raw & SIGNAL;
            if (signal != 0) {
                return text + (text.isEmpty() ? "" : "|") + signals.name(signal);
            }
            return text.isEmpty() ? "0" : text.toString();
        }
    }

    /** Flags of statx: how to synchronise, then how to find the file. */
    record StatxFlags(ConstantSet sync, ConstantSet at) implements ValueKind {
        private static final int SYNC = 0x6000;

        @Override
        public int size() {
            return 4;
        }

        @Override
        public String text(long raw) {
            long value = raw & 0xffffffffL;
            var rest = value & ~SYNC;
            return sync.choice(value & SYNC) + (rest == 0 ? "" : "|" + at.flags(rest));
        }
    }

    /** A way in which a program is run. */
    record Personality(ConstantSet types, ConstantSet flags) implements ValueKind {
        private static final long ASK = 0xffffffffL;

        @Override
        public int size() {
            return 4;
        }

        @Override
        public String text(long raw) {
            long value = raw & 0xffffffffL;
            if (value == ASK) {
                return "0xffffffff";
            }
            var known = types.name(value);
            if (known != null) {
                return known;
            }
            var text = new StringBuilder(types.choice(value & 0xff));
            long rest = flags.append(value & ~0xffL, text);
            return rest == 0 ? text.toString() : text + "|" + ConstantSet.number(rest);
        }
    }

    /** Class and level of a thread's priority for input and output. */
    record IoPriority(ConstantSet classes) implements ValueKind {
        private static final int CLASS_SHIFT = 13;

        @Override
        public int size() {
            return 4;
        }

        @Override
        public String text(long raw) {
            long value = raw & 0xffffffffL;
            return "IOPRIO_PRIO_VALUE(" + classes.choice(value >> CLASS_SHIFT) + ", " + (value & 0x1fff) + ")";
        }
    }

    /** A number that has a few names and is else written as a number, in one of several ways. */
    record Named(ConstantSet names, Values.Plain otherwise) implements ValueKind {
        @Override
        public int size() {
            return otherwise.size();
        }

        @Override
        public String text(long raw) {
            var name = names.name(otherwise.value(raw));
            return name != null ? name : otherwise.text(raw);
        }

        @Override
        public long value(long raw) {
            return otherwise.value(raw);
        }
    }

    /** The protocol of a packet socket, in the order of the network. */
    record PacketProtocol(ConstantSet names) implements ValueKind {
        @Override
        public int size() {
            return 4;
        }

        @Override
        public String text(long raw) {
            long value = (raw & 0xff) << 8 | raw >> 8 & 0xff;
            return "htons(" + names.choice(value) + ")";
        }
    }

    /** A time that a file gets, or none, or now. */
    record FileTime(boolean micro) implements DataKind {
        private static final int NANO_FRACTION = 9;
        private static final int MICRO_FRACTION = 6;
        private static final long NANOS = 1000;
        private static final long NOW = 0x3fffffff;
        private static final long OMIT = 0x3ffffffe;

        @Override
        public int size() {
            return 16;
        }

        @Override
        public int alignment() {
            return 8;
        }

        @Override
        public String text(Bytes bytes, int offset) {
            long seconds = bytes.word(offset);
            long nanos = bytes.word(offset + 8);
            if (micro) {
                var when = Values.Date.remark(seconds, nanos * NANOS, MICRO_FRACTION);
                return "{tv_sec=" + seconds + ", tv_usec=" + nanos + "}" + (when == null ? "" : when);
            }
            if (nanos == NOW) {
                return "UTIME_NOW";
            }
            if (nanos == OMIT) {
                return "UTIME_OMIT";
            }
            var remark = Values.Date.remark(seconds, nanos, NANO_FRACTION);
            return "{tv_sec=" + seconds + ", tv_nsec=" + nanos + "}" + (remark == null ? "" : remark);
        }
    }

    /** A descriptor and what is waited for; a negative one is left alone. */
    record Polled(ConstantSet events) implements DataKind {
        @Override
        public int size() {
            return 8;
        }

        @Override
        public String text(Bytes bytes, int offset) {
            int fd = (int) bytes.unsigned(offset, 4);
            return "{fd=" + fd + (fd < 0 ? "" : ", events=" + events.flags(bytes.unsigned(offset + 4, 2))) + "}";
        }
    }

    /** A message of System V: its type, then its text. */
    record TypedMessage(int length) implements ArgumentKind {
        private static final int TYPE = 8;

        @Override
        public void fetch(Fetches fetches, int index) {
            fetches.bytes(new Source.Argument(index), Length.fixed(TYPE + Arguments.SHOWN));
        }

        @Override
        public String text(Call call, int index) {
            long size = call.argument(length);
            int shown = Long.compareUnsigned(size, Arguments.SHOWN) > 0 ? Arguments.SHOWN : (int) size;
            return call.memory(new Source.Argument(index))
                    .filter(bytes -> call.argument(index) != 0 && bytes.has(TYPE + shown))
                    .map(bytes -> "{mtype=" + bytes.word(0) + ", mtext="
                            + Quoted.of(bytes.slice(TYPE, shown).text(), shown != size) + "}")
                    .orElse(Arguments.pointer(call.argument(index)));
        }

        @Override
        public Offer offer() {
            return Offer.DESCRIBED;
        }
    }

    /** The value of a socket option: a number if it has the size of one. */
    record OptionValue(int length, Structure linger) implements ArgumentKind {
        private static final int LEVEL = 1;
        private static final int OPTION = 2;
        private static final int SOL_SOCKET = 1;
        private static final int SO_LINGER = 13;
        private static final int NUMBER = 4;

        @Override
        public void fetch(Fetches fetches, int index) {
            new Arguments.Buffer(length).fetch(fetches, index);
        }

        @Override
        public String text(Call call, int index) {
            var kind = kind(call);
            int size = (int) call.argument(length);
            var memory = call.memory(new Source.Argument(index)).filter(_ -> call.argument(index) != 0);
            if (kind != null && size >= kind.size()) {
                return memory.filter(bytes -> bytes.has(kind.size()))
                        .map(bytes -> kind.text(bytes, 0))
                        .orElse(Arguments.pointer(call.argument(index)));
            }
            if (size == NUMBER && kind == null) {
                return memory.filter(bytes -> bytes.has(NUMBER))
                        .map(bytes -> "[" + (int) bytes.unsigned(0, NUMBER) + "]")
                        .orElse(Arguments.pointer(call.argument(index)));
            }
            return Arguments.buffer(call, new Source.Argument(index), call.argument(index), size & 0xffffffffL);
        }

        private @Nullable Structure kind(Call call) {
            return (int) call.argument(LEVEL) == SOL_SOCKET && (int) call.argument(OPTION) == SO_LINGER ? linger : null;
        }

        @Override
        public Offer offer() {
            return Offer.DESCRIBED;
        }
    }

    /** The arguments of clone3, of which those that are 0 are mostly left out. */
    record CloneArguments(ConstantSet flags, SignalNames signals) implements ArgumentKind {
        private static final int SMALLEST = 64;
        private static final int LARGEST = 88;
        private static final int FLAGS = 0;
        private static final int PIDFD = 8;
        private static final int CHILD_TID = 16;
        private static final int PARENT_TID = 24;
        private static final int EXIT_SIGNAL = 32;
        private static final int STACK = 40;
        private static final int STACK_SIZE = 48;
        private static final int TLS = 56;
        private static final int HAS_PIDFD = 0x1000;
        private static final int HAS_CHILD_TID = 0x1200000;
        private static final int HAS_PARENT_TID = 0x100000;
        private static final int HAS_TLS = 0x80000;

        @Override
        public void fetch(Fetches fetches, int index) {
            fetches.bytes(new Source.Argument(index), Length.counted(new Source.Argument(1), 1, LARGEST));
        }

        @Override
        public String text(Call call, int index) {
            return call.memory(new Source.Argument(index))
                    .filter(bytes -> call.argument(index) != 0 && bytes.has(SMALLEST))
                    .map(this::text)
                    .orElse(Arguments.pointer(call.argument(index)));
        }

        private String text(Bytes bytes) {
            long bits = bytes.word(FLAGS);
            var text = new StringBuilder("{flags=").append(flags.flags(bits));
            member(text, "pidfd", bytes.word(PIDFD), (bits & HAS_PIDFD) != 0);
            member(text, "child_tid", bytes.word(CHILD_TID), (bits & HAS_CHILD_TID) != 0);
            member(text, "parent_tid", bytes.word(PARENT_TID), (bits & HAS_PARENT_TID) != 0);
            long signal = bytes.word(EXIT_SIGNAL);
            text.append(", exit_signal=").append(signal == 0 ? "0" : signals.name((int) signal));
            text.append(", stack=").append(Arguments.pointer(bytes.word(STACK)));
            text.append(", stack_size=").append(ConstantSet.number(bytes.word(STACK_SIZE)));
            member(text, "tls", bytes.word(TLS), (bits & HAS_TLS) != 0);
            return text.append("}").toString();
        }

        private static void member(StringBuilder text, String name, long value, boolean used) {
            if (used || value != 0) {
                text.append(", ").append(name).append("=").append(Arguments.pointer(value));
            }
        }

        @Override
        public Offer offer() {
            return Offer.DESCRIBED;
        }
    }
}
