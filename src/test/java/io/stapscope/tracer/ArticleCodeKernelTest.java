package io.stapscope.tracer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The third part of the article: functions, statements and labels of a program, and {@code ls -l} by its public symbols. */
@Tag("kernel")
@Timeout(120)
class ArticleCodeKernelTest {
    @TempDir
    static Path folder;

    private static Path build(String options) {
        try {
            var words = options.split(" ");
            assumeThat(Files.isExecutable(Path.of("/usr/bin", words[0]))).isTrue();
            var program = folder.resolve("article");
            var command = new ArrayList<>(List.of(words));
            command.addAll(List.of("-fno-inline", "-o", program.toString(), "src/test/native/article.c"));
            var compiler = new ProcessBuilder(command).inheritIO().start();
            assertThat(compiler.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(compiler.exitValue()).isZero();
            return program.toRealPath();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> run(String script, Path program) {
        return run(script, program + " 2 > /dev/null");
    }

    private static List<String> run(String script, String command) {
        try (var traced = Traced.start(script, Traced.command(command))) {
            traced.end();
            return traced.lines();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gcc -O0 -gdwarf-4", "gcc -O2 -gdwarf-5", "clang -O0 -gdwarf-5", "clang -O2 -gdwarf-4"})
    void parametersOfEveryCallAreShown(String compiler) {
        var program = build(compiler);
        var lines = run(
                "probe process(\"%s\").function(\"a*@article.c\").call { log(probefunc().\" \".$$parms) }"
                        .formatted(program),
                program);

        assertThat(lines).containsExactly("add n=0x0 m=0xfffffffffffffff6", "add n=0x1 m=0xfffffffffffffff6");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gcc -O0 -g", "clang -O0 -g"})
    void returnsKnowTheirParameters(String compiler) {
        var program = build(compiler);
        var lines = run(
                "probe process(\"%s\").function(\"fact\").return { log($$parms.\" \".$$return) }".formatted(program),
                program);

        assertThat(lines)
                .containsExactly(
                        "n=0x1 return=0x1",
                        "n=0x2 return=0x2",
                        "n=0x3 return=0x6",
                        "n=0x4 return=0x18",
                        "n=0x5 return=0x78");
    }

    @Test
    void labelsAndStatementsShowTheVariablesThere() {
        var program = build("gcc -O0 -g");
        var lines = run("""
                probe process("%1$s").function("fact").label("done") { println(pp(), " ", $n) }
                probe process("%1$s").statement("*@article.c:8") { println(pp(), " ", $sum, " ", @var("counter@article.c")) }
                """.formatted(program), program);

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0))
                .startsWith("process(\"" + program + "\").statement(\"add@")
                .endsWith(":8\") -10 7");
        assertThat(lines.get(1)).endsWith(":8\") -9 8");
        assertThat(lines.get(2))
                .startsWith("process(\"" + program + "\").function(\"fact@")
                .endsWith(".label(\"done\") 1");
    }

    @Test
    void structsAreFollowedAndPrinted() {
        var program = build("gcc -O0 -g");
        var lines = run(
                "probe process(\"%s\").function(\"depth\").call { if ($p) println($p$, \" \", $p->flag) }"
                        .formatted(program),
                program + " 1 > /dev/null");

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0))
                .startsWith("{.x=1, .y=-2, .name=\"ay\", .next=0x")
                .endsWith("} 2");
        assertThat(lines.get(1)).isEqualTo("{.x=3, .y=-4, .name=\"bee\", .next=0x0, .flag=5} 5");
    }

    /** Whole scripts of the article; what the C library adds to a program is left out here. */
    @ParameterizedTest
    @ValueSource(strings = {"gcc -O0 -gdwarf-4", "gcc -O0 -gdwarf-5", "clang -O0 -gdwarf-4", "clang -O0 -gdwarf-5"})
    void everyFunctionIsEnteredAndLeftInOrder(String compiler) {
        var program = build(compiler);
        var point = "probe process(\"" + program + "\").function(\"*\")";
        var command = program + " 1 > /dev/null";

        assertThat(own(run(point + ".call { log (probefunc().\" \".$$parms) }", command)))
                .containsExactly(
                        "main argc=0x2 argv=&",
                        "add n=0x0 m=0xfffffffffffffff6",
                        "depth p=&",
                        "depth p=&",
                        "depth p=0x0",
                        "fact n=0x5",
                        "fact n=0x4",
                        "fact n=0x3",
                        "fact n=0x2",
                        "fact n=0x1");
        assertThat(own(run(point + ".return { log (probefunc().\" \".$$return) }", command)))
                .containsExactly(
                        "add return=0xfffffffffffffff6",
                        "depth return=0x0",
                        "depth return=0x1",
                        "depth return=0x2",
                        "fact return=0x1",
                        "fact return=0x2",
                        "fact return=0x6",
                        "fact return=0x18",
                        "fact return=0x78",
                        "main return=0x0");
    }

    private static List<String> own(List<String> lines) {
        return lines.stream()
                .filter(line -> line.matches("(main|add|depth|fact) .*"))
                .map(line -> line.replaceAll("0x[57][0-9a-f]{11}\\b", "&"))
                .toList();
    }

    /** {@code ls} has no debug information: its public symbols, its stubs and its libraries can be probed. */
    @Test
    void theScriptOfTheArticleRunsOnLs() throws IOException {
        var files = Files.createDirectory(folder.resolve("files"));
        for (int i = 0; i < 5; i++) {
            Files.createFile(files.resolve("file" + i));
        }
        var list = "ls -l --dired " + files + " > /dev/null";

        // With this option it keeps two growing objects.
        assertThat(run("probe process(\"ls\").function(\"*\").call { log (probefunc().\" \".$$parms) }", list))
                .containsExactly("_obstack_begin ", "_obstack_begin ");
        assertThat(run("probe process(\"ls\").function(\"*\").return { log (probefunc().\" \".$$return) }", list))
                .containsExactly("_obstack_begin return=0x1", "_obstack_begin return=0x1");
        // The files, the folder and its parent, and the end.
        assertThat(run("""
                        global stubs, calls, returns
                        probe process("ls").plt("*") { stubs[$$name]++ }
                        probe process("ls").library("libc.so.6").function("opendir").call { calls["opendir"]++ }
                        probe process("ls").library("libc.so.6").function("readdir").call { calls["readdir"]++ }
                        probe process("ls").library("libc.so.6").function("closedir").call { calls["closedir"]++ }
                        probe process("ls").plt("*dir").return { returns[$$name] += $return != 0 }
                        probe end {
                            printf("%d %d %d\\n", stubs["opendir"], stubs["readdir"], stubs["closedir"])
                            printf("%d %d %d\\n", calls["opendir"], calls["readdir"], calls["closedir"])
                            printf("%d %d %d\\n", returns["opendir"], returns["readdir"], returns["closedir"])
                        }
                        """, list)).containsExactly("1 8 1", "1 8 1", "1 7 0");
    }
}
