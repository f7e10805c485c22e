package io.stapscope.tracer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.stapscope.compiler.Compilation.Rejected;
import io.stapscope.compiler.CompileOptions;
import io.stapscope.compiler.Compiler;
import io.stapscope.compiler.source.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Variables of a C program have the same values however it was compiled, and what a compiler has left out is said. */
@Tag("kernel")
@Timeout(120)
class VariablesKernelTest {
    private static final Path SOURCE = Path.of("src/test/native/values.c");

    @TempDir
    static Path folder;

    static Stream<String> builds() {
        return Stream.of("gcc", "clang")
                .flatMap(compiler -> Stream.of("-O0", "-O2").map(level -> compiler + " " + level))
                .flatMap(words -> Stream.of("-gdwarf-4", "-gdwarf-5").map(version -> words + " " + version));
    }

    private static Path build(String options) {
        try {
            var words = options.split(" ");
            assumeThat(Files.isExecutable(Path.of("/usr/bin", words[0]))).isTrue();
            var program = folder.resolve(options.replace(" ", ""));
            if (!Files.exists(program)) {
                var command = new ArrayList<>(List.of(words));
                command.addAll(List.of("-o", program.toString(), SOURCE.toString()));
                var compiler = new ProcessBuilder(command).inheritIO().start();
                assertThat(compiler.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(compiler.exitValue()).isZero();
            }
            return program.toRealPath();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Number of the line with a text. */
    private static int line(String text) {
        try {
            var lines = Files.readAllLines(SOURCE);
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).contains(text)) {
                    return i + 1;
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("no line has " + text);
    }

    /** What a script prints while the program runs once; addresses of its memory are all written {@code &}. */
    private static List<String> run(Path program, String script) {
        var text = script.replace("PROGRAM", "process(\"" + program + "\")");
        try (var traced = Traced.start(text, Traced.command(program + " one > /dev/null"))) {
            var result = traced.end();
            assertThat(result.errors()).as(traced.errors()).isZero();
            assertThat(result.losses().lost()).isZero();
            return traced.text()
                    .replaceAll("0x(55|56|7f)[0-9a-f]{10}\\b", "&")
                    .lines()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("builds")
    void parametersAndWhatTheyPointTo(String options) {
        var lines = run(build(options), """
                probe PROGRAM.function("visit").call {
                    println($$parms)
                    println($count, " ", $letter, " ", $down, " ", $big, " ", user_string($words), " ", $words$)
                    println($record->number, " ", $record->wide, " ", $record->small, " ", $record->minus, " ",
                        $record->half, " ", $record->on)
                    println($record->low, " ", $record->middle, " ", $record->high, " ", $record->color)
                    println(user_string($record->name), " ", $record->name$, " ", user_string($record->text), " ",
                        $record->name[1])
                    println($record->table[0][2], " ", $record->table[1][0], " ", $record->inner->a, " ",
                        $record->inner->b[2], " ", $record->either->all, " ", $record->either->bytes[1], " ",
                        $record->nameless)
                    println($record->next->number, " ", user_string($record->next->text), " ", $record->next->next, " ",
                        &$record->wide - $record, " ", &$record->next->name - $record->next)
                    println(@cast($record, "record_t")->number, " ", @cast($record, "struct record")->next->color, " ",
                        @defined($record->nothing), @defined($nobody), @defined($count))
                }
                probe PROGRAM.function("many").call { println($$parms) }
                probe PROGRAM.function("pointers").call {
                    println($argc, " ", user_string($argv[1]), " ", $rows[1][2], " ", $rows[0][1])
                }
                """);

        assertThat(lines)
                .containsExactly(
                        "record=& count=0x3 letter=0x78 down=0xfffffffffffffffe big=0xffffff0000000000 words=&",
                        "3 120 -2 -1099511627776 some words \"some words\"",
                        "1000 -5000000000 250 -3 65000 1",
                        "5 -9 737894400291 -2",
                        "first \"first\" a text 105",
                        "3 -4 -300 9 67305985 2 77",
                        "-7 the end 0 8 36",
                        "1000 0 001",
                        "a=0x1 b=0x2 c=0x3 d=0x4 e=0x5 f=0x6 g=0xfffffffffffffff9 h=0x800000000 i=0xfffffffffffffff8",
                        "2 one 6 2");
    }

    @ParameterizedTest
    @MethodSource("builds")
    void structsArePrintedOneLevelDeepOrWhole(String options) {
        var lines = run(build(options), """
                probe PROGRAM.function("visit").call {
                    println($record$)
                    println($record$$)
                    println($$parms$)
                    println($record->inner$, " ", $record->table$, " ", $record->table$$, " ", $record->color$, " ",
                        $record->either$, " ", $count$, " ", $letter$)
                }
                """);

        var head =
                "{.number=1000, .wide=-5000000000, .small='\\372', .minus=-3, .half=65000, .on=1, .low=5, .middle=-9, "
                        + ".high=737894400291, .color=-2, .name=\"first\", .text=\"a text\", ";
        var tail = ".nameless=77, .call=&, .real=0x4004000000000000, .next=&}";
        var shallow = head + ".table=[...], .inner={...}, .either={...}, " + tail;
        var inner = "{.a=-300, .b=\"\\a\\b\\t\"}";
        var either = "{.all=67305985, .bytes=\"\\001\\002\\003\\004\"}";
        var table = "[[1, 2, 3], [-4, 5, 6]]";
        assertThat(lines)
                .containsExactly(
                        shallow,
                        head + ".table=" + table + ", .inner=" + inner + ", .either=" + either + ", " + tail,
                        "record=" + shallow + " count=3 letter='x' down=-2 big=-1099511627776 words=\"some words\"",
                        inner + " [[...], [...]] " + table + " -2 " + either + " 3 'x'");
    }

    @ParameterizedTest
    @MethodSource("builds")
    void returnsHaveTheirResultsAndTheParametersOfTheEntry(String options) {
        var lines = run(build(options), """
                probe PROGRAM.function("visit").return {
                    println($$return, " ", $return, " ", $count, " ", $record->number, " ", @entry($record->low), " ",
                        user_string(@entry($words)), " ", $$parms)
                }
                probe PROGRAM.function("narrow").return { println($$return, " ", $return, " ", $letter) }
                probe PROGRAM.function("truth").return { println($$return, " ", $return, " ", $value) }
                probe PROGRAM.function("word").return { println(user_string($return), " ", $return$) }
                probe PROGRAM.function("following").return {
                    println($return->number, " ", $return->name$, " ", $record->number)
                }
                probe PROGRAM.function("many").return { println($$return, " ", $g, " ", $h, " ", $i) }
                probe PROGRAM.function("down").return {
                    println($depth, " ", $return, " ", @entry($depth * 10), " ", $$parms)
                }
                probe PROGRAM.function("at_label").return { println(@defined($return), "[", $$return, "] ", $value) }
                """);

        assertThat(lines)
                .containsExactly(
                        "return=0xfffffffffffffc15 -1003 3 1000 5 some words record=& count=0x3 letter=0x78 "
                                + "down=0xfffffffffffffffe big=0xffffff0000000000 words=&",
                        "return=0x2c 44 100",
                        "return=0x1 1 4",
                        "return=0x0 0 3",
                        "a text \"a text\"",
                        "-7 \"last\" 1000",
                        "return=0xfffffffffffffff9 -7 34359738368 -8",
                        "0 0 0 depth=0x0",
                        "1 1 10 depth=0x1",
                        "2 3 20 depth=0x2",
                        "3 6 30 depth=0x3",
                        "0[] 4",
                        "0[] 11");
    }

    @ParameterizedTest
    @MethodSource("builds")
    void localsAreReadWhereALineBegins(String options) {
        boolean optimised = options.contains("-O2");
        var lines = run(build(options), """
                probe PROGRAM.statement("*@values.c:SUMMED") { println($sum, " ", $$locals, " ", @defined($gone)) }
                probe PROGRAM.statement("visit@values.c:SEEN") { println($sum, " ", $count, " ", $record->number) }
                probe PROGRAM.statement("loop@values.c:ROUND") { println($$vars, " ", $i, " ", $rounds) }
                probe PROGRAM.function("at_label").label("out") { println($value, " ", $twice) }
                """.replace("SUMMED", line("// summed") + "")
                .replace("SEEN", line("// all seen") + "")
                .replace("ROUND", line("// round") + ""));

        assertThat(lines.getFirst()).startsWith("1003 ").contains("sum=0x3eb");
        assertThat(lines.getFirst()).contains(optimised ? "gone=? " : "gone=& ").endsWith(optimised ? " 0" : " 1");
        assertThat(lines.subList(1, lines.size()))
                .containsExactly(
                        "1003 3 1000",
                        "limit=0x3 i=0x0 rounds=0x1 0 1",
                        "limit=0x3 i=0x1 rounds=0x2 1 2",
                        "limit=0x3 i=0x2 rounds=0x3 2 3",
                        "11 22");
    }

    /** Compilers begin several statements in such a line. */
    @ParameterizedTest
    @ValueSource(strings = {"gcc -O0 -gdwarf-4", "gcc -O0 -gdwarf-5", "clang -O0 -gdwarf-4", "clang -O0 -gdwarf-5"})
    void aLineIsHitOnceEachTimeItRuns(String options) {
        var script = "probe PROGRAM.statement(\"*@values.c:%d\") { println($sum) }";

        assertThat(run(build(options), script.formatted(line("sum += gone")))).containsExactly("1003");
        assertThat(run(build(options), script.replace("$sum", "$i").formatted(line("rounds++"))))
                .containsExactly("0", "1", "2");
    }

    @ParameterizedTest
    @MethodSource("builds")
    void globalsAreNamedAsTheCodeOfTheFunctionNamesThem(String options) {
        var lines = run(build(options), """
                probe PROGRAM.function("loop").call {
                    println($counter, " ", $history[2], " ", $history$, " ", $everything->number, " ", $everything->name$)
                    println(@var("counter"), " ", @var("history@values.c")[3], " ", @var("everything@values.c")->number,
                        " ", &$everything == &@var("everything"))
                }
                """);

        assertThat(lines).containsExactly("41 30 [10, 20, 30, 40] 99 \"global\"", "41 40 99 1");
    }

    @ParameterizedTest
    @MethodSource("builds")
    void whatTheCompilerHasLeftOutIsSaidAtItsPlace(String options) {
        var program = build(options);
        var script = "probe process(\"%s\").function(\"visit\").call { println($gone[0]) }".formatted(program);
        var compiled = Compiler.compile(new SourceText("test.stp", script), Traced.HOST, CompileOptions.defaults());

        if (options.contains("-O0")) {
            assertThat(compiled).isNotInstanceOf(Rejected.class);
        } else {
            assertThat(compiled).isInstanceOfSatisfying(Rejected.class, rejected -> {
                assertThat(rejected.diagnostics()).hasSize(1);
                var diagnostic = rejected.diagnostics().getFirst();
                assertThat(diagnostic.message())
                        .startsWith("`$gone` of `visit` of " + program + " has no value here: ")
                        .endsWith(
                                options.startsWith("gcc")
                                        ? "the compiler has optimised it out here"
                                        : "it is kept in registers, which have no members");
                assertThat(diagnostic.span().text()).isEqualTo("$gone");
            });
        }
    }
}
