package io.stapscope.compiler.probe;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.ir.BuiltinFunction;
import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Expression.BinaryOperator;
import io.stapscope.compiler.ir.TextTable;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.type.Type;
import io.stapscope.syscalls.SyscallDescription.Variable;
import io.stapscope.syscalls.SyscallTables;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a named system call offers: the variables of {@code process.syscall}, and ready-made locals. */
record SyscallContext(boolean atReturn, List<ContextVariable> locals) implements PointContext {
    /** What a number that has no name is called. */
    private static final String UNNAMED = "syscall_";

    private static final ContextVariable ARGUMENTS = new ContextVariable(
            "argstr", Type.STRING, "All arguments, as strace writes them.", SyscallContext::arguments);
    private static final ContextVariable RESULT =
            new ContextVariable("retval", Type.LONG, "Result of the call.", SyscallContext::result);
    private static final ContextVariable RESULT_TEXT = new ContextVariable(
            "retstr", Type.STRING, "Result of the call; an error as -2 (ENOENT).", SyscallContext::resultText);
    private static final ContextVariable NUMBER =
            new ContextVariable("syscall_nr", Type.LONG, "Number of the call.", SyscallContext::number);

    SyscallContext {
        locals = List.copyOf(locals);
    }

    static SyscallContext of(SyscallTables tables, int number, boolean atReturn) {
        var locals = common(tables, atReturn);
        if (!atReturn) {
            tables.describe(number).variables().forEach(variable -> locals.add(local(variable)));
        }
        return new SyscallContext(atReturn, locals);
    }

    static SyscallContext any(SyscallTables tables, boolean atReturn) {
        var locals = common(tables, atReturn);
        locals.add(NUMBER);
        return new SyscallContext(atReturn, locals);
    }

    private static List<ContextVariable> common(SyscallTables tables, boolean atReturn) {
        var locals = new ArrayList<ContextVariable>();
        locals.add(new ContextVariable("name", Type.STRING, "Name of the call.", new Name(names(tables))));
        locals.addAll(atReturn ? List.of(RESULT, RESULT_TEXT) : List.of(ARGUMENTS));
        return locals;
    }

    /** The names of the calls of a kernel. */
    private record Known(SyscallTables tables, TextTable names) {}

    private static volatile @Nullable Known known;

    private static TextTable names(SyscallTables tables) {
        var latest = known;
        if (latest == null || latest.tables() != tables) {
            latest = new Known(tables, table(tables));
            known = latest;
        }
        return latest.names();
    }

    private static TextTable table(SyscallTables tables) {
        var names = new ArrayList<String>();
        tables.names().forEach((number, name) -> {
            while (names.size() < number) {
                names.add(UNNAMED + names.size());
            }
            names.add(name);
        });
        return new TextTable("syscalls", names, UNNAMED);
    }

    private static ContextVariable local(Variable variable) {
        return switch (variable.part()) {
            case NUMBER ->
                new ContextVariable(
                        variable.name(),
                        Type.LONG,
                        "Argument " + (variable.argument() + 1) + " of the call.",
                        new Register(variable.argument() + 1, variable.bytes(), variable.signed()));
            case TEXT ->
                new ContextVariable(
                        variable.name(),
                        Type.STRING,
                        "Argument " + (variable.argument() + 1) + " of the call, as strace writes it.",
                        new Text(variable.name()));
            case BARE ->
                new ContextVariable(
                        variable.name(),
                        Type.STRING,
                        "Argument " + (variable.argument() + 1) + " of the call, without quotation marks.",
                        new Text(variable.name()));
        };
    }

    private record Name(TextTable names) implements ContextVariable.Reading {
        @Override
        public Expression at(Span span) {
            return new Expression.TableText(span, names, number(span));
        }
    }

    /** The lower bytes of a register. */
    private record Register(int argument, int bytes, boolean signed) implements ContextVariable.Reading {
        @Override
        public Expression at(Span span) {
            var whole = new Expression.Argument(span, argument);
            int unused = 64 - 8 * bytes;
            if (unused == 0) {
                return whole;
            }
            if (!signed) {
                return binary(span, BinaryOperator.AND, whole, (1L << 8 * bytes) - 1);
            }
            return binary(
                    span, BinaryOperator.SHIFT_RIGHT, binary(span, BinaryOperator.SHIFT_LEFT, whole, unused), unused);
        }

        private static Expression binary(Span span, BinaryOperator operator, Expression left, long right) {
            return new Expression.Binary(span, operator, left, new Expression.LongLiteral(span, right));
        }
    }

    private record Text(String variable) implements ContextVariable.Reading {
        @Override
        public Expression at(Span span) {
            return new Expression.Builtin(
                    span,
                    BuiltinFunction.SYSCALL_VARIABLE,
                    List.of(new Expression.Snapshot(span), new Expression.StringLiteral(span, variable)));
        }
    }

    private static Expression arguments(Span span) {
        return new Expression.Builtin(span, BuiltinFunction.SYSCALL_ARGUMENTS, List.of(new Expression.Snapshot(span)));
    }

    private static Expression number(Span span) {
        return new Expression.Context(span, ContextValue.SYSCALL);
    }

    private static Expression result(Span span) {
        return new Expression.Context(span, ContextValue.RETURN);
    }

    private static Expression resultText(Span span) {
        return new Expression.Builtin(span, BuiltinFunction.SYSCALL_RESULT, List.of(number(span), result(span)));
    }

    @Override
    public List<ContextVariable> variables() {
        return new SystemCallContext(atReturn).variables();
    }

    /** The locals of the entry are not there: the body of a return is about the return. */
    @Override
    public @Nullable PointContext entry() {
        return atReturn ? new SyscallContext(false, List.of()) : null;
    }

    @Override
    public boolean hasUserMemory() {
        return true;
    }

    @Override
    public Diagnostic missing(String name, Span span) {
        return new SystemCallContext(atReturn).missing(name, span);
    }
}
