package io.stapscope.compiler.builtin;

import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Expression.Space;
import io.stapscope.compiler.ir.Format;
import io.stapscope.compiler.ir.LibraryFunction;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.type.Type;
import java.util.ArrayList;
import java.util.List;

/** Stacks of the kernel and of the process of the hit, and names of addresses. */
final class StackFunctions {
    private static final long ALL_FRAMES = Long.MAX_VALUE;

    private StackFunctions() {}

    static List<Builtin> all() {
        var all = new ArrayList<Builtin>();
        add(all, Space.KERNEL, "", "of the kernel");
        add(all, Space.USER, "u", "of the process");
        all.add(print(
                "print_ubacktrace_brief",
                List.of(),
                "Prints the stack of the process on one line.",
                (span, _) -> onStack(span, LibraryFunction.STACK_BRIEF, Space.USER)));
        all.add(Builtin.Value.of(
                "caller",
                List.of(),
                Type.STRING,
                "Name and address of the function that called this one in the kernel.",
                (span, _) -> onStack(span, LibraryFunction.STACK_CALLER, Space.KERNEL)));
        all.add(Builtin.Value.of(
                "caller_addr",
                List.of(),
                Type.LONG,
                "Address of the function that called this one in the kernel.",
                (span, _) -> frame(span, Space.KERNEL, new Expression.LongLiteral(span, 1))));
        return all;
    }

    /** @param letter begins the names of those about the process */
    private static void add(List<Builtin> all, Space space, String letter, String whose) {
        all.add(Builtin.Value.of(
                letter + "backtrace",
                List.of(),
                Type.STRING,
                "Addresses of the stack " + whose + ".",
                (span, _) -> addresses(span, space, new Expression.LongLiteral(span, ALL_FRAMES))));
        all.add(Builtin.Value.of(
                letter + "callers",
                List.of(Type.LONG),
                Type.STRING,
                "The first addresses of the stack " + whose + "; -1 for all.",
                (span, arguments) -> addresses(span, space, unlessNegative(span, arguments.getFirst()))));
        all.add(Builtin.Value.of(
                letter + "stack",
                List.of(Type.LONG),
                Type.LONG,
                "An address of the stack " + whose + ", 0 being the innermost.",
                (span, arguments) -> frame(span, space, arguments.getFirst())));
        all.add(Builtin.Value.of(
                "sprint_" + letter + "backtrace",
                List.of(),
                Type.STRING,
                "The stack " + whose + " with names, on several lines.",
                (span, _) -> onStack(span, LibraryFunction.STACK_TEXT, space)));
        all.add(print(
                "print_" + letter + "backtrace",
                List.of(),
                "Prints the stack " + whose + " with names.",
                (span, _) -> onStack(span, LibraryFunction.STACK_LINES, space)));
        for (var word : List.of("syms", "stack")) {
            all.add(print(
                    "print_" + letter + word,
                    List.of(Type.STRING),
                    "Prints addresses " + whose + " with their names.",
                    (span, arguments) -> library(span, LibraryFunction.ADDRESS_LINES, arguments.getFirst(), space)));
            all.add(Builtin.Value.of(
                    "sprint_" + letter + word,
                    List.of(Type.STRING),
                    Type.STRING,
                    "Addresses " + whose + " with their names, on several lines.",
                    (span, arguments) -> library(span, LibraryFunction.ADDRESS_TEXT, arguments.getFirst(), space)));
        }
        all.add(ofAddress(
                letter + "symname", space, LibraryFunction.ADDRESS_NAME, "Name of the function at an address"));
        all.add(ofAddress(
                letter + "symdata",
                space,
                LibraryFunction.ADDRESS_DATA,
                "Name, distance, size and module of an address"));
        all.add(ofAddress(letter + "modname", space, LibraryFunction.ADDRESS_MODULE, "Module of an address"));
        all.add(Builtin.Value.of(
                letter + "symfileline",
                List.of(Type.LONG),
                Type.STRING,
                "An address " + whose + " as a number: files and lines are not known.",
                (span, arguments) -> new Expression.Formatted(
                        span,
                        new Format(List.of(new Format.Text("0x"), Format.Directive.plain(Format.Conversion.HEX))),
                        arguments)));
    }

    private static Builtin ofAddress(String name, Space space, LibraryFunction function, String documentation) {
        return Builtin.Value.of(
                name,
                List.of(Type.LONG),
                Type.STRING,
                documentation + (space == Space.KERNEL ? " of the kernel." : " of the process."),
                (span, arguments) -> library(span, function, arguments.getFirst(), space));
    }

    private static Builtin print(String name, List<Type> parameters, String documentation, Builtin.ValueCode text) {
        return new Builtin.Action(
                name,
                parameters,
                documentation,
                (span, arguments) -> new Statement.Print(
                        span,
                        new Format(List.of(Format.Directive.plain(Format.Conversion.STRING))),
                        List.of(text.build(span, arguments))));
    }

    private static Expression addresses(Span span, Space space, Expression frames) {
        return new Expression.Library(
                span, LibraryFunction.STACK_ADDRESSES, List.of(stack(span, space), process(span, space), frames));
    }

    private static Expression frame(Span span, Space space, Expression number) {
        return new Expression.Library(
                span, LibraryFunction.STACK_ADDRESS, List.of(stack(span, space), process(span, space), number));
    }

    private static Expression onStack(Span span, LibraryFunction function, Space space) {
        return new Expression.Library(span, function, List.of(stack(span, space), process(span, space)));
    }

    private static Expression library(Span span, LibraryFunction function, Expression of, Space space) {
        return new Expression.Library(span, function, List.of(of, process(span, space)));
    }

    private static Expression unlessNegative(Span span, Expression frames) {
        var zero = new Expression.LongLiteral(span, 0);
        return new Expression.Conditional(
                span,
                new Expression.Compare(span, Expression.Relation.LESS, frames, zero),
                new Expression.LongLiteral(span, ALL_FRAMES),
                frames);
    }

    private static Expression stack(Span span, Space space) {
        return new Expression.Stack(span, space);
    }

    /** The process whose names are meant, 0 for the kernel's. */
    private static Expression process(Span span, Space space) {
        return space == Space.KERNEL
                ? new Expression.LongLiteral(span, 0)
                : new Expression.Context(span, ContextValue.PID);
    }
}
