package io.stapscope.compiler.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.builtin.Builtins;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.compiler.syntax.MacroLibrary;
import io.stapscope.compiler.syntax.tree.DeclarationNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class LibraryTest {
    private static final Path FOLDER = Path.of("src/main/resources/tapset");

    @Test
    void theIndexNamesEveryFile() throws IOException {
        var listed = Files.readAllLines(FOLDER.resolve("index")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        try (var files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("index")))
                    .containsExactlyInAnyOrderElementsOf(listed);
        }
    }

    /** A declaration that the quick look misses would never be found by a script. */
    @TestFactory
    Stream<DynamicTest> theQuickLookSeesWhatTheParserReads() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".stp")).sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> compare(file)));
        }
    }

    private static void compare(Path file) throws IOException {
        compare(new LibraryFile(new SourceText(file.toString(), Files.readString(file)), macros()));
    }

    private static MacroLibrary macros() throws IOException {
        var texts = new ArrayList<SourceText>();
        try (var files = Files.list(FOLDER)) {
            for (var file :
                    files.filter(file -> file.toString().endsWith(".stpm")).toList()) {
                texts.add(new SourceText(file.toString(), Files.readString(file)));
            }
        }
        return MacroLibrary.of(texts, new Diagnostics());
    }

    private static void compare(LibraryFile file) {
        var functions = new ArrayList<String>();
        var globals = new ArrayList<String>();
        var aliases = new ArrayList<String>();
        for (var declaration : file.script().declarations()) {
            switch (declaration) {
                case DeclarationNode.Function function -> {
                    functions.add(function.name().text());
                    assertThat(Builtins.find(
                                    function.name().text(),
                                    function.parameters().size()))
                            .as("a built-in function hides " + function.name())
                            .isNull();
                }
                case DeclarationNode.Global global -> globals.add(global.name().text());
                case DeclarationNode.Alias alias -> alias.names().forEach(name -> aliases.add(name.dotted()));
                case DeclarationNode.Probe probe ->
                    throw new AssertionError("a probe of the library would never run: " + probe.span());
            }
        }
        assertThat(file.functions()).isEqualTo(functions);
        assertThat(file.globals()).isEqualTo(globals);
        assertThat(file.aliases()).isEqualTo(aliases);
    }

    @Test
    void theQuickLookReadsEveryForm() {
        compare(new LibraryFile(new SourceText("forms.stp", """
                global a, b = 3, c[10], d% // comment, with a comma
                private global e
                private f
                function one() { return 1 }
                function two:long(x:string, y) { return 2 }
                private function three () { return 3 }
                probe p.q = begin { x = 1 }
                probe r = s.t=end, begin { x = 1 }, { y = 2 }
                probe u += timer.s(1), p.q
                {
                    z = 1
                }
                """), MacroLibrary.standard()));
    }

    @Test
    void privateNamesAreThereForTheirFileAlone() {
        var here = new SourceText("here.stp", "private global g\nprivate function f() { return g }\n");
        var there = new SourceText("there.stp", "global g\nfunction f() { return g }\n");
        var library = Library.of(List.of(here, there));
        assertThat(library.functions("f", 0, here)).hasSize(2);
        assertThat(library.functions("f", 0, there)).hasSize(1);
        assertThat(library.global("g", here)).matches(found -> found != null && found.isPrivate());
        assertThat(library.global("g", there)).matches(found -> found != null && !found.isPrivate());
    }
}
