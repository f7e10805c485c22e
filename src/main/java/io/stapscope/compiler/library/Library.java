package io.stapscope.compiler.library;

import io.stapscope.compiler.Switches;
import io.stapscope.compiler.diagnostic.DiagnosticRenderer;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.compiler.syntax.MacroLibrary;
import io.stapscope.compiler.syntax.ParseOptions;
import io.stapscope.compiler.syntax.tree.DeclarationNode;
import io.stapscope.host.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What scripts may use without declaring it, by name. */
public final class Library {
    private static final String FOLDER = "/tapset/";
    private static final String MACROS = ".stpm";

    private final MacroLibrary macros;
    /** Those of probes and functions, by name. */
    private final Map<String, LibraryFile> files = new HashMap<>();

    private final Map<String, Set<LibraryFile>> functions = new HashMap<>();
    private final Map<String, Set<LibraryFile>> globals = new HashMap<>();
    private final SortedMap<String, Set<LibraryFile>> aliases = new TreeMap<>();

    private Library(MacroLibrary macros) {
        this.macros = macros;
    }

    /** @param files texts of probes, and of macros where the name ends with {@code .stpm}; all are read at once */
    public static Library of(List<SourceText> files) {
        var diagnostics = new Diagnostics();
        var library = new Library(MacroLibrary.of(
                files.stream().filter(each -> each.name().endsWith(MACROS)).toList(), diagnostics));
        if (diagnostics.hasErrors()) {
            throw new IllegalStateException(
                    "the library of macros is wrong: " + DiagnosticRenderer.render(diagnostics.all()));
        }
        for (var text : files) {
            if (!text.name().endsWith(MACROS)) {
                var file = library.file(text.name(), () -> text);
                file.script().declarations().forEach(declaration -> library.add(declaration, file));
            }
        }
        return library;
    }

    private void add(DeclarationNode declaration, LibraryFile file) {
        switch (declaration) {
            case DeclarationNode.Function function ->
                index(functions, List.of(function.name().text()), file);
            case DeclarationNode.Global global ->
                index(globals, List.of(global.name().text()), file);
            case DeclarationNode.Alias alias ->
                alias.names().forEach(name -> index(aliases, List.of(name.dotted()), file));
            case DeclarationNode.Probe _ -> {}
        }
    }

    private static Library indexed() {
        var lines = LibraryIndex.read(resource("index"));
        var macros = new HashMap<String, Supplier<SourceText>>();
        for (var line : lines) {
            if (line.kind() == LibraryIndex.Kind.MACRO) {
                line.names().forEach(name -> macros.put(name, () -> text(line.file())));
            }
        }
        var library = new Library(MacroLibrary.of(macros));
        for (var line : lines) {
            switch (line.kind()) {
                case FUNCTION -> index(library.functions, line.names(), library.file(line.file()));
                case GLOBAL -> index(library.globals, line.names(), library.file(line.file()));
                case ALIAS -> index(library.aliases, line.names(), library.file(line.file()));
                case MACRO -> {}
            }
        }
        return library;
    }

    private LibraryFile file(String name) {
        return file("tapset/" + name, () -> text(name));
    }

    private LibraryFile file(String name, Supplier<SourceText> reader) {
        return files.computeIfAbsent(name, _ -> new LibraryFile(reader, macros));
    }

    private static void index(Map<String, Set<LibraryFile>> index, List<String> names, LibraryFile file) {
        for (var name : names) {
            index.computeIfAbsent(name, _ -> new LinkedHashSet<>()).add(file);
        }
    }

    /** The library of the product. */
    public static Library builtIn() {
        return BuiltIn.LIBRARY;
    }

    /** Its index is read once, by the first script. */
    private static final class BuiltIn {
        static final Library LIBRARY = indexed();
    }

    private static SourceText text(String file) {
        return new SourceText("tapset/" + file, resource(file));
    }

    private static String resource(String name) {
        try (var in = Library.class.getResourceAsStream(FOLDER + name)) {
            return new String(
                    Objects.requireNonNull(in, "the library has no " + name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How the script of a user is read for a host: with the macros of this library. */
    public ParseOptions reading(List<String> arguments, Host host) {
        return reading(arguments, host, Switches.DEFAULT);
    }

    /** The same, with what the command line says of privileges. */
    public ParseOptions reading(List<String> arguments, Host host, Switches switches) {
        return new ParseOptions(arguments, new HostMachine(host, switches), macros);
    }

    /** Whether a text is one of the library's, not of the user. */
    public boolean owns(SourceText source) {
        var file = files.get(source.name());
        return file != null && file.source().equals(source);
    }

    /**
     * The functions that a call means, private ones only for calls from their own file.
     *
     * @param from where the call stands
     */
    public List<DeclarationNode.Function> functions(String name, int parameters, SourceText from) {
        var found = new ArrayList<DeclarationNode.Function>();
        for (var file : functions.getOrDefault(name, Set.of())) {
            for (var declaration : file.script().declarations()) {
                if (declaration instanceof DeclarationNode.Function function
                        && function.name().text().equals(name)
                        && function.parameters().size() == parameters
                        && (!function.isPrivate() || file.source().equals(from))) {
                    found.add(function);
                }
            }
        }
        return found;
    }

    /** All functions of a name that every script may call. */
    public List<DeclarationNode.Function> functions(String name) {
        return functions.getOrDefault(name, Set.of()).stream()
                .flatMap(file -> file.script().declarations().stream())
                .filter(DeclarationNode.Function.class::isInstance)
                .map(DeclarationNode.Function.class::cast)
                .filter(function ->
                        !function.isPrivate() && function.name().text().equals(name))
                .toList();
    }

    /** Names of the functions, those of internal use left out. */
    public Set<String> functionNames() {
        return functions.keySet().stream().filter(name -> !name.startsWith("_")).collect(Collectors.toSet());
    }

    /** The global that a name in a text of the library means. */
    public DeclarationNode.@Nullable Global global(String name, SourceText from) {
        DeclarationNode.Global shared = null;
        for (var file : globals.getOrDefault(name, Set.of())) {
            for (var declaration : file.script().declarations()) {
                if (declaration instanceof DeclarationNode.Global global
                        && global.name().text().equals(name)) {
                    if (file.source().equals(from)) {
                        return global;
                    }
                    shared = global.isPrivate() ? shared : global;
                }
            }
        }
        return shared;
    }

    /** The names of all aliases with dots, sorted. */
    public Set<String> aliasNames() {
        return aliases.keySet();
    }

    /** What the comment above an alias says; empty without one. */
    public String documentation(String alias) {
        return aliases.getOrDefault(alias, Set.of()).stream()
                .map(file -> file.comment(alias))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** The aliases of a name, in the order of the files; empty when there is none. */
    public List<DeclarationNode.Alias> aliases(String name) {
        return aliases.getOrDefault(name, Set.of()).stream()
                .flatMap(file -> file.script().declarations().stream())
                .filter(DeclarationNode.Alias.class::isInstance)
                .map(DeclarationNode.Alias.class::cast)
                .filter(alias ->
                        alias.names().stream().anyMatch(each -> each.dotted().equals(name)))
                .toList();
    }
}
