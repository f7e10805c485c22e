package io.stapscope.host.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stapscope.debuginfo.elf.ElfFile;
import io.stapscope.debuginfo.value.Location;
import io.stapscope.debuginfo.value.Value;
import io.stapscope.debuginfo.value.Value.Operator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElfMarksTest {
    private static final Path POSTGRES = Path.of("/usr/lib/postgresql/15/bin/postgres");
    private static final Path SOURCE = Path.of("src/test/native/marks.s");

    private static List<Mark> marks(Path program) throws IOException {
        return ElfMarks.of(ElfFile.read(ByteBuffer.wrap(Files.readAllBytes(program))));
    }

    @Test
    void postgres_has_its_57_marks() throws IOException {
        assumeTrue(Files.exists(POSTGRES));
        var marks = marks(POSTGRES);
        assertThat(marks.stream().map(Mark::name).distinct()).hasSize(57);
        assertThat(marks).allSatisfy(mark -> {
            assertThat(mark.provider()).isEqualTo("postgresql");
            assertThat(mark.semaphoreOffset()).isPositive();
            assertThat(mark.arguments()).noneMatch(each -> each.location() instanceof Location.Missing);
        });
        assertThat(marks.stream().filter(mark -> mark.name().equals("query__start")))
                .singleElement()
                .satisfies(mark -> assertThat(mark.arguments())
                        .containsExactly(
                                new Mark.Argument(8, false, new Location.Computed(new Value.Register(3)), "8@%rbx")));
    }

    /** What the system's own assembler and linker make of the notes. */
    @Test
    void every_kind_of_argument_becomes_a_location(@TempDir Path directory) throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of("/usr/bin/cc"))
                && System.getProperty("os.arch").equals("amd64"));
        var program = directory.resolve("marks");
        var command = List.of("cc", "-static-pie", "-nostdlib", "-o", program.toString(), SOURCE.toString());
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        var elf = ElfFile.read(ByteBuffer.wrap(Files.readAllBytes(program)));
        var marks = ElfMarks.of(elf);
        assertThat(marks).extracting(Mark::name).containsExactly("sale", "refund");
        var sale = marks.getFirst();
        long counter = elf.symbols().stream()
                .filter(symbol -> symbol.name().equals("counter"))
                .findFirst()
                .orElseThrow()
                .value();
        assertThat(elf.isCode(sale.address())).isTrue();
        assertThat(sale.semaphore()).isEqualTo(counter - 2);
        assertThat(sale.semaphoreOffset())
                .isEqualTo(elf.offsetOfAddress(counter - 2).orElseThrow());
        assertThat(sale.arguments())
                .extracting(Mark.Argument::location)
                .containsExactlyElementsOf(Stream.of(
                                new Location.Computed(new Value.Register(5)),
                                new Location.Computed(new Value.Constant(-7)),
                                new Location.Memory(add(new Value.Register(6), new Value.Constant(-20))),
                                new Location.Memory(add(
                                        new Value.Register(0),
                                        new Value.Binary(
                                                Operator.MULTIPLY, new Value.Register(2), new Value.Constant(8)))),
                                new Location.Memory(new Value.Relocated(counter)),
                                new Location.Missing("it is in memory of a segment, %fs"),
                                new Location.Computed(new Value.Binary(
                                        Operator.SHIFT_RIGHT_UNSIGNED, new Value.Register(0), new Value.Constant(8))))
                        .toList());
        assertThat(marks.getLast().semaphore()).isZero();
        assertThat(marks.getLast().arguments()).isEmpty();
    }

    private static Value add(Value left, Value right) {
        return new Value.Binary(Operator.ADD, left, right);
    }
}
