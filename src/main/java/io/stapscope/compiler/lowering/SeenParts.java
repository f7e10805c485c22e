package io.stapscope.compiler.lowering;

import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Expression.BinaryOperator;
import io.stapscope.compiler.ir.Expression.Space;
import io.stapscope.compiler.ir.Function;
import io.stapscope.compiler.ir.IrWalk;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.host.program.Site.Sight;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What code looks at of the program that it is run for: registers, or their lower halves, and memory. */
final class SeenParts {
    private static final int HALF = Integer.SIZE;
    private static final int NONE = -1;

    private final List<Function> functions;
    private final Set<Integer> followed = new HashSet<>();
    private Sight sight = Sight.NOTHING;

    private SeenParts(List<Function> functions) {
        this.functions = functions;
    }

    static Sight of(List<Expression> values) {
        var seen = new SeenParts(List.of());
        values.forEach(seen::add);
        return seen.sight;
    }

    /** @param functions of the plan, which the body may call */
    static Sight of(Statement body, List<Function> functions) {
        var seen = new SeenParts(functions);
        seen.add(body);
        return seen.sight;
    }

    private void add(Statement body) {
        IrWalk.statements(body, statement -> {
            IrWalk.operands(statement).forEach(this::add);
            switch (statement) {
                case Statement.Call call -> follow(call.function().id());
                case Statement.CallById call -> follow(call.function());
                case Statement _ -> {}
            }
        });
    }

    private void follow(int function) {
        if (followed.add(function)) {
            add(functions.get(function).body());
        }
    }

    private void add(Expression part) {
        int half = half(part);
        if (half != NONE) {
            sight = sight.and(new Sight(0, 1 << half, false));
            return;
        }
        sight = sight.and(own(part));
        IrWalk.operands(part).forEach(this::add);
    }

    /** The register of which only the lower half counts, as where a number of four bytes is taken from it; -1 for none. */
    private static int half(Expression part) {
        if (!(part instanceof Expression.Binary(var _, var operator, var left, var right))
                || !(right instanceof Expression.LongLiteral(var _, var number))) {
            return NONE;
        }
        boolean isHalf = operator == BinaryOperator.AND && number >>> HALF == 0
                || operator == BinaryOperator.SHIFT_LEFT && number >= HALF && number < Long.SIZE;
        return isHalf ? register(left) : NONE;
    }

    /** The number of a register that is named where it is looked at; -1 for all else. */
    private static int register(Expression part) {
        long number =
                switch (part) {
                    case Expression.Register(var _, var known) -> known;
                    case Expression.Builtin call ->
                        switch (call.function()) {
                            case USER_REGISTER ->
                                call.arguments().getFirst() instanceof Expression.LongLiteral(var _, var known)
                                        ? known
                                        : NONE;
                            case USER_STRING,
                                    USER_STRING_OR,
                                    STRLEN,
                                    SUBSTR,
                                    IN_TARGET_SET,
                                    TASK_OF,
                                    SYSCALL_ARGUMENTS,
                                    SYSCALL_VARIABLE,
                                    SYSCALL_RESULT -> NONE;
                        };
                    case Expression _ -> NONE;
                };
        return number >= 0 && number < Integer.SIZE - 1 ? (int) number : NONE;
    }

    /** Without its parts. */
    private static Sight own(Expression part) {
        return switch (part) {
            case Expression.Register register -> whole(register);
            case Expression.Load e when e.space() == Space.USER -> new Sight(0, true);
            case Expression.LoadString e when e.space() == Space.USER -> new Sight(0, true);
            case Expression.Stack e when e.space() == Space.USER -> Sight.EVERYTHING;
            case Expression.Builtin call -> own(call);
            case Expression _ -> Sight.NOTHING;
        };
    }

    private static Sight own(Expression.Builtin call) {
        return switch (call.function()) {
            case USER_STRING, USER_STRING_OR -> new Sight(0, true);
            case USER_REGISTER -> whole(call);
            case STRLEN, SUBSTR, IN_TARGET_SET, TASK_OF, SYSCALL_ARGUMENTS, SYSCALL_VARIABLE, SYSCALL_RESULT ->
                Sight.NOTHING;
        };
    }

    private static Sight whole(Expression read) {
        int number = register(read);
        return number == NONE ? Sight.EVERYTHING : new Sight(1 << number, false);
    }
}
