package io.stapscope.debuginfo.dwarf.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stapscope.debuginfo.dwarf.DwarfFormatException;
import io.stapscope.debuginfo.dwarf.DwarfSections;
import io.stapscope.debuginfo.dwarf.Sample;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineTableTest {
    private static final String SOURCE = """
            int twice(int value)
            {
                int result = value;
                result += value;
                return result;
            }
            # 40 "other/../made.y"
            int main(void) { return twice(3) - 6; }
            """;

    private static final Sample OLD = Sample.compile("cc", SOURCE, "-O0", "-gdwarf-4", "-no-pie");
    private static final Sample NEW = Sample.compile("cc", SOURCE, "-O0", "-gdwarf-5");

    /** A table of one sequence: made.c line 1, 4 bytes on line 3 (end of the prologue), 2 more until the end. */
    private static byte[] made() {
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {55, 0, 0, 0, 2, 0, 30, 0, 0, 0});
        out.writeBytes(new byte[] {1, 1, -5, 14, 13, 0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1});
        out.writeBytes("inc\0\0a.h\0".getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(new byte[] {1, 0, 0, 0});
        out.writeBytes(new byte[] {0, 5, 2, 0, 0x10, 0, 0, 1, 10, 3, 2, 2, 4, 1, 2, 2, 0, 1, 1});
        return out.toByteArray();
    }

    private static DwarfSections sections(byte[] line) {
        return DwarfSections.of(
                name -> ByteBuffer.wrap(name.equals(".debug_line") ? line : new byte[0])
                        .order(ByteOrder.LITTLE_ENDIAN),
                0,
                4,
                null);
    }

    @Test
    void everyOldTableIsReadWithTheDirectoryOfItsUnit() {
        var table = LineTable.read(sections(made()), 0, "/home/./x/../me", "made.c");

        assertThat(table.files()).containsExactly("/home/me/made.c", "/home/me/inc/a.h");
        assertThat(table.rows())
                .containsExactly(
                        new LineTable.Row(0x1000, "/home/me/inc/a.h", 1, true, false),
                        new LineTable.Row(0x1004, "/home/me/inc/a.h", 3, true, true));
        assertThat(table.at(0x1003))
                .hasValueSatisfying(row -> assertThat(row.line()).isEqualTo(1));
        assertThat(table.at(0x1005))
                .hasValueSatisfying(row -> assertThat(row.line()).isEqualTo(3));
        assertThat(table.at(0x1006)).isEmpty();
        assertThat(table.at(0xfff)).isEmpty();
        assertThat(table.prologueEnd(0x1000, 0x1006)).hasValue(0x1004);
    }

    @Test
    void linesOfACompiledProgramAreFoundInBothVersions() {
        for (var sample : new Sample[] {OLD, NEW}) {
            var table = LineTable.read(sample.sections(), 0, "/tmp", "sample.c");
            long start = sample.function("twice");
            long end = sample.end("twice");

            assertThat(table.at(start)).hasValueSatisfying(row -> {
                assertThat(row.line()).isEqualTo(2);
                assertThat(row.file()).endsWith("/sample.c");
            });
            var all = table.statements(file -> table.file(file).endsWith("/sample.c"), 3, 5);
            assertThat(all).extracting(LineTable.Row::line).containsExactly(3, 4, 5);
            assertThat(all).allMatch(row -> row.address() > start && row.address() < end);
            assertThat(table.prologueEnd(start, end)).hasValue(all.getFirst().address());
            assertThat(table.at(sample.function("main"))).hasValueSatisfying(row -> {
                assertThat(row.line()).isEqualTo(40);
                assertThat(row.file()).endsWith("/made.y").doesNotContain("..");
            });
        }
    }

    @Test
    void wordsOfTwoOperationsAndUnknownVersionsAreRefused() {
        var version = made();
        version[4] = 9;
        assertThatThrownBy(() -> LineTable.read(sections(version), 0, "", ""))
                .isInstanceOf(DwarfFormatException.class)
                .hasMessage("a line table is of version 9");
        var range = made();
        range[13] = 0;
        assertThatThrownBy(() -> LineTable.read(sections(range), 0, "", ""))
                .hasMessage("a line table has a range of no lines");
    }

    @Test
    void aSequenceOfCodeThatWasLeftOutHasNoRows() {
        var bytes = made();
        bytes[44] = 0;
        assertThat(LineTable.read(sections(bytes), 0, "", "").rows()).isEmpty();
    }

    @Test
    void damagedTablesAreReadOrRefused() {
        var random = new Random(8);
        var line = NEW.sections().line();
        var bytes = new byte[line.limit()];
        line.get(0, bytes);
        for (int i = 0; i < 3000; i++) {
            var damaged = bytes.clone();
            for (int j = 0; j < 3; j++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(LineTable.read(sections(damaged), 0, "/tmp", "").rows())
                        .isNotNull();
            } catch (DwarfFormatException e) {
                assertThat(e).hasMessageMatching("(a |\\.debug|[0-9]+ bytes).*");
            }
        }
    }
}
