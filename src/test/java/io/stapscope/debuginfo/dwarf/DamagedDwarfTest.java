package io.stapscope.debuginfo.dwarf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedDwarfTest {
    private static final int FILES = 400;

    @ParameterizedTest
    @ValueSource(strings = {"gcc -O2 -gdwarf-5", "gcc -O0 -gdwarf-3"})
    @Timeout(30)
    void damagedBytesAreRefusedInWords(String way) {
        var whole = PackedSections.pack(Described.file(way).sections());
        var random = new Random(4);
        var reader = new ReadEverything();
        for (int i = 0; i < FILES; i++) {
            var damaged =
                    ByteBuffer.allocate(whole.limit()).put(whole.duplicate()).flip();
            for (int n = random.nextInt(1, 20); n > 0; n--) {
                damaged.put(random.nextInt(damaged.limit()), (byte) random.nextInt());
            }
            if (random.nextInt(4) == 0) {
                damaged.limit(random.nextInt(damaged.limit()));
            }
            int number = i;
            assertThatCode(() -> reader.accept(damaged)).as("file " + number).doesNotThrowAnyException();
        }
    }

    @Test
    void unitsOfUnknownVersionsAreLeftOut() {
        var info = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0, 12)
                .putShort(4, (short) 7);
        var empty = ByteBuffer.allocate(0);

        var file = DwarfFile.read(
                DwarfSections.of(name -> name.equals(".debug_info") ? info : empty, 0, Long.BYTES, null));

        assertThat(file.units()).isEmpty();
        assertThat(file.remark()).contains("a unit at 0x0 of .debug_info: version 7 of DWARF is not read");
        assertThat(file.functions().find(name -> true)).isEmpty();
    }

    @Test
    void splitUnitsAreRefusedByName(@TempDir Path directory) {
        var source = "int main(void) { return 0; }";
        var sample = Sample.compile("gcc", source, "-gdwarf-5", "-gsplit-dwarf", "-dumpdir", directory + "/");
        var file = DwarfFile.read(sample.sections());

        assertThat(file.remark().orElse("")).contains(".dwo").contains("which are not read");
    }
}
