package io.stapscope.debuginfo.machine;

import static io.stapscope.debuginfo.machine.X86Instruction.ADDRESS_SIZE;
import static io.stapscope.debuginfo.machine.X86Instruction.LOCK;
import static io.stapscope.debuginfo.machine.X86Instruction.NULL_SEGMENT;
import static io.stapscope.debuginfo.machine.X86Instruction.OPERAND_SIZE;
import static io.stapscope.debuginfo.machine.X86Instruction.REP;
import static io.stapscope.debuginfo.machine.X86Instruction.REPNE;
import static io.stapscope.debuginfo.machine.X86Instruction.REX_W;
import static io.stapscope.debuginfo.machine.X86Instruction.THREAD_SEGMENT;

import io.stapscope.debuginfo.machine.X86Instruction.Encoding;
import java.nio.ByteBuffer;

/**
 * Takes instructions of x86-64 apart.
 *
 * <pre>
 *  legacy prefixes | REX | opcode, 0f opcode, 0f 38 opcode, 0f 3a opcode | ModRM | SIB | displacement | immediate
 *                  | VEX (c4, c5), EVEX (62), XOP (8f), opcode           | ModRM | SIB | displacement | immediate
 * </pre>
 */
final class X86Decoder {
    private static final int MOST_BYTES = 15;

    private final ByteBuffer code;
    private int start;
    private int at;
    private int end;

    private int prefixes;
    private int rex;
    private Encoding encoding = Encoding.LEGACY;
    private int map;
    private int opcode;
    private int modRm;
    private int sib;
    private int displacement;
    private long immediate;

    X86Decoder(ByteBuffer code) {
        this.code = code;
    }

    /** @throws MachineFormatException */
    X86Instruction decode(int position) {
        if (position < 0 || position >= code.limit()) {
            throw new MachineFormatException("the code is cut off");
        }
        start = position;
        at = position;
        end = (int) Math.min(code.limit(), (long) position + MOST_BYTES);
        prefixes = 0;
        rex = 0;
        encoding = Encoding.LEGACY;
        map = 0;
        modRm = -1;
        sib = -1;
        displacement = 0;
        immediate = 0;
        char follows = opcode();
        operands(follows);
        checkGroup();
        return new X86Instruction(
                at - start, encoding, map, opcode, prefixes, rex, modRm, sib, displacement, immediate);
    }

    private int next() {
        if (at >= end) {
            throw new MachineFormatException(
                    end - start == MOST_BYTES ? "an instruction has at most 15 bytes" : "the code is cut off");
        }
        return code.get(at++) & 0xff;
    }

    /** @return what follows the opcode, a letter of {@link X86Opcodes} */
    private char opcode() {
        int first = next();
        char kind = X86Opcodes.primary(first);
        while (kind == 'p' || kind == 'R') {
            // A REX prefix counts right before the opcode only.
            rex = kind == 'R' ? first : 0;
            prefixes |= kind == 'R' ? 0 : prefix(first);
            first = next();
            kind = X86Opcodes.primary(first);
        }
        opcode = first;
        if (kind == 'E') {
            return escaped();
        }
        if (kind == 'V') {
            return vector(first);
        }
        return kind;
    }

    private static int prefix(int written) {
        return switch (written) {
            case 0x66 -> OPERAND_SIZE;
            case 0x67 -> ADDRESS_SIZE;
            case 0xf0 -> LOCK;
            case 0xf2 -> REPNE;
            case 0xf3 -> REP;
            case 0x64, 0x65 -> THREAD_SEGMENT;
            default -> NULL_SEGMENT;
        };
    }

    private char escaped() {
        opcode = next();
        map = 1;
        char kind = X86Opcodes.legacy(1, opcode);
        if (kind == 'E') {
            map = opcode == 0x38 ? 2 : 3;
            opcode = next();
            kind = X86Opcodes.legacy(map, opcode);
        }
        return kind;
    }

