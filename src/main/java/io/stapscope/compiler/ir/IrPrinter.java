package io.stapscope.compiler.ir;

import io.stapscope.compiler.type.Type;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints IR for human eyes: one statement a line, globals by name, locals by name and index. */
public final class IrPrinter {
    private final StringBuilder out = new StringBuilder();
    private int depth;

    private IrPrinter() {}

    public static String print(Plan plan) {
        var printer = new IrPrinter();
        plan.globals().forEach(printer::global);
        plan.functions().forEach(printer::function);
        plan.handlers().forEach(printer::handler);
        return printer.out.toString();
    }

    public static String print(Expression expression) {
        return ExpressionPrinter.print(expression);
    }

    private void global(Global g) {
        var text = new StringBuilder("global ").append(g.name());
        if (g.isArray()) {
            text.append('[');
            for (int i = 0; i < g.keys().size(); i++) {
                text.append(i == 0 ? "" : ", ")
                        .append(typed(g.keys().get(i), g.keyWidths().get(i)));
                text.append(' ').append(word(g.keyKinds().get(i)));
            }
            text.append(']');
            text.append(g.wrap() ? " wrap " : " max ").append(g.capacity());
        }
        text.append(": ").append(typed(g.value(), g.valueWidth())).append(' ').append(word(g.place()));
        if (g.initial() != null) {
            text.append(" = ").append(g.initial() instanceof String s ? ExpressionPrinter.quoted(s) : g.initial());
        }
        if (g.linear() != null) {
            text.append(" linear ")
                    .append(g.linear().low())
                    .append("..")
                    .append(g.linear().high());
            text.append(" by ").append(g.linear().width());
        }
        text.append(g.counter() ? " counter" : "").append(g.displayedAtEnd() ? " displayed" : "");
        text.append(g.unit() == Global.Unit.NONE ? "" : " in " + word(g.unit()));
        line(text.toString());
    }

    private void function(Function f) {
        line("function " + f.name() + "(" + locals(f.locals().subList(0, f.parameters())) + "): "
                + typed(f.result(), f.resultWidth()));
        depth++;
        declared(f.locals().subList(f.parameters(), f.locals().size()));
        block(f.body());
        depth--;
    }

    private void handler(Handler h) {
        line("probe " + h.point().text() + " " + word(h.place()));
        depth++;
        for (int i = 0; i < h.entries().size(); i++) {
            line("entry " + i + " = " + print(h.entries().get(i)));
        }
        for (int i = 0; i < h.captures().size(); i++) {
            line("capture " + i + " = " + print(h.captures().get(i)));
        }
        declared(h.locals());
        block(h.body());
        depth--;
    }

    private void declared(List<Local> locals) {
        if (!locals.isEmpty()) {
            line("local " + locals(locals));
        }
    }

    private void block(Statement.Block block) {
        block.statements().forEach(this::statement);
    }

    private void nested(Statement.Block block) {
        depth++;
        block(block);
        depth--;
    }

    private void statement(Statement statement) {
        switch (statement) {
            case Statement.Block s -> {
                line("{");
                nested(s);
                line("}");
            }
            case Statement.SetLocal s -> line(s.local().name() + " = " + print(s.value()));
            case Statement.SetGlobal s -> line(element(s.global(), s.keys()) + " = " + print(s.value()));
            case Statement.AddGlobal s ->
                line(result(s.result()) + element(s.global(), s.keys()) + " += " + print(s.value()));
            case Statement.Feed s -> line(element(s.global(), s.keys()) + " <<< " + print(s.value()));
            case Statement.DeleteElement s -> line("delete " + element(s.global(), s.keys()));
            case Statement.DeleteGlobal s -> line("delete " + s.global().name());
            case Statement.If s -> branch(s);
            case Statement.Loop s -> {
                line("loop");
                nested(s.body());
                if (!s.update().statements().isEmpty()) {
                    line("update");
                    nested(s.update());
                }
            }
            case Statement.Foreach s -> foreach(s);
            case Statement.Try s -> {
                line("try {");
                nested(s.body());
                line(
                        s.message() == null
                                ? "} catch {"
                                : "} catch (" + s.message().name() + ") {");
                nested(s.handler());
                line("}");
            }
            case Statement.Match s ->
                line(s.result().name() + " = " + print(s.text()) + " =~ " + ExpressionPrinter.quoted(s.pattern()));
            case Statement.Answer s -> line("answer " + (s.append() ? ".= " : "= ") + print(s.value()));
            case Statement.Act s ->
                line((s.result() == null ? "" : s.result().name() + " = ") + "act "
                        + s.function().word() + "(" + ExpressionPrinter.list(s.arguments()) + ")");
            case Statement.Break _ -> line("break");
            case Statement.Continue _ -> line("continue");
            case Statement.Next _ -> line("next");
            case Statement.Return s -> line(s.value() == null ? "return" : "return " + print(s.value()));
            case Statement.Call s ->
                line(result(s.result()) + s.function().name() + "(" + ExpressionPrinter.list(s.arguments()) + ")");
            case Statement.CallById s ->
                line(result(s.result()) + "function " + s.function() + "(" + ExpressionPrinter.list(s.arguments())
                        + ")");
            case Statement.Print s -> line("print " + ExpressionPrinter.format(s.format(), s.arguments()));
            case Statement.PrintHistogram s ->
                line("print " + (s.linear() ? "@hist_linear(" : "@hist_log(") + element(s.global(), s.keys()) + ")");
            case Statement.Warn s -> line("warn " + print(s.message()));
            case Statement.Raise s -> line("raise " + print(s.message()));
            case Statement.Exit _ -> line("exit");
        }
    }

    private void branch(Statement.If s) {
        line("if " + print(s.condition()));
        nested(s.then());
        if (!s.otherwise().statements().isEmpty()) {
            line("else");
            nested(s.otherwise());
        }
    }

    private void foreach(Statement.Foreach s) {
        var text = new StringBuilder("foreach ");
        if (s.value() != null) {
            text.append(s.value().name()).append(" = ");
        }
        text.append('[').append(s.keys().stream().map(Local::name).collect(Collectors.joining(", ")));
        text.append("] in ").append(element(s.global(), s.slice()));
        if (s.sort() != null) {
            var by = s.sort().key() >= 0 ? "key " + s.sort().key() : "value";
            text.append(" by ")
                    .append(by)
                    .append(
                            s.sort().extractor() == null
                                    ? ""
                                    : " " + word(s.sort().extractor()));
            text.append(s.sort().descending() ? " descending" : " ascending");
        }
        if (s.limit() != null) {
            text.append(" limit ").append(print(s.limit()));
        }
        line(text.toString());
        nested(s.body());
    }

    private static String element(Global global, List<? extends @Nullable Expression> keys) {
        return ExpressionPrinter.element(global, keys);
    }

    private static String result(@Nullable Local result) {
        return result == null ? "" : result.name() + " = ";
    }

    private static String locals(List<Local> locals) {
        return locals.stream()
                .map(local -> local.name() + ": " + typed(local.type(), local.width()))
                .collect(Collectors.joining(", "));
    }

    private static String typed(Type type, int width) {
        return switch (type) {
            case STRING -> "string(" + width + ")";
            case LONG, STATISTIC, NONE -> type.word();
        };
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private void line(String text) {
        out.append("  ".repeat(depth)).append(text).append('\n');
    }
}
