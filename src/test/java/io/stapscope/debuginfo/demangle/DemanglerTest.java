package io.stapscope.debuginfo.demangle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemanglerTest {
    /** Symbols of real libraries and what c++filt makes of them. */
    static List<String> pairs() {
        try {
            return Files.readAllLines(Path.of("src/test/resources/demangle/cpp.txt"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void namesOfCppAreWrittenAsToolsWriteThem(String pair) {
        var parts = pair.split("\t");
        assertThat(Demangler.readable(parts[0])).isEqualTo(parts[1]);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            _ZN4core3fmt9Formatter3new17h0123456789abcdefE | core::fmt::Formatter::new
            _ZN3foo3bar17h05af221e174051e9E.llvm.123 | foo::bar
            _ZN8$BP$test4foob17h05af221e174051e9E | *test::foob
            _ZN28_$u7b$$u7b$closure$u7d$$u7d$17h05af221e174051e9E | {{closure}}
            _RNvC6_123foo3bar | 123foo::bar
            _RNCNCNgCs6DXkGYLi8lr_2cc5spawn00B5_ | cc::spawn::{closure#0}::{closure#0}
            _RINbNbCskIICzLVDPPb_5alloc5alloc8box_freeDINbNiB4_5boxed5FnBoxuEp6OutputuEL_ECs1iopQbuBiw2_3std \
            | alloc::alloc::box_free::<dyn alloc::boxed::FnBox<(), Output = ()>>
            _RMC0INtC8arrayvec8ArrayVechKj7b_E | <arrayvec::ArrayVec<u8, 123>>
            _RNvNtCsbmNqQUJIY6D_4core3fmt5write | core::fmt::write
            _RNvMs_NtCs1234_7mycrate3fooNtB4_3Bar3baz | <mycrate::foo::Bar>::baz
            _RINvC3foo3barRlQShPxOyTlmETuEAbj3_E \
            | foo::bar::<&i32, &mut [u8], *const i64, *mut u64, (i32, u32), ((),), [bool; 3]>
            _RINvC3foo3barFG_RL0_lEuFUKCmElE | foo::bar::<for<'a> fn(&'a i32), unsafe extern "C" fn(u32) -> i32>
            _RNvC3foo3bar.llvm.9D1C9369 | foo::bar
            """)
    void namesOfRustAreWrittenWithoutTheirHashes(String symbol, String name) {
        assertThat(Demangler.readable(symbol)).isEqualTo(name);
    }

    @Test
    void identifiersBeyondAsciiAreBytes() {
        var name = Demangler.readable("_RNqCs4fqI2P2rA04_11utf8_identsu30____7hkackfecea1cbdathfdh9hlq6y");
        assertThat(new String(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                .isEqualTo("utf8_idents::საჭმელად_გემრიელი_სადილი");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "_Z",
                "main",
                "_ZN3fooE3",
                "_ZN3foo",
                "_Z3fooT_",
                "_Z99foo",
                "_R",
                "_RC",
                "_RB_",
                "_ZS_",
                "_Z1fS0_"
            })
    void whatCannotBeReadStaysAsItIs(String symbol) {
        assertThat(Demangler.readable(symbol)).isEqualTo(symbol);
    }

    @Test
    void namesThatGrowWithoutEndAreRefusedSoon() {
        var deep = "_Z1f" + "P".repeat(10_000) + "i";
        var doubling = new StringBuilder("_Z1f1aIii");
        for (int i = 0; i < 60; i++) {
            doubling.append("E1aIS")
                    .append(i == 0 ? "" : Integer.toString(i - 1, 36).toUpperCase())
                    .append("_S_");
        }
        var backwards = "_RI" + "TB_B_E".repeat(500);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            assertThat(Demangler.readable(deep)).isEqualTo(deep);
            assertThat(Demangler.readable(doubling.toString())).isNotEmpty();
            assertThat(Demangler.readable(backwards)).isEqualTo(backwards);
        });
    }

    @Test
    void damagedNamesAreAnswered() {
        var random = new Random(3);
        var pairs = pairs();
        for (int i = 0; i < 30_000; i++) {
            var symbol =
                    new StringBuilder(pairs.get(random.nextInt(pairs.size())).split("\t")[0]);
            for (int j = 0; j < 2; j++) {
                symbol.setCharAt(2 + random.nextInt(symbol.length() - 2), (char) (33 + random.nextInt(94)));
            }
            assertThat(Demangler.readable(symbol.toString())).isNotNull();
        }
    }
}
