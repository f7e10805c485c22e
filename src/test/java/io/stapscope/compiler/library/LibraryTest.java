package io.stapscope.compiler.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.builtin.Builtins;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.library.LibraryIndex.Kind;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.compiler.syntax.Machine;
import io.stapscope.compiler.syntax.MacroLibrary;
import io.stapscope.compiler.syntax.ParseOptions;
import io.stapscope.compiler.syntax.Parser;
import io.stapscope.compiler.syntax.tree.DeclarationNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LibraryTest {
    private static final Path FOLDER = Path.of("src/main/resources/tapset");
    private static final int WIDTH = 120;

    /** The index is written anew with {@code -Dgolden.update=true}. A broken file fails here, too. */
    @Test
    void theIndexTellsWhatTheFilesDeclare() throws IOException {
        var file = FOLDER.resolve("index");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, indexOf(FOLDER));
        }
        assertThat(Files.readString(file)).isEqualTo(indexOf(FOLDER));
    }

    private static String indexOf(Path folder) throws IOException {
        var text = new StringBuilder("""
                # The files of the library, sorted, and what each declares: functions, globals, aliases of probe points, macros. A file is
                # read when a script reaches something of it. A test compares this with the files, and writes it with -Dgolden.update=true.
                """);
        var macros = macros(folder);
        for (var file : files(folder, ".stp", ".stpm")) {
            var declared = new EnumMap<Kind, SortedSet<String>>(Kind.class);
            if (file.toString().endsWith(".stpm")) {
                var diagnostics = new Diagnostics();
                var names = new TreeSet<>(
                        MacroLibrary.of(List.of(source(file)), diagnostics).names());
                names.removeAll(MacroLibrary.standard().names());
                assertThat(diagnostics.all()).isEmpty();
                declared.put(Kind.MACRO, names);
            } else {
                declarations(new LibraryFile(() -> source(file), macros), declared);
            }
            text.append(file.getFileName()).append("\n");
            declared.forEach((kind, names) -> append(text, kind, names));
        }
        return text.toString();
    }

    private static void declarations(LibraryFile file, Map<Kind, SortedSet<String>> declared) {
        for (var declaration : file.script().declarations()) {
            switch (declaration) {
                case DeclarationNode.Function function -> {
                    add(declared, Kind.FUNCTION, function.name().text());
                    assertThat(Builtins.find(
                                    function.name().text(),
                                    function.parameters().size()))
                            .as("a built-in function hides " + function.name())
                            .isNull();
                }
                case DeclarationNode.Global global ->
                    add(declared, Kind.GLOBAL, global.name().text());
                case DeclarationNode.Alias alias ->
                    alias.names().forEach(name -> add(declared, Kind.ALIAS, name.dotted()));
                case DeclarationNode.Probe probe ->
                    throw new AssertionError("a probe of the library would never run: " + probe.span());
            }
        }
    }

    private static void add(Map<Kind, SortedSet<String>> declared, Kind kind, String name) {
        declared.computeIfAbsent(kind, _ -> new TreeSet<>()).add(name);
    }

    private static void append(StringBuilder text, Kind kind, Iterable<String> names) {
        var head = "    " + kind.name().toLowerCase(Locale.ROOT);
        int start = text.length();
        text.append(head);
        for (var name : names) {
            if (text.length() - start + name.length() >= WIDTH) {
                text.append("\n");
                start = text.length();
                text.append(head);
            }
            text.append(" ").append(name);
        }
        text.append("\n");
    }

    private static MacroLibrary macros(Path folder) throws IOException {
        var diagnostics = new Diagnostics();
        var library = MacroLibrary.of(
                files(folder, ".stpm").stream().map(LibraryTest::source).toList(), diagnostics);
        assertThat(diagnostics.all()).isEmpty();
        return library;
    }

    private static List<Path> files(Path folder, String... endings) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
                    .sorted()
                    .toList();
        }
    }

    private static SourceText source(Path file) {
        try {
            return new SourceText(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aMacroIsReadWhenItIsCalled() {
        var read = new AtomicInteger();
        var library = MacroLibrary.of(Map.of("@one", () -> {
            read.incrementAndGet();
            return new SourceText("one.stpm", "@define one %( 1 %)");
        }));
        assertThat(library.names()).contains("@one", "@choose_defined");
        assertThat(read).hasValue(0);
        for (var script : List.of("probe begin { println(@one) }", "probe end { println(@one + @one) }")) {
            var diagnostics = new Diagnostics();
            var ignored = Parser.parse(
                    new SourceText("a.stp", script),
                    new ParseOptions(List.of(), Machine.UNKNOWN, library),
                    diagnostics);
            assertThat(diagnostics.all()).isEmpty();
        }
        assertThat(read).hasValue(1);
    }

    @Test
    void theTextsOfTheLibraryAreItsOwn() {
        var library = Library.builtIn();
        var function = library.functions("ctime").getFirst();
        assertThat(library.owns(function.span().source())).isTrue();
        assertThat(library.owns(new SourceText(function.span().source().name(), "probe begin {}")))
                .isFalse();
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
