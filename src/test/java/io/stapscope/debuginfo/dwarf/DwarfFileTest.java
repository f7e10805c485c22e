package io.stapscope.debuginfo.dwarf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DwarfFileTest {
    private static final String WAYS = "io.stapscope.debuginfo.dwarf.Described#ways";

    private static DwarfFunction only(DwarfFile file, String name) {
        var found = file.functions().named(name);
        assertThat(found).as(name).hasSize(1);
        return found.getFirst();
    }

    @ParameterizedTest
    @MethodSource(WAYS)
    void findsFunctionsWithTheirPlaces(String way) {
        var file = Described.file(way);

        var names = file.functions().find(name -> true).stream().map(DwarfFunction::name);
        assertThat(names).contains("twice", "add", "walk", "main").doesNotHaveDuplicates();
        var walk = only(file, "walk");
        assertThat(walk.external()).isTrue();
        assertThat(walk.declared().line()).isEqualTo(58);
        assertThat(walk.linkageName()).isEqualTo("walk");
        assertThat(walk.code()).hasSize(1).allMatch(code -> !code.inlined() && code.holds(code.entry()));
        assertThat(only(file, "add").external()).isFalse();
        assertThat(file.functions().named("wal")).isEmpty();
        assertThat(file.remark()).isEmpty();
        assertThat(walk.declared().unit().name()).endsWith("sample.c");
    }

    @ParameterizedTest
    @MethodSource(WAYS)
    void findsInlinedCopiesInsideTheirFunctions(String way) {
        var file = Described.file(way);
        var functions = file.functions();
        var twice = only(file, "twice");
        var walk = only(file, "walk");

        var copies = functions.inlined(twice);

        assertThat(copies).isNotEmpty().allMatch(copy -> copy.inlined());
        assertThat(copies).anyMatch(copy -> walk.code().getFirst().holds(copy.entry()));
        var copy = copies.getFirst();
        var holding = functions.at(copy.ranges().getFirst().start());
        assertThat(holding.getFirst().inlined()).isFalse();
        assertThat(functions.of(holding.getLast().die()).name()).isEqualTo("twice");
        assertThat(functions.holding(copy.entry()))
                .map(DwarfFunction::name)
                .isPresent()
                .get()
                .isNotEqualTo("twice");
        assertThat(file.bodies().scopes(copy, copy.entry()).getLast().stream().map(DwarfVariable::name))
                .contains("value");
    }

    @ParameterizedTest
    @MethodSource(WAYS)
    void tellsWhatCanBeNamedAtAnAddress(String way) {
        var file = Described.file(way);
        var add = only(file, "add");
        var code = add.code().getFirst();

        var outside = file.bodies().scopes(code, code.entry()).getLast();

        assertThat(outside.stream().filter(DwarfVariable::parameter).map(DwarfVariable::name))
                .containsExactly("a", "b");
        assertThat(outside.stream().map(DwarfVariable::name)).contains("sum");
        assertThat(outside.getFirst().location()).isNotEqualTo(LocationAttribute.NONE);
        assertThat(code.frameBase()).isInstanceOf(LocationAttribute.Expression.class);
        if (way.contains("-O0")) {
            assertInnerBlock(file, code);
        }
    }

    private static void assertInnerBlock(DwarfFile file, DwarfFunction.Code code) {
        var names = LongStream.range(code.entry(), code.ranges().getFirst().end())
                .mapToObj(address -> file.bodies().scopes(code, address))
                .filter(scopes -> scopes.size() == 2)
                .findFirst()
                .orElseThrow();
        assertThat(names.getFirst()).extracting(DwarfVariable::name).containsExactly("deep");
        assertThat(names.getLast()).extracting(DwarfVariable::name).containsExactly("a", "b", "sum");
    }

    @ParameterizedTest
    @MethodSource(WAYS)
    void findsGlobalVariables(String way) {
        var variables = Described.file(way).variables();

        var counter = variables.named("counter").getFirst();
        assertThat(counter.external()).isTrue();
        assertThat(counter.declared().line()).isEqualTo(37);
        assertThat(counter.location()).isInstanceOf(LocationAttribute.Expression.class);
        assertThat(variables.named("total").getFirst().external()).isFalse();
        assertThat(variables.find(name -> name.startsWith("o")))
                .extracting(DwarfVariable::name)
                .contains("outer");
        assertThat(variables.named("sum")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource(WAYS)
    void findsLabelsAndCalls(String way) {
        var file = Described.file(way);
        var code = only(file, "walk").code().getFirst();

        if (way.contains("-O0")) {
            assertThat(file.bodies().labels(code))
                    .singleElement()
                    .satisfies(label -> assertThat(label.name()).isEqualTo("again"))
                    .satisfies(label -> assertThat(label.declared().line()).isEqualTo(60))
                    .satisfies(label -> assertThat(code.holds(label.address())).isTrue());
        }
        var called = file.bodies().calls(code).stream()
                .filter(call -> call.callee() != 0)
                .map(call -> file.functions().of(call.callee()).name())
                .toList();
        assertThat(called).contains("twice");
        // Clang tells of calls from version 5 on.
        if (way.contains("-O2") && (way.startsWith("gcc") || way.contains("dwarf-5")) && !way.contains("dwarf-3")) {
            assertThat(called).contains("add");
        }
    }

    @ParameterizedTest
    @MethodSource(WAYS)
    void findsTypesAndConstantsByName(String way) {
        var types = Described.file(way).types();

        assertThat(types.find(TypeKind.STRUCT, "point")).isNotZero();
        assertThat(types.find(TypeKind.TYPEDEF, "point_t")).isNotZero();
        assertThat(types.find(TypeKind.STRUCT, "point_t")).isZero();
        assertThat(types.find(TypeKind.STRUCT, "hidden")).isZero();
        assertThat(types.enumerator("GREEN")).hasValue(5);
        assertThat(types.enumerator("MINUS")).hasValue(-1);
        assertThat(types.enumerator("VIOLET")).isEmpty();
    }

    @Test
    void findsMembersOfClassesAndNamespaces() {
        var source = """
                namespace space { struct Box { int size; int area(int side); static int count; }; int Box::count = 1;
                __attribute__((noinline)) int Box::area(int side) { return size * side; }
                struct Deep : Box { int more; }; Deep deep; }
                int main(int argc, char **) { space::Box box{argc}; return box.area(3) + space::deep.more; }
                """;
        for (var compiler :
                List.of("g++", "clang++").stream().filter(Described::installed).toList()) {
            var file =
                    DwarfFile.read(Sample.compile(compiler, source, "-g", "-O1").sections());

            var area = only(file, "area");
            assertThat(area.linkageName()).isEqualTo("_ZN5space3Box4areaEi");
            assertThat(area.code()).hasSize(1);
            assertThat(file.functions().named("_ZN5space3Box4areaEi")).containsExactly(area);
            var scope = file.bodies()
                    .scopes(area.code().getFirst(), area.code().getFirst().entry());
            assertThat(scope.getLast()).extracting(DwarfVariable::name).containsExactlyInAnyOrder("this", "side");
            assertThat(file.variables().named("count")).isNotEmpty();
            assertThat(file.types().find(TypeKind.STRUCT, "Deep")).isNotZero();
        }
    }
}
