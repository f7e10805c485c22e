package io.stapscope.codegen;

import io.stapscope.bpf.Arithmetic;
import io.stapscope.bpf.Atomic;
import io.stapscope.bpf.Condition;
import io.stapscope.bpf.Helper;
import io.stapscope.bpf.Register;
import io.stapscope.bpf.Width;
import io.stapscope.codegen.layout.SessionLayout;
import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.ProbePoint;
import java.util.List;

/** Loads what a hit offers: fields of the task the event is about, found through the kernel's own types. */
final class TaskFields {
    /** Offsets of $arg1 to $arg6 in pt_regs. */
    private static final String[] ARGUMENTS = {"di", "si", "dx", "r10", "r8", "r9"};

    /** Members of pt_regs in the order of DWARF's numbers on x86-64. */
    private static final List<String> DWARF_REGISTERS = List.of(
            "ax", "dx", "cx", "bx", "si", "di", "bp", "sp", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "ip");

    private final Emitter emitter;

    TaskFields(Emitter emitter) {
        this.emitter = emitter;
    }

    /** {@code to = task->field}, an unsigned number. */
    void load(Width width, Register to, Register task, String field) {
        emitter.code.load(width, to, task, offset("task_struct", field));
    }

    int offset(String struct, String... path) {
        return emitter.host.types().offset(struct, path);
    }

    /** Whether {@link #loadSimple} can give it. */
    boolean isSimple(ContextValue value) {
        return switch (value) {
            case PID, TID, PPID, UID, GID, CPU, TARGET, SYSCALL, RETURN, TASK, USER_MODE -> true;
            case ADDRESS -> !(emitter.hook instanceof Hook.Code);
            case EXECNAME, TIME_NANOS, INPUT, USER_ADDRESS, SITE, RELOCATION -> false;
        };
    }

    /** {@code to = value}; changes no other register. */
    void loadSimple(Register to, ContextValue value) {
        var code = emitter.code;
        switch (value) {
            case PID -> load(Width.WORD, to, Emitter.TASK, "tgid");
            case TID -> load(Width.WORD, to, Emitter.TASK, "pid");
            case PPID -> {
                load(Width.DOUBLE, to, Emitter.TASK, "real_parent");
                load(Width.WORD, to, to, "tgid");
            }
            case UID -> loadCredential(to, "uid");
            case GID -> loadCredential(to, "gid");
            case CPU -> code.load(Width.DOUBLE, to, Emitter.FRAME, Frame.CPU);
            case TARGET -> emitter.loadSession(Width.WORD, to, SessionLayout.TARGET);
            case SYSCALL -> code.load(Width.DOUBLE, to, Emitter.FRAME, Frame.NUMBER);
            case RETURN -> {
                if (emitter.hook instanceof Hook.Code) {
                    emitter.codeValues.load(to, "ax");
                } else {
                    code.load(Width.DOUBLE, to, Emitter.FRAME, Frame.RESULT);
                }
            }
            case TASK -> loadAddress(to);
            case USER_MODE -> loadUserMode(to);
            case ADDRESS -> loadAddressOfHit(to);
            case EXECNAME, TIME_NANOS, INPUT, USER_ADDRESS, SITE, RELOCATION ->
                throw new IllegalArgumentException("not simple: " + value);
        }
    }

    /** Through the frame by an exchange, after which the verifier takes the address for a number like any other. */
    private void loadAddress(Register to) {
        emitter.code.move(to, Emitter.TASK);
        emitter.code.atomic(Atomic.EXCHANGE, Width.DOUBLE, Emitter.FRAME, Frame.EXCHANGE, to);
        emitter.code.load(Width.DOUBLE, to, Emitter.FRAME, Frame.EXCHANGE);
    }

    /** The two lowest bits of the code segment tell who was interrupted: 3 a program, 0 the kernel. */
    private void loadUserMode(Register to) {
        if (emitter.hook instanceof Hook.Sampling) {
            emitter.code.load(Width.DOUBLE, to, Emitter.CONTEXT, offset("pt_regs", "cs"));
            emitter.code.arithmetic(Arithmetic.SHIFT_RIGHT_UNSIGNED, to, 1);
            emitter.code.arithmetic(Arithmetic.AND, to, 1);
        } else {
            emitter.code.move(
                    to,
                    emitter.handler().point() instanceof ProbePoint.Process || emitter.hook instanceof Hook.Code
                            ? 1
                            : 0);
        }
    }

