package io.stapscope.compiler.syntax;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.BAD_MACRO;

import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.source.SourceText;
import java.util.List;
import java.util.Map;

/** Macros that every script may call: those of the {@code .stpm} files of a library, and the few that are always there. */
public final class MacroLibrary {
    private static final SourceText STANDARD_TEXT = new SourceText("standard.stpm", """
            # The first value where the probe point has it, else the second.
            @define choose_defined(first, second) %( (@defined(@first) ? @first : @second) %)
            """);

    private static final MacroLibrary STANDARD = new MacroLibrary(read(List.of(STANDARD_TEXT), new Diagnostics()));

    private final Map<String, Macro> macros;

    private MacroLibrary(Map<String, Macro> macros) {
        this.macros = Map.copyOf(macros);
    }

    /** Those that are always there. */
    public static MacroLibrary standard() {
        return STANDARD;
    }

    /** Those of library files, which hold nothing but {@code @define}, and the standard ones. */
    public static MacroLibrary of(List<SourceText> files, Diagnostics diagnostics) {
        var macros = read(files, diagnostics);
        STANDARD.macros.forEach(macros::putIfAbsent);
        return new MacroLibrary(macros);
    }

    Map<String, Macro> macros() {
        return macros;
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
