package io.stapscope.debuginfo.dwarf.location;

import static io.stapscope.debuginfo.dwarf.location.OpCode.*;

import io.stapscope.debuginfo.dwarf.Cursor;
import io.stapscope.debuginfo.value.Location;
import io.stapscope.debuginfo.value.Value;
import io.stapscope.debuginfo.value.Value.Operator;
import java.util.OptionalLong;

/** Carries out one expression with terms in place of numbers. */
final class ExpressionMachine {
    private static final int MOST_OPERATIONS = 1000;
    private static final int MOST_REGISTERS = 1024;

    private final ExpressionContext context;
    private final ValueStack stack = new ValueStack();
    private final LocationBuilder location = new LocationBuilder();
    private final boolean isInner;

    /** @param isInner whether it is for a part of an expression; parts have no parts */
    ExpressionMachine(ExpressionContext context, boolean isInner) {
        this.context = context;
        this.isInner = isInner;
    }

    ValueStack stack() {
        return stack;
    }

    void run(Cursor code) throws UnavailableException {
        for (int i = 0; code.hasRemaining(); i++) {
            if (i == MOST_OPERATIONS) {
                throw new UnavailableException("its location is too long");
            }
            int operation = code.u8();
            if (!constant(operation, code)
                    && !register(operation, code)
                    && !arithmetic(operation, code)
                    && !arrangement(operation, code)
                    && !description(operation, code)
                    && !special(operation, code)) {
                throw new UnavailableException("its location needs " + refused(operation));
            }
        }
    }

    Location location() throws UnavailableException {
        return location.finish(stack);
    }

