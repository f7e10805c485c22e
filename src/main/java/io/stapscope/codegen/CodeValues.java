package io.stapscope.codegen;

import io.stapscope.bpf.Arithmetic;
import io.stapscope.bpf.Condition;
import io.stapscope.bpf.Helper;
import io.stapscope.bpf.Register;
import io.stapscope.bpf.Width;
import io.stapscope.codegen.layout.MapNames;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.ir.ProbePoint.CodeSite;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Loads what a hit in the code of a program offers: the context is the program's registers. */
final class CodeValues {
    /** Members of pt_regs in the order of DWARF's numbers on x86-64. */
    private static final List<String> REGISTERS = List.of(
            "ax", "dx", "cx", "bx", "si", "di", "bp", "sp", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "ip");

    private final Emitter emitter;
    private boolean returns;

    /** What registers held at the entry whose values are elsewhere at one of the places, by their names. */
    private Map<String, Place.Direct> fetched = Map.of();

    CodeValues(Emitter emitter) {
        this.emitter = emitter;
    }

    /** What follows runs where the function returns, or else where it is entered. */
    void at(boolean itsReturn) {
        returns = itsReturn;
    }

    /** {@code to = register}; changes no other. */
    void loadRegister(Register to, Expression.Register register) {
        if (register.number() < 0 || register.number() >= REGISTERS.size()) {
            throw new UnsupportedInKernelException(
                    register.span(), "the register with DWARF's number " + register.number());
        }
        load(to, REGISTERS.get(register.number()));
    }

    /** As it was where the place is meant for; where a function returns, as it is. */
    void load(Register to, String register) {
        var place = fetched.get(register);
        if (place != null) {
            emitter.load(to, place);
            return;
        }
        emitter.code.load(Width.DOUBLE, to, Emitter.CONTEXT, emitter.task.offset("pt_regs", register));
    }

    /** Gets what is elsewhere, before the handler looks at it; changes R0 to R5. */
    void fetch() {
        fetched = Map.of();
        if (!(emitter.hook instanceof Hook.Code) || returns) {
            return;
        }
        // What one register held may be in another, which holds something else, too.
        var all = new HashMap<String, Place.Direct>();
        for (int i = 0; i < REGISTERS.size(); i++) {
            int number = i;
            if (sites().stream().anyMatch(site -> site.elsewhere().containsKey(number))) {
                var place = emitter.frame.allocate(Long.BYTES);
                fetch(number, place);
                all.put(REGISTERS.get(number), place);
            }
        }
        fetched = all;
    }

    private void fetch(int number, Place to) {
        var code = emitter.code;
        var inPlace = new Expression.Register(emitter.handler().span(), number);
        var values = sites().stream()
                .map(site -> site.elsewhere().getOrDefault(number, inPlace))
                .toList();
        var different = values.stream().distinct().toList();
        if (different.size() == 1) {
            emitter.longs.evaluate(different.getFirst());
            emitter.store(to, Register.R0);
            return;
        }
        var end = emitter.label("register " + REGISTERS.get(number));
        loadSite();
        lookUp(values.stream().mapToLong(different::indexOf).toArray());
        emitter.store(to, Register.R0);
        for (int i = 0; i < different.size(); i++) {
            var next = emitter.label("another place");
            if (i < different.size() - 1) {
                emitter.load(Register.R0, to);
                code.jump(Condition.NOT_EQUAL, Register.R0, i, next);
            }
            emitter.longs.evaluate(different.get(i));
            emitter.store(to, Register.R0);
            code.jump(end);
            code.place(next);
        }
        code.place(end);
    }

    private List<CodeSite> sites() {
        return ((ProbePoint.Code) emitter.handler().point()).sites();
    }

    /** {@code R0 = index of the place among those of the handler}; changes R1. */
    void loadSite() {
        var code = emitter.code;
        var own =
                ((Hook.Code) emitter.hook).places().ofHandler(emitter.handler().id());
        if (own.length == 1) {
            code.move(Register.R0, 0);
            return;
        }
        code.load(Width.DOUBLE, Register.R0, Emitter.FRAME, Frame.NUMBER);
        boolean inARow = true;
        for (int i = 0; i < own.length; i++) {
            inARow &= own[i] == own[0] + i;
        }
        if (!inARow) {
            var table = new long[((Hook.Code) emitter.hook).places().size()];
            for (int i = 0; i < own.length; i++) {
                table[own[i]] = i;
            }
            lookUp(table);
        } else if (own[0] != 0) {
            code.arithmetic(Arithmetic.SUBTRACT, Register.R0, own[0]);
        }
    }

    /** {@code R0 = table[R0]}, 0 outside; changes R1. */
    private void lookUp(long[] table) {
        var code = emitter.code;
        var outside = emitter.label("no such place");
        var end = emitter.label("table was read");
        code.jump(Condition.ABOVE_OR_EQUAL, Register.R0, table.length, outside);
        code.loadMapValue(Register.R1, MapNames.CONSTANTS, emitter.constants.add(table));
        code.arithmetic(Arithmetic.SHIFT_LEFT, Register.R0, 3);
        code.arithmetic(Arithmetic.ADD, Register.R1, Register.R0);
        code.load(Width.DOUBLE, Register.R0, Register.R1, 0);
        code.jump(end);
        code.place(outside);
        code.move(Register.R0, 0);
        code.place(end);
    }

    /** {@code R0 = where the file lies in memory}; changes R1 to R5. */
    void loadRelocation() {
        subtract(CodeSite::address);
    }

    /** {@code R0 = address that the place is meant for}; where a function returns, that it returns to. */
    void loadAddress() {
        if (returns) {
            load(Register.R0, "ip");
        } else {
            subtract(site -> site.address() - site.entry());
        }
    }

    /** Whether what follows runs behind the instruction that it is meant for, at any of the places. */
    boolean isMoved() {
        return emitter.hook instanceof Hook.Code
                && !returns
                && sites().stream().anyMatch(site -> site.address() != site.entry());
    }

    /** {@code R0 = address of the probed instruction in memory - number of the place}. */
    private void subtract(ToLongFunction<CodeSite> number) {
        var code = emitter.code;
        var numbers = sites().stream().mapToLong(number).toArray();
        boolean same = true;
        for (long each : numbers) {
            same &= each == numbers[0];
        }
        if (same) {
            loadInstruction();
            if (numbers[0] != 0) {
                code.move(Register.R1, numbers[0]);
                code.arithmetic(Arithmetic.SUBTRACT, Register.R0, Register.R1);
            }
            return;
        }
        var mark = emitter.frame.mark();
        int slot = emitter.frame.allocateSlot();
        loadInstruction();
        code.store(Width.DOUBLE, Emitter.FRAME, slot, Register.R0);
        loadSite();
        lookUp(numbers);
        code.load(Width.DOUBLE, Register.R1, Emitter.FRAME, slot);
        code.arithmetic(Arithmetic.SUBTRACT, Register.R1, Register.R0);
        code.move(Register.R0, Register.R1);
        emitter.frame.release(mark);
    }

    private void loadInstruction() {
        if (returns) {
            emitter.code.move(Register.R1, Emitter.CONTEXT);
            emitter.code.call(Helper.GET_FUNC_IP);
        } else {
            load(Register.R0, "ip");
        }
    }
}
