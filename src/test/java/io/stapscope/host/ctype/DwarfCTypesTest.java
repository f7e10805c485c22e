package io.stapscope.host.ctype;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.debuginfo.dwarf.Described;
import io.stapscope.debuginfo.dwarf.DwarfFile;
import io.stapscope.host.ctype.CType.IntKind;
import io.stapscope.host.ctype.CType.Member;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DwarfCTypesTest {
    private static final String WAYS = "io.stapscope.debuginfo.dwarf.Described#ways";

    private static DwarfCTypes types(String way) {
        return new DwarfCTypes(Described.file(way));
    }

    private static CType.Struct struct(DwarfCTypes types, String name) {
        return (CType.Struct) types.find(name).orElseThrow();
    }

    private static CType member(CType.Struct struct, String name) {
        return struct.member(name).orElseThrow().type();
    }

    @ParameterizedTest
    @MethodSource(WAYS)
    void readsStructsThatPointToThemselves(String way) {
        var point = struct(types(way), "point_t");

        assertThat(point.name()).isEqualTo("point_t");
        assertThat(point.size()).isEqualTo(16);
        assertThat(point.members()).extracting(Member::name).containsExactly("x", "y", "next");
        assertThat(point.members()).extracting(Member::offset).containsExactly(0L, 4L, 8L);
        var next = (CType.Pointer) member(point, "next");
        assertThat(next.name()).isEqualTo("struct point *");
        assertThat(next.size()).isEqualTo(8);
        assertThat(CType.same(next.target(), point)).isTrue();
    }

    @ParameterizedTest
    @MethodSource(WAYS)
    void readsBitFieldsOfAllVersions(String way) {
        var flags = struct(types(way), "struct flags");

        assertThat(flags.size()).isEqualTo(8);
        assertThat(flags.members().stream().map(each -> each.name() + " " + bit(each) + " " + each.bitSize()))
                .containsExactly("a 0 3", "b 3 7", "c 10 5", "d 15 40", "tail 56 0");
        assertThat(member(flags, "c")).isEqualTo(new CType.Int("int", 4, true, IntKind.NUMBER));
    }

    private static long bit(Member member) {
        return member.offset() * 8 + member.bitOffset();
    }

    @ParameterizedTest
    @MethodSource(WAYS)
    void readsAllKindsOfMembers(String way) {
        var outer = struct(types(way), "outer");

        assertThat(outer.member("in").orElseThrow().offset()).isZero();
        var either = (CType.Struct) member(outer, "u");
        assertThat(either.isUnion()).isTrue();
        assertThat(either.members()).extracting(Member::offset).containsOnly(0L);
        assertThat(member(either, "d")).isEqualTo(new CType.Floating("double", 8));
        var table = (CType.Array) member(outer, "table");
        assertThat(table.name()).isEqualTo("int[2][3]");
        assertThat(table.count()).isEqualTo(2);
        assertThat(table.size()).isEqualTo(24);
        assertThat(((CType.Array) table.element()).count()).isEqualTo(3);
        assertThat(((CType.Pointer) member(outer, "h")).target())
                .isEqualTo(new CType.Incomplete("struct hidden", "struct hidden"));
        assertThat(((CType.Pointer) member(outer, "call")).target()).isInstanceOf(CType.Function.class);
        assertThat(member(outer, "name").name()).isEqualTo("const char *");
        assertThat(((CType.Pointer) member(outer, "name")).target())
                .isEqualTo(new CType.Int("const char", 1, true, IntKind.CHARACTER));
        assertThat(member(outer, "on")).isEqualTo(new CType.Int("_Bool", 1, false, IntKind.BOOLEAN));
        assertThat(member(outer, "raw")).isEqualTo(new CType.Int("unsigned char", 1, false, IntKind.CHARACTER));
        assertThat(member(outer, "small")).isEqualTo(new CType.Int("signed char", 1, true, IntKind.NUMBER));
    }

    @ParameterizedTest
    @MethodSource(WAYS)
    void readsEnumerations(String way) {
        var types = types(way);

        var color = (CType.Enumeration) types.find("enum color").orElseThrow();
        assertThat(color.constants().get())
                .containsExactly(
                        new CType.Constant("RED", 0), new CType.Constant("GREEN", 5), new CType.Constant("BLUE", 6));
        assertThat(color.signed()).isFalse();
        assertThat(color.size()).isEqualTo(4);
        var sign = (CType.Enumeration) types.find("enum sign").orElseThrow();
        assertThat(sign.signed()).isTrue();
        assertThat(sign.nameOf(-1)).contains("MINUS");
        assertThat(types.enumerator("BLUE")).hasValue(6);
    }

    @ParameterizedTest
    @MethodSource(WAYS)
    void readsTypesOfVariablesAndFunctions(String way) {
        var file = Described.file(way);
        var types = new DwarfCTypes(file);

        assertThat(types.type(variable(file, "counter")))
                .isEqualTo(new CType.Int("volatile int", 4, true, IntKind.NUMBER));
        assertThat(types.type(variable(file, "total")).size()).isEqualTo(32);
        var walk = file.functions().named("walk").getFirst();
        assertThat(types.type(walk.type()).name()).isEqualTo("int");
        var scope = file.bodies()
                .scopes(walk.code().getFirst(), walk.code().getFirst().entry());
        assertThat(types.type(scope.getLast().getFirst().type()).name()).isEqualTo("const point_t *");
        assertThat(types.type(0).name()).isEqualTo("void");
    }

    private static long variable(DwarfFile file, String name) {
        return file.variables().named(name).getFirst().type();
    }

    @ParameterizedTest
    @MethodSource(WAYS)
    void findsWrittenTypes(String way) {
        var types = types(way);

        assertThat(List.of("struct point **", "point_t*", "unsigned long", "enum color", "union either"))
                .allMatch(written -> types.find(written).isPresent());
        assertThat(types.find("struct point *").orElseThrow().name()).isEqualTo("struct point *");
        assertThat(types.find("struct absent")).isEmpty();
        assertThat(types.find("struct color")).isEmpty();
    }
}
