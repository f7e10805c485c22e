package io.stapscope.compiler.probe;

import io.stapscope.debuginfo.value.Location;
import io.stapscope.debuginfo.value.Value;
import io.stapscope.debuginfo.value.Value.Operator;
import io.stapscope.host.ctype.CType;
import io.stapscope.host.program.Function;
import io.stapscope.host.program.Scope;
import io.stapscope.host.program.Variable;
import java.util.ArrayList;
import java.util.List;

/**
 * Where arguments are at the first instruction of a function of C: code that is not optimised moves them behind its
 * prologue, and its debug information tells of those places only.
 */
final class CallingConvention {
    private static final int STACK_POINTER_X86 = 7;
    private static final int STACK_POINTER_ARM = 31;

    /** DWARF's numbers of rdi, rsi, rdx, rcx, r8, r9. */
    private static final List<Integer> X86 = List.of(5, 4, 1, 2, 8, 9);

    private static final List<Integer> ARM = List.of(0, 1, 2, 3, 4, 5, 6, 7);
    private static final int MOST_IN_REGISTERS = 16;

    private final boolean arm;

    private CallingConvention(boolean arm) {
        this.arm = arm;
    }

    static CallingConvention of(String machine) {
        return new CallingConvention(machine.equals("aarch64"));
    }

    /** Where a whole number is passed. @param position from 0 */
    Value register(int position) {
        var registers = registers();
        return position < registers.size()
                ? new Value.Register(registers.get(position))
                : new Value.Dereference(onStack(position - registers.size()), Long.BYTES);
    }

    private List<Integer> registers() {
        return arm ? ARM : X86;
    }

    /** On x86-64 the return address lies below the arguments. */
    private Value onStack(int position) {
        int stack = arm ? STACK_POINTER_ARM : STACK_POINTER_X86;
        long offset = (long) position * Long.BYTES + (arm ? 0 : Long.BYTES);
        return new Value.Binary(Operator.ADD, new Value.Register(stack), new Value.Constant(offset));
    }

    /** Address that the function returns to, at its first instruction. */
    Value returnAddress() {
        return arm ? new Value.Register(30) : new Value.Dereference(new Value.Register(STACK_POINTER_X86), Long.BYTES);
    }

    /** The parameters of a function where they are at its entry; it has no locals yet. */
    Scope atEntry(Function function, List<Variable> parameters) {
        var found = new ArrayList<Variable>();
        boolean foreign = function.file().endsWith(".rs") || function.file().endsWith(".go");
        boolean known = !foreign;
        // A large struct is returned through an address that comes first.
        int next =
                !arm && function.result() instanceof CType.Struct result && result.size() > MOST_IN_REGISTERS ? 1 : 0;
        for (var parameter : parameters) {
            Location place = new Location.Missing(
                    "where it is at the first instruction is not known; probe the function without .return");
            switch (parameter.type()) {
                case CType.Int t when t.size() > Long.BYTES -> known = false;
                case CType.Int _, CType.Enumeration _, CType.Pointer _ -> {
                    if (known) {
                        place = new Location.Computed(register(next));
                        next++;
                    }
                }
                case CType.Floating _ -> {}
                // Small ones are in any registers, large ones on the stack: those behind them are elsewhere, too.
                case CType.Struct _, CType.Array _, CType.Function _, CType.Incomplete _ -> known = false;
            }
            found.add(new Variable(parameter.name(), parameter.type(), place));
        }
        return new Scope(found, List.of());
    }
}
