package io.stapscope.compiler.builtin;

import io.stapscope.compiler.ir.Format;
import io.stapscope.compiler.ir.Format.Conversion;
import io.stapscope.compiler.ir.Format.Directive;
import io.stapscope.compiler.ir.Format.Piece;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.syntax.tree.PrintFunction;
import io.stapscope.compiler.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Output to the console. The print functions take any number of values, so they have their own syntax. */
public final class PrintFunctions {
    private PrintFunctions() {}

    static List<Builtin> all() {
        var line = new Format(List.of(Directive.plain(Conversion.STRING), new Format.Text("\n")));
        return List.of(new Builtin.Action(
                "log",
                List.of(Type.STRING),
                "Writes a string and a line end.",
                (span, arguments) -> new Statement.Print(span, line, arguments)));
    }

    /** The format that prints values of these types as {@code print}, {@code println} and {@code printd} do. */
    public static Format format(PrintFunction function, List<Type> types, String delimiter) {
        var pieces = new ArrayList<Piece>();
        for (var type : types) {
            if (!pieces.isEmpty() && !delimiter.isEmpty()) {
                pieces.add(new Format.Text(delimiter));
            }
            pieces.add(Directive.plain(type == Type.STRING ? Conversion.STRING : Conversion.DECIMAL));
        }
        if (function.endsLine()) {
            pieces.add(new Format.Text("\n"));
        }
        return new Format(pieces);
    }

    /** One sentence for each print function, by its name. */
    static Map<String, String> documentation() {
        return Map.of(
                "print", "Writes values one after the other.",
                "println", "Writes values and a line end.",
                "printd", "Writes values with a delimiter between them.",
                "printdln", "Writes values with a delimiter between them, and a line end.",
                "printf", "Writes values by a format.",
                "sprint", "The values one after the other, as a string.",
                "sprintln", "The values and a line end, as a string.",
                "sprintd", "The values with a delimiter between them, as a string.",
                "sprintdln", "The values with a delimiter between them and a line end, as a string.",
                "sprintf", "Values by a format, as a string.");
    }
}
