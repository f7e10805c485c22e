package io.stapscope.syscalls;

import java.util.ArrayList;

/** Arrays of buffers, and messages that consist of them. */
final class Vectors {
    private static final int ELEMENT = 16;
    /** So many buffers are looked into. */
    private static final int SHOWN = 4;

    private Vectors() {}

    /** Asks for the array at an address and for the beginning of its first buffers. */
    static void fetch(Fetches fetches, Source address, Source count) {
        fetches.bytes(address, Length.counted(count, ELEMENT, SHOWN * ELEMENT));
        for (int i = 0; i < SHOWN; i++) {
            fetches.bytes(
                    new Source.Word(address, i * ELEMENT),
                    Length.counted(new Source.Word(address, i * ELEMENT + 8), 1, Arguments.SHOWN + 8));
        }
    }

    /** @param contents whether buffers are written, not their addresses */
    static String text(Call call, Source source, long address, long count, boolean contents) {
        var memory = call.memory(source);
        if (address == 0 || memory.isEmpty() || count > 0 && memory.get().length() < ELEMENT) {
            return Arguments.pointer(address);
        }
        var texts = new ArrayList<String>();
        for (int i = 0; i < Math.min(count, memory.get().length() / ELEMENT); i++) {
            long base = memory.get().word(i * ELEMENT);
            long length = memory.get().word(i * ELEMENT + 8);
            var data = contents
                    ? Arguments.buffer(call, new Source.Word(source, i * ELEMENT), base, length)
                    : Arguments.pointer(base);
            texts.add("{iov_base=" + data + ", iov_len=" + Long.toUnsignedString(length) + "}");
        }
        if (texts.size() < count) {
            texts.add("...");
        }
        return "[" + String.join(", ", texts) + "]";
    }

    /**
     * An array of buffers that the call reads.
     *
     * @param contents whether the buffers themselves are written
     */
    record Vector(int count, boolean contents) implements ArgumentKind {
        @Override
        public void fetch(Fetches fetches, int index) {
            var address = new Source.Argument(index);
            var number = new Source.Argument(count);
            if (contents) {
                Vectors.fetch(fetches, address, number);
            } else {
                fetches.bytes(address, Length.counted(number, ELEMENT, SHOWN * ELEMENT));
            }
        }

        @Override
        public String text(Call call, int index) {
            return Vectors.text(call, new Source.Argument(index), call.argument(index), call.argument(count), contents);
        }

        @Override
        public Offer offer() {
            return Offer.DESCRIBED;
        }
    }

    /** A message to send, in a struct msghdr. */
    record Message(SocketAddress addresses, ControlMessages control) implements ArgumentKind {
        private static final int SIZE = 56;
        private static final int NAME = 0;
        private static final int NAME_LENGTH = 8;
        private static final int VECTOR = 16;
        private static final int VECTOR_LENGTH = 24;
        private static final int CONTROL = 32;
        private static final int CONTROL_LENGTH = 40;
        private static final int FLAGS = 48;

        @Override
        public void fetch(Fetches fetches, int index) {
            var header = new Source.Argument(index);
            fetches.bytes(header, Length.fixed(SIZE));
            fetches.bytes(word(index, NAME), new Length(word(index, NAME_LENGTH), true, 1, SocketAddress.LARGEST));
            Vectors.fetch(fetches, word(index, VECTOR), word(index, VECTOR_LENGTH));
            fetches.bytes(word(index, CONTROL), Length.counted(word(index, CONTROL_LENGTH), 1, ControlMessages.SHOWN));
        }

        private static Source word(int index, int offset) {
            return new Source.Word(new Source.Argument(index), offset);
        }

        @Override
        public String text(Call call, int index) {
            var header = call.memory(new Source.Argument(index)).filter(bytes -> bytes.has(SIZE));
            if (header.isEmpty() || call.argument(index) == 0) {
                return Arguments.pointer(call.argument(index));
            }
            var bytes = header.get();
            int nameLength = (int) bytes.unsigned(NAME_LENGTH, 4);
            long count = bytes.word(VECTOR_LENGTH);
            long controlLength = bytes.word(CONTROL_LENGTH);
            return "{msg_name=" + addresses.text(call, word(index, NAME), bytes.word(NAME), nameLength)
                    + ", msg_namelen=" + nameLength
                    + ", msg_iov=" + Vectors.text(call, word(index, VECTOR), bytes.word(VECTOR), count, true)
                    + ", msg_iovlen=" + Long.toUnsignedString(count)
                    + (controlLength == 0
                            ? ""
                            : ", msg_control="
                                    + control.text(
                                            call.memory(word(index, CONTROL)), bytes.word(CONTROL), controlLength))
                    + ", msg_controllen=" + Long.toUnsignedString(controlLength)
                    + ", msg_flags=" + control.flags(bytes.unsigned(FLAGS, 4)) + "}";
        }

        @Override
        public Offer offer() {
            return Offer.DESCRIBED;
        }
    }

    /** A message to be received: before it is there, only the room for its sender's address is known. */
    record EmptyMessage() implements ArgumentKind {
        private static final int NAME_LENGTH = 8;

        @Override
        public void fetch(Fetches fetches, int index) {
            fetches.bytes(new Source.Argument(index), Length.fixed(Message.SIZE));
        }

        @Override
        public String text(Call call, int index) {
            return call.memory(new Source.Argument(index))
                    .filter(bytes -> call.argument(index) != 0 && bytes.has(Message.SIZE))
                    .map(bytes -> "{msg_namelen=" + (int) bytes.unsigned(NAME_LENGTH, 4) + "}")
                    .orElse(Arguments.pointer(call.argument(index)));
        }

        @Override
        public Offer offer() {
            return Offer.DESCRIBED;
        }
    }
}
