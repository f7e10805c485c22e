package io.stapscope.compiler.syntax;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.BAD_MACRO;

import io.stapscope.compiler.diagnostic.DiagnosticRenderer;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.source.SourceText;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Macros that every script may call: those of the {@code .stpm} files of a library, and the few that are always there. */
public final class MacroLibrary {
    private static final String STANDARD_MACRO = "@choose_defined";
    private static final SourceText STANDARD_TEXT = new SourceText("standard.stpm", """
            # The first value where the probe point has it, else the second.
            @define choose_defined(first, second) %( (@defined(@first) ? @first : @second) %)
            """);

    private static final MacroLibrary STANDARD = new MacroLibrary(Map.of(), Map.of());

    /** The files that are read when one of their macros is called, by name with the at sign. */
    private final Map<String, Supplier<SourceText>> files;

    private final Map<String, Macro> read;
    private final Set<String> names;

    private MacroLibrary(Map<String, Macro> read, Map<String, Supplier<SourceText>> files) {
        this.read = new HashMap<>(read);
        this.files = new HashMap<>(files);
        if (!read.containsKey(STANDARD_MACRO)) {
            this.files.putIfAbsent(STANDARD_MACRO, () -> STANDARD_TEXT);
        }
        var all = new HashSet<>(read.keySet());
        all.addAll(this.files.keySet());
        names = Collections.unmodifiableSet(all);
    }

    /** Those that are always there. */
    public static MacroLibrary standard() {
        return STANDARD;
    }

    /** Those of library files, which hold nothing but {@code @define}, and the standard ones. */
    public static MacroLibrary of(List<SourceText> files, Diagnostics diagnostics) {
        return new MacroLibrary(read(files, diagnostics), Map.of());
    }

    /**
     * The same, but a file is read when a macro of it is called.
     *
     * @param files the file of each macro, by name with the at sign
     */
    public static MacroLibrary of(Map<String, Supplier<SourceText>> files) {
        return new MacroLibrary(Map.of(), files);
    }

    /** With their at signs. */
    public Set<String> names() {
        return names;
    }

    synchronized @Nullable Macro find(String name) {
        var file = files.get(name);
        if (file != null && !read.containsKey(name)) {
            var diagnostics = new Diagnostics();
            read(List.of(file.get()), diagnostics).forEach(read::putIfAbsent);
            if (diagnostics.hasErrors()) {
                throw new IllegalStateException(
                        "the library of macros is wrong: " + DiagnosticRenderer.render(diagnostics.all()));
            }
        }
        return read.get(name);
    }

    private static Map<String, Macro> read(List<SourceText> files, Diagnostics diagnostics) {
        var definitions = new MacroDefinitions(true, diagnostics);
        for (SourceText file : files) {
            for (Token token : definitions.take(Lexer.run(file, List.of(), diagnostics))) {
                if (token.kind() != Token.Kind.END) {
                    diagnostics.report(
                            BAD_MACRO,
                            token.span(),
                            "a library of macros holds nothing else, but " + token.described() + " stands here",
                            "not a part of a macro",
                            "write @define name %( ... %)");
                    break;
                }
            }
        }
        return definitions.found();
    }
}
