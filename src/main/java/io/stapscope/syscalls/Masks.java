package io.stapscope.syscalls;

import java.util.Optional;
import java.util.StringJoiner;

/** Sets of signals, descriptors, processors and memory nodes. */
final class Masks {
    /** Bytes of the kernel's set of signals. */
    private static final int SIGNALS = 8;

    private Masks() {}

    /** A set of signals; another argument says how many bytes it has. */
    record Signals(SignalNames names, int size) implements ArgumentKind {
        @Override
        public void fetch(Fetches fetches, int index) {
            fetches.bytes(new Source.Argument(index), Length.fixed(SIGNALS));
        }

        @Override
        public String text(Call call, int index) {
            long bytes = call.argument(size);
            return call.memory(new Source.Argument(index))
                    .filter(memory -> call.argument(index) != 0 && bytes == SIGNALS && memory.has(SIGNALS))
                    .map(memory -> names.set(memory.word(0), SIGNALS))
                    .orElse(Arguments.pointer(call.argument(index)));
        }

        @Override
        public Offer offer() {
            return Offer.DESCRIBED;
        }
    }

    /** The pair of a set of signals and its size that pselect6 has as its last argument. */
    record SignalsBehindPair(SignalNames names) implements ArgumentKind {
        private static final int PAIR = 16;

        @Override
        public void fetch(Fetches fetches, int index) {
            fetches.bytes(new Source.Argument(index), Length.fixed(PAIR));
            fetches.bytes(set(index), Length.fixed(SIGNALS));
        }

        private static Source set(int index) {
            return new Source.Word(new Source.Argument(index), 0);
        }

        @Override
        public String text(Call call, int index) {
            return call.memory(new Source.Argument(index))
                    .filter(pair -> call.argument(index) != 0 && pair.has(PAIR))
                    .map(pair -> text(call, index, pair))
                    .orElse(Arguments.pointer(call.argument(index)));
        }

        private String text(Call call, int index, Bytes pair) {
            long size = pair.word(8);
            var mask = call.memory(set(index))
                    .filter(bytes -> pair.word(0) != 0 && size == SIGNALS && bytes.has(SIGNALS))
                    .map(bytes -> names.set(bytes.word(0), SIGNALS))
                    .orElse(Arguments.pointer(pair.word(0)));
            return "{sigmask=" + mask + ", sigsetsize=" + Long.toUnsignedString(size) + "}";
        }

        @Override
        public Offer offer() {
            return Offer.DESCRIBED;
        }
    }

    /** What bits of a mask are called. */
    enum Bits {
        DESCRIPTORS,
        PROCESSORS,
        NODES
    }

    /** Numbers as bits; another argument says how many bits or bytes there are. */
    record Numbers(Bits bits, int size) implements ArgumentKind {
        private static final int MOST = 128;

        @Override
        public void fetch(Fetches fetches, int index) {
            var source = new Source.Argument(index);
            fetches.bytes(
                    source,
                    bits == Bits.PROCESSORS ? Length.counted(new Source.Argument(size), 1, MOST) : Length.fixed(MOST));
        }

        @Override
        public String text(Call call, int index) {
            long address = call.argument(index);
            return call.memory(new Source.Argument(index))
                    .filter(_ -> address != 0)
                    .flatMap(bytes -> text(bytes, call.argument(size)))
                    .orElse(Arguments.pointer(address));
        }

        private Optional<String> text(Bytes bytes, long argument) {
            long number =
                    switch (bits) {
                        case DESCRIPTORS -> Math.clamp((int) argument, 0, 1024);
                        case PROCESSORS -> argument * 8;
                        case NODES -> argument == 0 ? 0 : argument - 1;
                    };
            if (bytes.length() * 8L < Math.min(number, MOST * 8L)) {
                return Optional.empty();
            }
            return Optional.of(bits == Bits.NODES ? words(bytes, number) : numbers(bytes, number));
        }

        private static String numbers(Bytes bytes, long number) {
            var text = new StringJoiner(" ", "[", "]");
            for (int bit = 0; bit < Math.min(number, bytes.length() * 8L); bit++) {
                if ((bytes.unsigned(bit / 8, 1) >> bit % 8 & 1) != 0) {
                    text.add(Integer.toString(bit));
                }
            }
            return text.toString();
        }

        private static String words(Bytes bytes, long number) {
            var text = new StringJoiner(", ", "[", "]");
            for (int at = 0; at * 8L < number && at + 8 <= bytes.length(); at += 8) {
                text.add("0x%016x".formatted(bytes.word(at)));
            }
            return text.toString();
        }

        @Override
        public Offer offer() {
            return Offer.DESCRIBED;
        }
    }

    /** What a signal shall do. */
    record SignalAction(ConstantSet handlers, ConstantSet flags, SignalNames names, int size) implements ArgumentKind {
        private static final int SIZE = 32;
        private static final int HANDLER = 0;
        private static final int FLAGS = 8;
        private static final int RESTORER = 16;
        private static final int MASK = 24;
        private static final int HAS_RESTORER = 0x04000000;

        @Override
        public void fetch(Fetches fetches, int index) {
            fetches.bytes(new Source.Argument(index), Length.fixed(SIZE));
        }

        @Override
        public String text(Call call, int index) {
            return call.memory(new Source.Argument(index))
                    .filter(bytes -> call.argument(index) != 0 && call.argument(size) == SIGNALS && bytes.has(SIZE))
                    .map(this::text)
                    .orElse(Arguments.pointer(call.argument(index)));
        }

        private String text(Bytes bytes) {
            long handler = bytes.word(HANDLER);
            var name = handlers.name(handler);
            long bits = bytes.word(FLAGS);
            var restorer = (bits & HAS_RESTORER) == 0 ? "" : ", sa_restorer=" + Arguments.pointer(bytes.word(RESTORER));
            return "{sa_handler=" + (name != null ? name : Arguments.pointer(handler)) + ", sa_mask="
                    + names.set(bytes.word(MASK), SIGNALS) + ", sa_flags=" + flags.flags(bits) + restorer + "}";
        }

        @Override
        public Offer offer() {
            return Offer.DESCRIBED;
        }
    }
}
