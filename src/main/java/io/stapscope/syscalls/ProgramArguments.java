package io.stapscope.syscalls;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** The arguments and the environment of a new program. */
final class ProgramArguments {
    private static final int POINTER = 8;

    private ProgramArguments() {}

    /** Strings whose addresses lie in an array that ends with 0. */
    record Strings() implements ArgumentKind {
        /** So many strings are fetched. */
        private static final int SHOWN = 8;

        @Override
        public void fetch(Fetches fetches, int index) {
            var array = new Source.Argument(index);
            fetches.bytes(array, Length.fixed((SHOWN + 1) * POINTER));
            for (int i = 0; i < SHOWN; i++) {
                fetches.string(new Source.Word(array, i * POINTER), Arguments.SHOWN + 2);
            }
        }

        @Override
        public String text(Call call, int index) {
            var array = new Source.Argument(index);
            var memory = call.memory(array);
            if (memory.isEmpty() || call.argument(index) == 0) {
                return Arguments.pointer(call.argument(index));
            }
            var texts = new ArrayList<String>();
            for (int at = 0; at < memory.get().length(); at += POINTER) {
                long address = memory.get().word(at);
                if (address == 0) {
                    break;
                }
                texts.add(at == SHOWN * POINTER ? "..." : string(call, new Source.Word(array, at), address));
            }
            return "[" + String.join(", ", texts) + "]";
        }

        private static String string(Call call, Source source, long address) {
            return call.string(source)
                    .map(text -> text.bytes().length() > Arguments.SHOWN
                            ? Quoted.of(text.bytes().substring(0, Arguments.SHOWN), true)
                            : Quoted.of(text.bytes(), false))
                    .orElse(Arguments.pointer(address));
        }

        @Override
        public Offer offer() {
            return Offer.DESCRIBED;
        }
    }

    /** The address of the environment and how many variables it has. */
    record Environment() implements ArgumentKind {
        private static final int COUNTED = 60;

        @Override
        public void fetch(Fetches fetches, int index) {
            fetches.bytes(new Source.Argument(index), Length.fixed(COUNTED * POINTER));
        }

        @Override
        public String text(Call call, int index) {
            var address = Arguments.pointer(call.argument(index));
            if (call.argument(index) == 0) {
                return address;
            }
            return address
                    + call.memory(new Source.Argument(index))
                            .map(Environment::count)
                            .orElse("");
        }

        private static @Nullable String count(Bytes pointers) {
            for (int at = 0; at + POINTER <= pointers.length(); at += POINTER) {
                if (pointers.word(at) == 0) {
                    int number = at / POINTER;
                    return " /* " + number + (number == 1 ? " var */" : " vars */");
                }
            }
            return pointers.length() == COUNTED * POINTER ? " /* " + COUNTED + " vars or more */" : "";
        }

        @Override
        public Offer offer() {
            return Offer.DESCRIBED;
        }
    }
}
