package io.stapscope.debuginfo.machine;

import io.stapscope.debuginfo.machine.X86Instruction.Encoding;

/** What instructions change. What is not known may change everything. */
final class X86Effects {
    private static final int RAX = 1;
    private static final int RDX = 1 << 2;
    private static final int RSP = 1 << 4;
    private static final int ANY = 0xffff;
    private static final int COMPARE = 7;

    private X86Effects() {}

    /** Whether it does nothing but compute and move data, goes on with the next instruction and cannot fail but at an address. */
    static boolean isPlain(X86Instruction one) {
        if (one.encoding() != Encoding.LEGACY || one.map() > 1) {
            return true;
        }
        return one.map() == 0 ? isPlainPrimary(one) : isPlainSecondary(one.opcode());
    }

    private static boolean isPlainPrimary(X86Instruction one) {
        int opcode = one.opcode();
        return opcode < 0x40
                || opcode == 0x63
                || opcode == 0x69
                || opcode == 0x6b
                || opcode >= 0x80 && opcode <= 0x8b
                || opcode == 0x8d
                || opcode >= 0x90 && opcode <= 0x99
                || opcode >= 0xa8 && opcode <= 0xa9
                || opcode >= 0xb0 && opcode <= 0xc1
                || (opcode == 0xc6 || opcode == 0xc7) && one.modRm() != 0xf8
                || opcode >= 0xd0 && opcode <= 0xd3
                || (opcode == 0xf6 || opcode == 0xf7) && one.extension() < 6
                || opcode >= 0xfe && one.extension() < 2;
    }

    private static boolean isPlainSecondary(int opcode) {
        return opcode >= 0x10 && opcode <= 0x1f
                || opcode >= 0x28 && opcode <= 0x2f
                || opcode >= 0x40 && opcode <= 0x7f
                || opcode >= 0x90 && opcode <= 0x9f
                || opcode >= 0xa3 && opcode <= 0xa5
                || opcode >= 0xab && opcode <= 0xad
                || opcode >= 0xaf && opcode != 0xb9 && opcode != 0xc7 && opcode != 0xff;
    }

    /** The general registers that a plain instruction may change, a bit each: rax rcx rdx rbx rsp rbp rsi rdi r8... */
    static int changedRegisters(X86Instruction one) {
        if (isEndBranch(one) || isNop(one) || changesFlagsOnly(one)) {
            return 0;
        }
        if (one.encoding() != Encoding.LEGACY || one.map() > 1) {
            return mayChangeStack(one) ? ANY : ANY & ~RSP;
        }
        return one.map() == 0 ? changedByPrimary(one) : changedBySecondary(one);
    }

    private static int changedByPrimary(X86Instruction one) {
        int opcode = one.opcode();
        if (opcode < 0x40) {
            return switch (opcode & 7) {
                case 0 -> operandByte(one);
                case 1 -> operand(one);
                case 2 -> ofByte(one, one.register());
                case 3 -> 1 << one.register();
                case 4, 5 -> RAX;
                default -> ANY;
            };
        }
        return switch (opcode) {
            case 0x63, 0x69, 0x6b, 0x8b, 0x8d -> 1 << one.register();
            case 0x8a -> ofByte(one, one.register());
            case 0x80, 0x88, 0xc0, 0xc6, 0xd0, 0xd2, 0xfe -> operandByte(one);
            case 0x81, 0x83, 0x89, 0xc1, 0xc7, 0xd1, 0xd3, 0xff -> operand(one);
            case 0x86 -> operandByte(one) | ofByte(one, one.register());
            case 0x87 -> operand(one) | 1 << one.register();
            case 0x90, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97 -> RAX | 1 << one.opcodeRegister();
            case 0x98 -> RAX;
            case 0x99 -> RDX;
            case 0xb0, 0xb1, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7 -> ofByte(one, one.opcodeRegister());
            case 0xb8, 0xb9, 0xba, 0xbb, 0xbc, 0xbd, 0xbe, 0xbf -> 1 << one.opcodeRegister();
            // not, neg; mul and imul.
            case 0xf6 -> one.extension() < 4 ? operandByte(one) : RAX;
            case 0xf7 -> one.extension() < 4 ? operand(one) : RAX | RDX;
            default -> ANY;
        };
    }

    private static int changedBySecondary(X86Instruction one) {
        int opcode = one.opcode();
        if (changesVectorsOnly(one) || opcode == 0x18) {
            return 0;
        }
        if (opcode >= 0x40 && opcode <= 0x4f) {
            return 1 << one.register();
        }
        if (opcode >= 0x90 && opcode <= 0x9f) {
            return operandByte(one);
        }
        return switch (opcode) {
            // Conversions and masks of vectors; imul, movzx, popcnt, bsf, bsr, movsx.
            case 0x2c, 0x2d, 0x50, 0xaf, 0xb6, 0xb7, 0xb8, 0xbc, 0xbd, 0xbe, 0xbf, 0xc5, 0xd7 -> 1 << one.register();
            // movd; bts, btr, btc; shld, shrd.
            case 0x7e, 0xab, 0xb3, 0xba, 0xbb, 0xa4, 0xa5, 0xac, 0xad -> operand(one);
            case 0xb0 -> operandByte(one) | RAX;
            case 0xb1 -> operand(one) | RAX;
            case 0xc0 -> operandByte(one) | ofByte(one, one.register());
            case 0xc1 -> operand(one) | 1 << one.register();
            case 0xc3 -> 0;
            case 0xc8, 0xc9, 0xca, 0xcb, 0xcc, 0xcd, 0xce, 0xcf -> 1 << one.opcodeRegister();
            default -> ANY;
        };
    }

