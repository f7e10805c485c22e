package io.stapscope.compiler.library;

import io.stapscope.compiler.diagnostic.DiagnosticRenderer;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.compiler.syntax.Machine;
import io.stapscope.compiler.syntax.MacroLibrary;
import io.stapscope.compiler.syntax.ParseOptions;
import io.stapscope.compiler.syntax.Parser;
import io.stapscope.compiler.syntax.tree.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One file of the library. What it declares is found by a look at the beginnings of its lines; it is parsed when something
 * of it is asked for, so a script pays only for what it reaches. A file keeps to this: a declaration begins in the first
 * column and names what it declares in that line, and it asks for nothing of the machine in conditionals.
 */
final class LibraryFile {
    private static final Pattern FUNCTION = Pattern.compile("^(private +)?function +(\\w+)");
    private static final Pattern GLOBAL = Pattern.compile("^(private +global|private|global) +([^\\n#/]+)");
    private static final Pattern ALIAS = Pattern.compile("^probe +((?:[\\w.]+ *\\+?= *)+)");
    private static final Pattern WORD = Pattern.compile("\\w+");

    private final SourceText source;
    private final MacroLibrary macros;
    private volatile @Nullable Script script;

    LibraryFile(SourceText source, MacroLibrary macros) {
        this.source = source;
        this.macros = macros;
    }

    SourceText source() {
        return source;
    }

    /** The tree, read when it is asked for first. Two threads may both read it: they get the same. */
    Script script() {
        var read = script;
        if (read == null) {
            var diagnostics = new Diagnostics();
            read = Parser.parse(source, new ParseOptions(List.of(), Machine.UNKNOWN, macros), diagnostics);
            if (diagnostics.hasErrors()) {
                throw new IllegalStateException(
                        "the library is wrong: " + DiagnosticRenderer.render(diagnostics.all()));
            }
            script = read;
        }
        return read;
    }

    /** First lines of declarations. Most lines are none: a program that has just started goes through text slowly. */
    private Stream<MatchResult> heads(Pattern pattern, String... words) {
        var text = source.text();
        var found = new ArrayList<MatchResult>();
        int end;
        for (int start = 0; start < text.length(); start = end + 1) {
            end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            for (var word : words) {
                if (text.startsWith(word, start)) {
                    pattern.matcher(text.substring(start, end)).results().forEach(found::add);
                    break;
                }
            }
        }
        return found.stream();
    }

    List<String> functions() {
        return heads(FUNCTION, "function", "private")
                .map(found -> found.group(2))
                .toList();
    }

    List<String> globals() {
        var names = new ArrayList<String>();
        heads(GLOBAL, "global", "private").map(found -> found.group(2)).forEach(line -> {
            if (!line.startsWith("function ")) {
                for (var part : line.split(",")) {
                    var word = WORD.matcher(part);
                    if (word.find()) {
                        names.add(word.group());
                    }
                }
            }
        });
        return names;
    }

    /** The text of the comment that ends right above an alias; empty without one. */
    String comment(String alias) {
        var found = Pattern.compile("(?m)^probe +(?:[\\w.]+ *= *)*" + Pattern.quote(alias) + " *\\+?=")
                .matcher(source.text());
        if (!found.find()) {
            return "";
        }
        var before = source.text().substring(0, found.start()).stripTrailing();
        int open = before.lastIndexOf("/*");
        return before.endsWith("*/") && open >= 0
                ? before.substring(open + 2, before.length() - 2)
                        .replaceAll("\\s*\\n[\\s*]*", " ")
                        .strip()
                : "";
    }

    /** The names of the aliases, with dots. */
    List<String> aliases() {
        var names = new ArrayList<String>();
        heads(ALIAS, "probe").map(found -> found.group(1)).forEach(line -> {
            for (var name : line.split(" *\\+?= *")) {
                names.add(name.strip());
            }
        });
        return names;
    }
}
