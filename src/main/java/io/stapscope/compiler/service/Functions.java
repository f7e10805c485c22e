package io.stapscope.compiler.service;

import io.stapscope.compiler.analysis.FunctionSymbol;
import io.stapscope.compiler.builtin.Builtins;
import io.stapscope.compiler.library.Library;
import io.stapscope.compiler.syntax.tree.DeclarationNode;
import io.stapscope.compiler.syntax.tree.PrintFunction;
import io.stapscope.compiler.syntax.tree.TypeName;
import io.stapscope.compiler.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The functions that a script can call: its own, and the built-in ones. */
final class Functions {
    private Functions() {}

    /**
     * @param signature {@code substr:string (string, long, long)}
     * @param parameters how many there are; -1 for any number
     */
    record Callable(String name, String signature, String documentation, int parameters) {
        /** A call with places for the arguments. */
        String call() {
            return parameters == 0 ? name + "()" : name + "(${})";
        }
    }

    static List<Callable> all(ScriptModel model) {
        var all = new ArrayList<Callable>();
        own(model).forEach(function -> all.add(of(function)));
        for (var name : Library.builtIn().functionNames()) {
            all.addAll(library(name));
        }
        for (var name : Builtins.names()) {
            all.addAll(builtin(name));
        }
        return all;
    }

    /** Those of one name, one for each number of parameters. */
    static List<Callable> named(ScriptModel model, String name) {
        var found = new ArrayList<Callable>();
        own(model).filter(function -> function.name().equals(name)).forEach(function -> found.add(of(function)));
        if (found.isEmpty()) {
            found.addAll(library(name));
        }
        return found.isEmpty() ? builtin(name) : found;
    }

    private static Stream<FunctionSymbol> own(ScriptModel model) {
        return model.symbols().functions().stream()
                .filter(function -> function.declaration().span().source().equals(model.source()));
    }

    private static List<Callable> library(String name) {
        return Library.builtIn().functions(name).stream()
                .map(Functions::of)
                .distinct()
                .toList();
    }

    private static List<Callable> builtin(String name) {
        var print = PrintFunction.named(name);
        if (print != null) {
            return List.of(new Callable(name, signature(print), documentation(name), -1));
        }
        return Builtins.named(name).stream()
                .map(builtin -> new Callable(
                        name,
                        builtin.signature(),
                        builtin.documentation(),
                        builtin.parameters().size()))
                .toList();
    }

    /** A function of the library: with the types that are written. */
    private static Callable of(DeclarationNode.Function function) {
        var name = function.name().text();
        var parameters = function.parameters().stream()
                .map(parameter -> parameter.name() + type(parameter.type()))
                .collect(Collectors.joining(", "));
        return new Callable(
                name,
                name + type(function.type()) + " (" + parameters + ")",
                CommentAbove.of(function.span()),
                function.parameters().size());
    }

    private static String type(@Nullable TypeName type) {
        return type == null ? "" : ":" + type.kind().name().toLowerCase(Locale.ROOT);
    }

    private static Callable of(FunctionSymbol function) {
        var parameters = function.parameters().stream()
                .map(parameter -> parameter.name() + ":" + parameter.type().word())
                .collect(Collectors.joining(", "));
        var result =
                function.result() == Type.NONE ? "" : ":" + function.result().word();
        return new Callable(
                function.name(),
                function.name() + result + " (" + parameters + ")",
                CommentAbove.of(function.declaration().span()),
                function.parameters().size());
    }

    private static String signature(PrintFunction function) {
        var result = function.isString() ? ":string" : "";
        var first = function.hasFormat() ? "format, " : function.hasDelimiter() ? "delimiter, " : "";
        return function.symbol() + result + " (" + first + "value, ...)";
    }

    private static String documentation(String name) {
        return Builtins.documentation().getOrDefault(name, "");
    }
}