    /** Moves and arithmetic of vector registers. */
    private static boolean changesVectorsOnly(X86Instruction one) {
        int opcode = one.opcode();
        return opcode >= 0x10 && opcode <= 0x17
                || opcode >= 0x28 && opcode <= 0x2b
                || opcode >= 0x51 && opcode <= 0x76
                || opcode == 0x7e && one.has(X86Instruction.REP)
                || opcode == 0x7f
                || opcode == 0xc2
                || opcode == 0xc4
                || opcode == 0xc6
                || opcode >= 0xd0 && opcode != 0xd7 && opcode != 0xff;
    }

    /** The register of the r/m field, if it means one. */
    private static int operand(X86Instruction one) {
        return one.hasRegisterOperand() ? 1 << one.operandRegister() : 0;
    }

    private static int operandByte(X86Instruction one) {
        return one.hasRegisterOperand() ? ofByte(one, one.operandRegister()) : 0;
    }

    /** Without a REX prefix four of the bytes are the second ones of the first four registers: ah, ch, dh and bh. */
    private static int ofByte(X86Instruction one, int number) {
        return 1 << (one.rex() == 0 && number >= 4 ? number - 4 : number);
    }

    /** rsp as an operand, whatever becomes of it; register 4 of the vectors counts, too. */
    private static boolean mayChangeStack(X86Instruction one) {
        // Some of these have their result in a field that we do not read.
        boolean isOfBits = one.encoding() != Encoding.LEGACY && one.opcode() == 0xf3;
        return isOfBits
                || one.modRm() >= 0 && one.register() == 4
                || one.hasRegisterOperand() && one.operandRegister() == 4;
    }

    /** Whether a plain instruction may write to memory. */
    static boolean mayWriteMemory(X86Instruction one) {
        return isMaskedStore(one)
                || one.hasMemoryOperand() && !changesFlagsOnly(one) && !isNop(one) && !readsMemoryOnly(one);
    }

    /** maskmovq and maskmovdqu, which write to where rdi points. */
    private static boolean isMaskedStore(X86Instruction one) {
        return one.map() == 1 && one.opcode() == 0xf7;
    }

    private static boolean readsMemoryOnly(X86Instruction one) {
        if (one.encoding() != Encoding.LEGACY || one.map() > 1) {
            return false;
        }
        int opcode = one.opcode();
        if (one.map() == 0) {
            return opcode < 0x40 && (opcode & 6) == 2
                    || switch (opcode) {
                        case 0x63, 0x69, 0x6b, 0x8a, 0x8b, 0x8d -> true;
                        case 0xf6, 0xf7 -> one.extension() >= 4;
                        default -> false;
                    };
        }
        return opcode >= 0x40 && opcode <= 0x4f
                || opcode >= 0x51 && opcode <= 0x70
                || opcode >= 0x74 && opcode <= 0x76
                || opcode == 0x7e && one.has(X86Instruction.REP)
                || opcode >= 0xd0 && opcode != 0xd6 && opcode != 0xe7 && opcode != 0xf7
                || switch (opcode) {
                    case 0x10, 0x12, 0x14, 0x15, 0x16, 0x18, 0x28, 0x2a, 0x2c, 0x2d -> true;
                    case 0xaf, 0xb6, 0xb7, 0xb8, 0xbc, 0xbd, 0xbe, 0xbf, 0xc2, 0xc4, 0xc6 -> true;
                    default -> false;
                };
    }

    /** How far behind the address of its operand an instruction may write: 8 bytes of general registers, 16 of vectors. */
    static long mostBytesWritten(X86Instruction one) {
        if (one.encoding() != Encoding.LEGACY || one.map() > 1 || isBitString(one)) {
            return Integer.MAX_VALUE;
        }
        return one.map() == 0 ? 8 : 16;
    }

    /** bts, btr and btc, whose operand is where a register says. */
    private static boolean isBitString(X86Instruction one) {
        return one.isSecondary(0xab, 0xab) || one.isSecondary(0xb3, 0xb3) || one.isSecondary(0xbb, 0xbb);
    }

    /** endbr64: f3 0f 1e fa. */
    static boolean isEndBranch(X86Instruction one) {
        return one.isSecondary(0x1e, 0x1e) && one.modRm() == 0xfa && one.has(X86Instruction.REP) && one.length() == 4;
    }

    private static boolean isNop(X86Instruction one) {
        return one.isSecondary(0x1f, 0x1f) && one.extension() == 0
                || one.isPrimary(0x90) && (one.rex() & X86Instruction.REX_B) == 0;
    }

    /** cmp, test, bt; comparisons of vector registers. */
    private static boolean changesFlagsOnly(X86Instruction one) {
        return one.isPrimary(0x38, 0x3d)
                || one.isPrimary(0x80, 0x83) && one.extension() == COMPARE
                || one.isPrimary(0x84, 0x85)
                || one.isPrimary(0xa8, 0xa9)
                || one.isPrimary(0xf6, 0xf7) && one.extension() < 2
                || one.isSecondary(0x2e, 0x2f)
                || one.isSecondary(0xa3, 0xa3)
                || one.isSecondary(0xba, 0xba) && one.extension() == 4;
    }
}
