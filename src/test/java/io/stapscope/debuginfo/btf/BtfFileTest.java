package io.stapscope.debuginfo.btf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BtfFileTest {
    @Test
    void aWrittenBlobIsReadBack() {
        var writer = new BtfWriter();
        int integer = writer.addInteger("int", 4, true);
        int array = writer.addArray(integer, integer, 12);
        var file = BtfFile.read(ByteBuffer.wrap(writer.toBytes()));

        assertThat(file.typeCount()).isEqualTo(2);
        assertThat(file.kind(integer)).isEqualTo(BtfKind.INT);
        assertThat(file.name(integer)).isEqualTo("int");
        assertThat(file.kind(array)).isEqualTo(BtfKind.ARRAY);
        assertThat(new BtfTypePrinter(file).print(array)).isEqualTo("int[12]");
    }

    @Test
    void membersOfAnonymousUnionsAreFoundWithTheirOffset() {
        var file = Blob.of("\0outer\0first\0second\0inner\0")
                .type(0, BtfKind.INT, 0, 4, 32)
                // union { int first; int second; }
                .type(0, BtfKind.UNION, 2, 4, 7, 1, 0, 13, 1, 0)
                // struct outer { int; union {...}; int inner; }
                .type(1, BtfKind.STRUCT, 2, 12, 0, 2, 32, 20, 1, 64)
                .read();
        var structs = new BtfStructs(file);
        int outer = structs.find("outer");

        assertThat(structs.offset(outer, "second")).hasValue(4);
        assertThat(structs.offset(outer, "inner")).hasValue(8);
        assertThat(structs.offset(outer, "absent")).isEmpty();
        assertThat(structs.offset(outer, "inner", "deeper")).isEmpty();
    }

    @Test
    void qualifiersThatPointAtEachOtherAreRefused() {
        var file = Blob.of("\0loop\0")
                .type(1, BtfKind.TYPEDEF, 0, 2)
                .type(0, BtfKind.CONST, 0, 1)
                .read();

        assertThatThrownBy(() -> new BtfStructs(file).find("loop")).isInstanceOf(BtfFormatException.class);
    }

    @Test
    void anonymousStructsWithoutEndAreRefused() {
        var blob = Blob.of("\0bomb\0");
        // Each level holds eight times the next one: without a limit 8^20 visits.
        for (int level = 1; level <= 20; level++) {
            var members = new int[8 * 3];
            for (int i = 0; i < 8; i++) {
                members[i * 3 + 1] = level == 20 ? 20 : level + 1;
            }
            blob.type(level == 1 ? 1 : 0, BtfKind.STRUCT, 8, 4, members);
        }
        var structs = new BtfStructs(blob.read());
        int bomb = structs.find("bomb");

        assertThatThrownBy(() -> structs.offset(bomb, "member")).isInstanceOf(BtfFormatException.class);
    }

    @Test
    void randomBytesGiveAValueOrATypedError() {
        var random = new Random(20260823);
        for (int round = 0; round < 5_000; round++) {
            var bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            makeHeaderPlausible(bytes, random);
            try {
                askEverything(BtfFile.read(ByteBuffer.wrap(bytes)));
            } catch (BtfFormatException expected) {
                assertThat(expected).hasMessageNotContaining("null");
            }
        }
    }

    /** Otherwise hardly any round would get past the magic number. */
    private static void makeHeaderPlausible(byte[] bytes, Random random) {
        if (bytes.length < 64 || random.nextInt(10) == 0) {
            return;
        }
        int types = random.nextInt(0, (bytes.length - 32) / 4) * 4;
        var header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        header.putShort(0, (short) 0xeb9f).putInt(4, 24).putInt(8, 0).putInt(12, types);
        header.putInt(16, types).putInt(20, bytes.length - 24 - types);
        bytes[24 + types] = 0;
        bytes[bytes.length - 1] = 0;
        for (int at = 24; at + 12 <= 24 + types; at += 12) {
            header.putInt(at, random.nextInt(12)).putInt(at + 4, random.nextInt(1, 20) << 24 | random.nextInt(2));
            header.putInt(at + 8, random.nextInt(8));
        }
    }

    private static void askEverything(BtfFile file) {
        for (int id = 0; id <= file.typeCount() + 1; id++) {
            try {
                var name = file.name(id);
                var printed = new BtfTypePrinter(file).print(id);
                new BtfStructs(file).offset(file.resolve(id), name, printed);
                new BtfStructs(file).find(name);
                new BtfTracepoints(file).parameters(name);
                new BtfEnums(file).value(name, name);
            } catch (BtfFormatException expected) {
                assertThat(expected).hasMessageNotContaining("null");
            }
        }
    }

    /** Words of a BTF blob, written by hand. */
    private static final class Blob {
        private final byte[] strings;
        private final ByteBuffer types = ByteBuffer.allocate(8192).order(ByteOrder.LITTLE_ENDIAN);

        private Blob(String strings) {
            this.strings = strings.getBytes(StandardCharsets.ISO_8859_1);
        }

        static Blob of(String strings) {
            return new Blob(strings);
        }

        Blob type(int name, BtfKind kind, int entries, int sizeOrType, int... rest) {
            types.putInt(name).putInt(kind.ordinal() << 24 | entries).putInt(sizeOrType);
            for (int word : rest) {
                types.putInt(word);
            }
            return this;
        }

        BtfFile read() {
            var out =
                    ByteBuffer.allocate(24 + types.position() + strings.length).order(ByteOrder.LITTLE_ENDIAN);
            out.putShort((short) 0xeb9f)
                    .putShort((short) 1)
                    .putInt(24)
                    .putInt(0)
                    .putInt(types.position());
            out.putInt(types.position()).putInt(strings.length);
            out.put(types.flip()).put(strings);
            return BtfFile.read(out.flip());
        }
    }
}
