package io.stapscope.interpreter.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.host.SymbolSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StackTextTest {
    private final StackText text = new StackText(new SymbolSource() {
        @Override
        public Optional<Symbol> kernel(long address) {
            return switch ((int) address) {
                case 0x10 -> Optional.of(new Symbol("bpf_trace_run2", 0, 8, "kernel"));
                case 0x20 -> Optional.of(new Symbol("work", 0x1a, 0x90, "kernel"));
                default -> Optional.empty();
            };
        }

        @Override
        public Optional<Symbol> user(int pid, long address) {
            return pid == 7 ? Optional.of(new Symbol("", address, 0, "/bin/a")) : Optional.empty();
        }
    });

    private static String stack(long... addresses) {
        var bytes = new StringBuilder();
        for (long address : addresses) {
            for (int shift = 0; shift < 64; shift += 8) {
                bytes.append((char) (address >>> shift & 0xff));
            }
        }
        return bytes.toString();
    }

    @Test
    void theFramesOfTracingAreLeftOut() {
        assertThat(text.addresses(stack(0x5, 0x10, 0x20, 0x30, 0, 0), 0)).containsExactly(0x20L, 0x30L);
        assertThat(text.addresses(stack(0x10, 0x20), 7)).containsExactly(0x10L, 0x20L);
        assertThat(text.addresses("", 0)).isEmpty();
    }

    @Test
    void linesLookAsSystemTapPrintsThem() {
        assertThat(text.lines(List.of(0x20L, 0x30L), 0)).isEqualTo(" 0x20 : work+0x1a/0x90 [kernel]\n 0x30\n");
        assertThat(text.lines(List.of(0x20L), 7)).isEqualTo(" 0x20 [/bin/a+0x20]\n");
        assertThat(text.brief(List.of(0x20L, 0x30L), 0)).isEqualTo("work+0x1a/0x90 0x30 \n");
    }

    @Test
    void addressesGoToTextAndBackAndAreNeverCut() {
        assertThat(StackText.join(List.of(0xffffffff81000000L, 0x20L), 100)).isEqualTo("0xffffffff81000000 0x20");
        assertThat(StackText.join(List.of(0xffffffff81000000L, 0x20L), 20)).isEqualTo("0xffffffff81000000");
        assertThat(StackText.parse("0xffffffff81000000 20 what")).containsExactly(0xffffffff81000000L, 0x20L);
    }

    @Test
    void anAddressWithoutNameIsANumber() {
        assertThat(text.name(0x30, 0)).isEqualTo("0x30");
        assertThat(text.data(0x20, 0)).isEqualTo("work+0x1a/0x90 [kernel]");
        assertThat(text.module(0x30, 0)).isEqualTo("<unknown>");
    }
}
