package io.stapscope.cli;

import io.stapscope.codegen.Generated;
import io.stapscope.codegen.Listing;
import io.stapscope.compiler.ir.Function;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.IrPrinter;
import io.stapscope.compiler.ir.Local;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.compiler.syntax.TreePrinter;
import io.stapscope.compiler.syntax.tree.Script;
import io.stapscope.compiler.type.Type;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What {@code -p1} to {@code -p4} print. */
final class Passes {
    private Passes() {}

    static String tree(SourceText source, Script script) {
        return "# parse tree dump\n# file " + source.name() + "\n" + TreePrinter.print(script);
    }

    /** Globals, functions and probes with their types; what a part lacks is not mentioned. */
    static String analysis(Plan plan, boolean verbose) {
        var out = new StringBuilder();
        section(out, "# globals", plan.globals().stream().map(Passes::signature).toList());
        section(
                out,
                "# functions",
                plan.functions().stream().map(Passes::signature).toList());
        section(
                out,
                "# probes",
                plan.handlers().stream().map(handler -> probe(handler, verbose)).toList());
        return out.toString();
    }

    static String plan(Plan plan) {
        return IrPrinter.print(plan);
    }

    static String programs(Generated generated, SourceText script, boolean verbose) {
        if (verbose) {
            return Listing.of(generated, script).text();
        }
        int instructions = generated.programs().stream()
                .mapToInt(program -> program.instructions().size())
                .sum();
        return generated.programs().size() + (generated.programs().size() == 1 ? " program, " : " programs, ")
                + instructions + " instructions, " + generated.maps().size()
                + " maps: accepted by the kernel's verifier\n";
    }

    private static void section(StringBuilder out, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            out.append(title).append('\n');
            lines.forEach(line -> out.append(line).append('\n'));
        }
    }

    private static String signature(Global global) {
        return global.name() + ":" + global.value().word()
                + (global.isArray()
                        ? global.keys().stream().map(Type::word).collect(Collectors.joining(", ", " [", "]"))
                        : "");
    }

    private static String signature(Function function) {
        return function.name() + ":" + word(function.result())
                + function.locals().subList(0, function.parameters()).stream()
                        .map(Passes::typed)
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private static String probe(Handler handler, boolean verbose) {
        var text = handler.point().text();
        if (!verbose) {
            return text;
        }
        var place =
                switch (handler.place()) {
                    case KERNEL -> "in the kernel";
                    case DEFERRED -> "in user space, with values taken in the kernel";
                    case USER -> "in user space";
                };
        return text + " /* runs " + place + " */"
                + (handler.locals().isEmpty() ? "" : "\n  # locals")
                + handler.locals().stream().map(local -> "\n  " + typed(local)).collect(Collectors.joining());
    }

    private static String typed(Local local) {
        return local.name() + ":" + word(local.type());
    }

    /** SystemTap says unknown for a function that returns nothing. */
    private static String word(Type type) {
        return type == Type.NONE ? "unknown" : type.word().toLowerCase(Locale.ROOT);
    }
}
