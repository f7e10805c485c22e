package io.stapscope.syscalls;

import java.util.ArrayList;
import java.util.Optional;

/** The kinds of arguments that are not special to one call. */
final class Arguments {
    /** strace writes so many bytes of a string. */
    static final int SHOWN = 32;

    /** Of an area with elements. */
    private static final int MOST_ELEMENT_BYTES = 256;

    private Arguments() {}

    static String pointer(long address) {
        return address == 0 ? "NULL" : "0x" + Long.toHexString(address);
    }

    /** A value in a register. */
    record Value(ValueKind kind) implements ArgumentKind {
        @Override
        public String text(Call call, int index) {
            return kind.text(call.argument(index));
        }

        @Override
        public long value(long register) {
            return kind.value(register);
        }

        @Override
        public Offer offer() {
            return kind.isDescribed() ? Offer.DESCRIBED : Offer.NUMBER;
        }
    }

    /** Where the kernel will write: at the entry there is only an address. */
    record Received() implements ArgumentKind {
        @Override
        public String text(Call call, int index) {
            return pointer(call.argument(index));
        }

        @Override
        public Offer offer() {
            return Offer.NUMBER;
        }
    }

    /** An argument that the call does not look at. */
    record Skipped() implements ArgumentKind {
        @Override
        public String text(Call call, int index) {
            return "";
        }

        @Override
        public boolean isWritten() {
            return false;
        }

        @Override
        public Offer offer() {
            return Offer.NOTHING;
        }
    }

    /** A string that ends with a NUL. */
    record Text(int most, boolean named) implements ArgumentKind {
        @Override
        public void fetch(Fetches fetches, int index) {
            fetches.string(new Source.Argument(index), most + 2);
        }

        @Override
        public String text(Call call, int index) {
            return call.string(new Source.Argument(index))
                    .map(text -> text.bytes().length() > most
                            ? Quoted.of(text.bytes().substring(0, most), true)
                            : Quoted.of(text.bytes(), false))
                    .orElseGet(() -> pointer(call.argument(index)));
        }

        @Override
        public Offer offer() {
            return Offer.STRING;
        }
    }

    /** Bytes whose number another argument says. */
    record Buffer(int length) implements ArgumentKind {
        @Override
        public void fetch(Fetches fetches, int index) {
            fetches.bytes(new Source.Argument(index), Length.counted(new Source.Argument(length), 1, SHOWN + 8));
        }

        @Override
        public String text(Call call, int index) {
            return buffer(call, new Source.Argument(index), call.argument(index), call.argument(length));
        }

        @Override
        public Offer offer() {
            return Offer.DESCRIBED;
        }
    }

    /** The first bytes of a buffer, or its address. */
    static String buffer(Call call, Source source, long address, long length) {
        int shown = Long.compareUnsigned(length, SHOWN) > 0 ? SHOWN : (int) length;
        return call.memory(source)
                .filter(bytes -> address != 0 && bytes.has(shown))
                .map(bytes -> Quoted.of(bytes.slice(0, shown).text(), shown != length))
                .orElseGet(() -> pointer(address));
    }

    /** How many elements lie at an address. */
    sealed interface Count {
        /** Always so many; 0 for one that is not an array. */
        record Fixed(int number) implements Count {}

        /** What an argument says. */
        record Argument(int index) implements Count {}
    }

    /** Memory that the call reads. */
    record Pointed(DataKind kind, Count count) implements ArgumentKind {
        @Override
        public void fetch(Fetches fetches, int index) {
            var source = new Source.Argument(index);
            fetches.bytes(
                    source,
                    switch (count) {
                        case Count.Fixed fixed -> Length.fixed(kind.size() * Math.max(1, fixed.number()));
                        case Count.Argument argument ->
                            Length.counted(
                                    new Source.Argument(argument.index()),
                                    kind.size(),
                                    MOST_ELEMENT_BYTES / kind.size() * kind.size());
                    });
        }

        @Override
        public String text(Call call, int index) {
            var address = pointer(call.argument(index));
            var memory = call.memory(new Source.Argument(index)).filter(_ -> call.argument(index) != 0);
            return memory.flatMap(bytes -> text(call, bytes)).orElse(address);
        }

        private Optional<String> text(Call call, Bytes bytes) {
            return switch (count) {
                case Count.Fixed fixed
                when fixed.number() == 0 ->
                    bytes.has(kind.size()) ? Optional.of(kind.text(bytes, 0)) : Optional.empty();
                case Count.Fixed fixed -> elements(bytes, fixed.number());
                case Count.Argument argument -> elements(bytes, call.argument(argument.index()) & 0xffffffffL);
            };
        }

        private Optional<String> elements(Bytes bytes, long number) {
            int present = bytes.length() / kind.size();
            if (present == 0 && number > 0) {
                return Optional.empty();
            }
            var texts = new ArrayList<String>();
            for (int i = 0; i < Math.min(number, present); i++) {
                texts.add(kind.text(bytes, i * kind.size()));
            }
            if (number > present) {
                texts.add("...");
            }
            return Optional.of("[" + String.join(", ", texts) + "]");
        }

        @Override
        public Offer offer() {
            return Offer.DESCRIBED;
        }
    }
}
