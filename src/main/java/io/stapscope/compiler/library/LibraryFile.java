package io.stapscope.compiler.library;

import io.stapscope.compiler.diagnostic.DiagnosticRenderer;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.compiler.syntax.Machine;
import io.stapscope.compiler.syntax.MacroLibrary;
import io.stapscope.compiler.syntax.ParseOptions;
import io.stapscope.compiler.syntax.Parser;
import io.stapscope.compiler.syntax.tree.Script;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One file of the library. It is read and parsed when something of it is asked for, so a script pays only for what it reaches. */
final class LibraryFile {
    private final Supplier<SourceText> reader;
    private final MacroLibrary macros;
    private volatile @Nullable SourceText source;
    private volatile @Nullable Script script;

    LibraryFile(Supplier<SourceText> reader, MacroLibrary macros) {
        this.reader = reader;
        this.macros = macros;
    }

    /** Two threads may both read it: they get the same. */
    SourceText source() {
        var text = source;
        if (text == null) {
            text = reader.get();
            source = text;
        }
        return text;
    }

    /** The tree, read when it is asked for first. Two threads may both read it: they get the same. */
    Script script() {
        var read = script;
        if (read == null) {
            var diagnostics = new Diagnostics();
            read = Parser.parse(source(), new ParseOptions(List.of(), Machine.UNKNOWN, macros), diagnostics);
            if (diagnostics.hasErrors()) {
                throw new IllegalStateException(
                        "the library is wrong: " + DiagnosticRenderer.render(diagnostics.all()));
            }
            script = read;
        }
        return read;
    }

    /** The text of the comment that ends right above an alias; empty without one. */
    String comment(String alias) {
        var found = Pattern.compile("(?m)^probe +(?:[\\w.]+ *= *)*" + Pattern.quote(alias) + " *\\+?=")
                .matcher(source().text());
        if (!found.find()) {
            return "";
        }
        var before = source().text().substring(0, found.start()).stripTrailing();
        int open = before.lastIndexOf("/*");
        return before.endsWith("*/") && open >= 0
                ? before.substring(open + 2, before.length() - 2)
                        .replaceAll("\\s*\\n[\\s*]*", " ")
                        .strip()
                : "";
    }
}