    private char vector(int first) {
        int second = peek();
        if (first == 0x8f && (second & 0x1f) < 8) {
            return 'm';
        }
        if (rex != 0 || (prefixes & (OPERAND_SIZE | LOCK | REPNE | REP)) != 0) {
            throw invalid("has a prefix that it may not have");
        }
        encoding = first == 0x62 ? Encoding.EVEX : first == 0x8f ? Encoding.XOP : Encoding.VEX;
        next();
        // The bits R, X and B are stored inverted where REX has them.
        rex = 0x40 | (~second >> 5 & 7);
        switch (first) {
            case 0xc5 -> {
                rex = 0x40 | (~second >> 5 & 4);
                map = 1;
            }
            case 0x62 -> {
                map = second & 7;
                if ((next() & 4) == 0) {
                    throw invalid("has a reserved bit");
                }
                next();
            }
            default -> {
                map = second & 0x1f;
                next();
            }
        }
        opcode = next();
        return encoding == Encoding.XOP
                ? X86Opcodes.xop(map)
                : X86Opcodes.vector(encoding == Encoding.VEX && map > 3 ? 0 : map, opcode);
    }

    private int peek() {
        int found = next();
        at--;
        return found;
    }

    private void operands(char follows) {
        switch (follows) {
            case '.' -> {}
            case 'm' -> modRm();
            case 'c' -> modRm = next();
            case 'b', 'g', 'd' -> {
                modRm();
                immediate(follows == 'd' ? 4 : follows == 'b' || extension() < 2 ? 1 : 0);
            }
            case 'z', 'G' -> {
                modRm();
                immediate(follows == 'z' || extension() < 2 ? operandSize() : 0);
            }
            case '1' -> immediate(1);
            case '2' -> immediate(2);
            case 'Z' -> immediate(operandSize());
            case 'v' -> immediate((rex & REX_W) != 0 ? 8 : operandSize());
            case 'o' -> immediate((prefixes & ADDRESS_SIZE) != 0 ? 4 : 8);
            case 'e' -> immediate(3);
            case 'J' -> {
                if ((prefixes & OPERAND_SIZE) != 0 && (rex & REX_W) == 0) {
                    throw invalid("is a branch of 16 bits, which processors understand in different ways");
                }
                immediate(4);
            }
            default -> throw invalid("is no instruction in 64-bit mode");
        }
    }

    private int operandSize() {
        return (prefixes & OPERAND_SIZE) != 0 && (rex & REX_W) == 0 ? 2 : 4;
    }

    private int extension() {
        return modRm >> 3 & 7;
    }

    private void modRm() {
        modRm = next();
        int mode = modRm >> 6;
        if (mode == 3) {
            return;
        }
        int base = modRm & 7;
        if (base == 4) {
            sib = next();
            base = sib & 7;
        }
        displacement(mode == 1 ? 1 : mode == 2 || mode == 0 && base == 5 ? 4 : 0);
    }

    private void displacement(int bytes) {
        for (int i = 0; i < bytes; i++) {
            displacement |= next() << 8 * i;
        }
        displacement = bytes == 1 ? (byte) displacement : displacement;
    }

    private void immediate(int bytes) {
        for (int i = 0; i < bytes; i++) {
            immediate |= (long) next() << 8 * i;
        }
        int unused = 64 - 8 * bytes;
        immediate = bytes == 0 ? 0 : immediate << unused >> unused;
    }

    /** Opcodes that are instructions for some values of the reg field only, and the two of SSE4a with two immediates. */
    private void checkGroup() {
        if (encoding != Encoding.LEGACY) {
            return;
        }
        if (map == 0) {
            boolean known =
                    switch (opcode) {
                        case 0x8f -> extension() == 0;
                        case 0xc6, 0xc7 -> extension() == 0 || modRm == 0xf8;
                        case 0xfe -> extension() < 2;
                        case 0xff -> extension() < 7 && !(modRm >= 0xc0 && (extension() == 3 || extension() == 5));
                        case 0x8d -> modRm < 0xc0;
                        default -> true;
                    };
            if (!known) {
                throw invalid("is no instruction with these operands");
            }
        } else if (map == 1 && opcode == 0x78 && (prefixes & (OPERAND_SIZE | REPNE)) != 0) {
            // extrq and insertq of SSE4a have two more bytes.
            immediate(2);
        } else if (map == 1 && opcode == 0xba && extension() < 4) {
            throw invalid("is no instruction with these operands");
        }
    }

    private MachineFormatException invalid(String problem) {
        return new MachineFormatException("opcode " + Integer.toHexString(opcode) + ' ' + problem);
    }
}