    private void loadAddressOfHit(Register to) {
        if (emitter.hook instanceof Hook.Sampling) {
            emitter.code.load(Width.DOUBLE, to, Emitter.CONTEXT, offset("pt_regs", "ip"));
        } else if (emitter.hook.isSystemCall()) {
            emitter.code.load(Width.DOUBLE, to, Emitter.USER_REGISTERS, offset("pt_regs", "ip"));
        } else {
            emitter.code.move(to, 0);
        }
    }

    /** {@code R0 = where the program's thread entered the kernel, or was interrupted}; 0 for a thread of the kernel. */
    void loadUserAddress() {
        var code = emitter.code;
        var end = emitter.label("address of the program");
        if (emitter.hook instanceof Hook.Code) {
            emitter.codeValues.loadAddress();
            return;
        }
        if (emitter.hook.isSystemCall()) {
            loadAddressOfHit(Register.R0);
            return;
        }
        if (emitter.hook instanceof Hook.Sampling) {
            loadUserMode(Register.R1);
            loadAddressOfHit(Register.R0);
            code.jump(Condition.NOT_EQUAL, Register.R1, 0, end);
        }
        load(Width.DOUBLE, Register.R1, Emitter.TASK, "mm");
        code.move(Register.R0, 0);
        code.jump(Condition.EQUAL, Register.R1, 0, end);
        code.move(Register.R1, Emitter.TASK);
        code.call(Helper.TASK_PT_REGS);
        code.load(Width.DOUBLE, Register.R0, Register.R0, offset("pt_regs", "ip"));
        code.place(end);
    }

    /** {@code R0 = register of the program}, by DWARF's number; 0 for a thread of the kernel. */
    void loadUserRegister(Expression number) {
        var code = emitter.code;
        var end = emitter.label("register of the program");
        var name = number instanceof Expression.LongLiteral(var unused, var value)
                        && value >= 0
                        && value < DWARF_REGISTERS.size()
                ? DWARF_REGISTERS.get((int) value)
                : "";
        if (name.isEmpty()) {
            throw new UnsupportedInKernelException(number.span(), "this register");
        }
        if (emitter.hook instanceof Hook.Code) {
            if (name.equals("ip")) {
                emitter.codeValues.loadAddress();
            } else {
                emitter.codeValues.load(Register.R0, name);
            }
            return;
        }
        load(Width.DOUBLE, Register.R1, Emitter.TASK, "mm");
        code.move(Register.R0, 0);
        code.jump(Condition.EQUAL, Register.R1, 0, end);
        code.move(Register.R1, Emitter.TASK);
        code.call(Helper.TASK_PT_REGS);
        code.load(Width.DOUBLE, Register.R0, Register.R0, offset("pt_regs", name));
        code.place(end);
    }

    private void loadCredential(Register to, String member) {
        load(Width.DOUBLE, to, Emitter.TASK, "cred");
        emitter.code.load(Width.WORD, to, to, offset("cred", member));
    }

    /** {@code R0 = wall clock}. */
    void loadTime() {
        emitter.code.call(Helper.KTIME_GET_NS);
        emitter.loadSession(Width.DOUBLE, Register.R1, SessionLayout.WALL_OFFSET);
        emitter.code.arithmetic(Arithmetic.ADD, Register.R0, Register.R1);
    }

    void loadArgument(Register to, int number) {
        int offset = offset("pt_regs", ARGUMENTS[number - 1]);
        emitter.code.load(Width.DOUBLE, to, Emitter.USER_REGISTERS, offset);
    }

    /** The two words of the task's name, which the kernel pads with NUL. */
    void loadName(Register to, int word) {
        emitter.code.load(Width.DOUBLE, to, Emitter.TASK, offset("task_struct", "comm") + 8 * word);
    }
}