    private boolean constant(int operation, Cursor code) throws UnavailableException {
        if (operation >= LIT0 && operation <= LIT31) {
            push(operation - LIT0);
            return true;
        }
        switch (operation) {
            case ADDR -> stack.push(new Value.Relocated(code.unsigned(context.addressSize())));
            case CONST1U -> push(code.unsigned(1));
            case CONST1S -> push(code.signed(1));
            case CONST2U -> push(code.unsigned(2));
            case CONST2S -> push(code.signed(2));
            case CONST4U -> push(code.unsigned(4));
            case CONST4S -> push(code.signed(4));
            case CONST8U, CONST8S -> push(code.u64());
            case CONSTU -> push(code.uleb());
            case CONSTS -> push(code.sleb());
            case ADDRX, GNU_ADDR_INDEX -> stack.push(new Value.Relocated(indexed(code.uleb())));
            case CONSTX, GNU_CONST_INDEX -> push(indexed(code.uleb()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private long indexed(long index) throws UnavailableException {
        OptionalLong address = context.indexedAddress(index);
        if (address.isEmpty()) {
            throw new UnavailableException("its location names an address that is missing");
        }
        return address.getAsLong();
    }

    private boolean register(int operation, Cursor code) throws UnavailableException {
        if (operation >= REG0 && operation <= REG31) {
            location.inRegister(new Value.Register(operation - REG0));
        } else if (operation == REGX) {
            location.inRegister(new Value.Register(number(code.uleb())));
        } else if (operation >= BREG0 && operation <= BREG31) {
            stack.push(Value.plus(new Value.Register(operation - BREG0), code.sleb()));
        } else if (operation == BREGX) {
            int register = number(code.uleb());
            stack.push(Value.plus(new Value.Register(register), code.sleb()));
        } else {
            return false;
        }
        return true;
    }

    private static int number(long register) throws UnavailableException {
        if (register < 0 || register >= MOST_REGISTERS) {
            throw new UnavailableException("its location names register " + Long.toUnsignedString(register));
        }
        return (int) register;
    }

    private boolean arithmetic(int operation, Cursor code) throws UnavailableException {
        switch (operation) {
            case ABS -> stack.unary(Operator.ABSOLUTE);
            case NEG -> stack.unary(Operator.NEGATE);
            case NOT -> stack.unary(Operator.COMPLEMENT);
            case AND -> stack.binary(Operator.AND);
            case DIV -> stack.binary(Operator.DIVIDE);
            case MINUS -> stack.binary(Operator.SUBTRACT);
            case MOD -> stack.binary(Operator.MODULO);
            case MUL -> stack.binary(Operator.MULTIPLY);
            case OR -> stack.binary(Operator.OR);
            case PLUS -> stack.binary(Operator.ADD);
            case PLUS_UCONST -> stack.add(code.uleb());
            case SHL -> stack.binary(Operator.SHIFT_LEFT);
            case SHR -> stack.binary(Operator.SHIFT_RIGHT_UNSIGNED);
            case SHRA -> stack.binary(Operator.SHIFT_RIGHT);
            case XOR -> stack.binary(Operator.XOR);
            case EQ -> stack.binary(Operator.EQUAL);
            case GE -> stack.binary(Operator.GREATER_OR_EQUAL);
            case GT -> stack.binary(Operator.GREATER);
            case LE -> stack.binary(Operator.LESS_OR_EQUAL);
            case LT -> stack.binary(Operator.LESS);
            case NE -> stack.binary(Operator.NOT_EQUAL);
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean arrangement(int operation, Cursor code) throws UnavailableException {
        switch (operation) {
            case DUP -> stack.copy(0);
            case DROP -> stack.pop();
            case OVER -> stack.copy(1);
            case PICK -> stack.copy(code.u8());
            case SWAP -> stack.rotate(2);
            case ROT -> stack.rotate(3);
            case NOP, GNU_UNINIT -> {
                return true;
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean description(int operation, Cursor code) throws UnavailableException {
        switch (operation) {
            case STACK_VALUE -> location.isValue(stack.pop());
            case IMPLICIT_VALUE -> location.isConstant(code.block(code.uleb()));
            case PIECE -> location.piece(code.uleb(), stack);
            case BIT_PIECE -> {
                long bits = code.uleb();
                long offset = code.uleb();
                if (bits % Byte.SIZE != 0 || offset != 0) {
                    throw new UnavailableException("it is in parts that are no whole bytes");
                }
                location.piece(bits / Byte.SIZE, stack);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean special(int operation, Cursor code) throws UnavailableException {
        switch (operation) {
            case FBREG -> {
                long offset = code.sleb();
                stack.push(Value.plus(given(context.frameBase()), offset));
            }
            case CALL_FRAME_CFA -> stack.push(given(context.canonicalFrame()));
            case DEREF -> stack.dereference(context.addressSize());
            case DEREF_SIZE -> stack.dereference(code.u8());
            case FORM_TLS_ADDRESS, GNU_PUSH_TLS_ADDRESS -> stack.push(threadLocal(stack.pop()));
            case ENTRY_VALUE, GNU_ENTRY_VALUE -> stack.push(entryValue(code));
            case IMPLICIT_POINTER, GNU_IMPLICIT_POINTER ->
                throw new UnavailableException("it points to something that the compiler has optimised out");
            default -> {
                return false;
            }
        }
        return true;
    }

    private static Value given(Location location) throws UnavailableException {
        return switch (location) {
            case Location.Memory(var address) -> address;
            case Location.Computed(var value) -> value;
            case Location.Missing(var reason) -> throw new UnavailableException(reason);
            case Location.Pieces _ -> throw new UnavailableException("the frame of its function is in parts");
        };
    }

    private static Value threadLocal(Value offset) throws UnavailableException {
        return switch (offset) {
            case Value.Constant(var value) -> new Value.ThreadLocal(value);
            // Some linkers leave the offset in the form of an address.
            case Value.Relocated(var address) -> new Value.ThreadLocal(address);
            case Value.Register _, Value.Dereference _, Value.ThreadLocal _, Value.Unary _, Value.Binary _ ->
                throw new UnavailableException("its place in the thread's own memory is computed");
        };
    }

    /** At the entry of the function everything still is what it was at the entry. */
    private Value entryValue(Cursor code) throws UnavailableException {
        var inner = code.block(code.uleb());
        if (isInner || !context.atEntry()) {
            throw new UnavailableException("it needs the value at the entry");
        }
        var machine = new ExpressionMachine(context, true);
        machine.run(new Cursor(inner, code.section()));
        return given(machine.location());
    }

    private void push(long constant) throws UnavailableException {
        stack.push(new Value.Constant(constant));
    }
}
