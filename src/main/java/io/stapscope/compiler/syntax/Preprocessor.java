package io.stapscope.compiler.syntax;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.compiler.source.Span;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What happens between the text and the grammar: words, then macros, then conditionals. */
final class Preprocessor {
    private final SourceText source;
    private final ParseOptions options;
    private final Diagnostics diagnostics;

    Preprocessor(SourceText source, ParseOptions options, Diagnostics diagnostics) {
        this.source = source;
        this.options = options;
        this.diagnostics = diagnostics;
    }

    /**
     * @param tokens the last is END
     * @param macros the names of all macros, with their at signs
     */
    record Result(List<Token> tokens, Set<String> macros) {}

    Result run() {
        var lexical = Diagnostics.unlimited();
        List<Token> words = Lexer.run(source, options.arguments(), lexical);
        var definitions = new MacroDefinitions(false, diagnostics);
        List<Token> rest = definitions.take(words);
        List<Token> expanded = new MacroExpander(definitions.found(), options.macros(), diagnostics).expand(rest);
        var conditionals = new Conditionals(expanded, options.machine(), diagnostics);
        conditionals.run();
        for (Diagnostic each : lexical.all()) {
            if (conditionals.skipped().stream().noneMatch(part -> holds(part, each.span()))) {
                diagnostics.add(each);
            }
        }
        var names = new HashSet<>(options.macros().names());
        names.addAll(definitions.found().keySet());
        return new Result(conditionals.kept(), names);
    }

    private static boolean holds(Span part, Span inner) {
        return part.start() <= inner.start() && inner.end() <= part.end();
    }
}
