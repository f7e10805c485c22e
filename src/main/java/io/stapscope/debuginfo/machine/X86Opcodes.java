package io.stapscope.debuginfo.machine;

/**
 * What follows an opcode of x86-64, by opcode map, as in the appendices "Opcode Map" of the manuals of Intel (volume 2) and AMD
 * (volume 3). A row has 16 opcodes:
 *
 * <pre>
 *  .  nothing                        b  ModRM and imm8
 *  m  ModRM                          z  ModRM and imm16 or imm32 by the operand size
 *  1  imm8 or rel8                   c  ModRM that always means registers
 *  2  imm16                          g  ModRM, and imm8 when its reg field is 0 or 1 (group 3)
 *  Z  imm16 or imm32                 G  the same with imm16 or imm32
 *  v  imm16, imm32 or imm64          e  imm16 and imm8
 *  J  rel32                          o  an absolute address
 *  p  a prefix                       R  a REX prefix
 *  E  escape to another map          V  VEX, EVEX or XOP (or an instruction)
 *  x  no instruction in 64-bit mode d  ModRM and imm32 (XOP)
 * </pre>
 */
final class X86Opcodes {
    /** One-byte opcodes. */
    private static final String PRIMARY = "mmmm1Zxxmmmm1ZxE" // 00
            + "mmmm1Zxxmmmm1Zxx" // 10
            + "mmmm1Zpxmmmm1Zpx" // 20
            + "mmmm1Zpxmmmm1Zpx" // 30
            + "RRRRRRRRRRRRRRRR" // 40
            + "................" // 50
            + "xxVmppppZz1b...." // 60
            + "1111111111111111" // 70
            + "bzxbmmmmmmmmmmmV" // 80
            + "..........x....." // 90
            + "oooo....1Z......" // a0
            + "11111111vvvvvvvv" // b0
            + "bb2.VVbze.2..1x." // c0
            + "mmmmxxx.mmmmmmmm" // d0
            + "11111111JJx1...." // e0
            + "p.pp..gG......mm"; // f0

    /** Two-byte opcodes: 0f and one more. */
    private static final String SECONDARY = "mmmmx.....x.xm.b" // 00
            + "mmmmmmmmmmmmmmmm" // 10
            + "ccccxxxxmmmmmmmm" // 20
            + "......x.ExExxxxx" // 30
            + "mmmmmmmmmmmmmmmm" // 40
            + "mmmmmmmmmmmmmmmm" // 50
            + "mmmmmmmmmmmmmmmm" // 60
            + "bbbbmmm.mmxxmmmm" // 70
            + "JJJJJJJJJJJJJJJJ" // 80
            + "mmmmmmmmmmmmmmmm" // 90
            + "...mbmcc...mbmmm" // a0
            + "mmmmmmmmmmbmmmmm" // b0
            + "mmbmbbbm........" // c0
            + "mmmmmmmmmmmmmmmm" // d0
            + "mmmmmmmmmmmmmmmm" // e0
            + "mmmmmmmmmmmmmmmm"; // f0

    /** Three-byte opcodes 0f 38. */
    private static final String MAP_0F38 = "mmmmmmmmmmmmxxxx" // 00
            + "mxxxmmxmxxxxmmmx" // 10
            + "mmmmmmxxmmmmxxxx" // 20
            + "mmmmmmxmmmmmmmmm" // 30
            + "mmxxxxxxxxxxxxxx" // 40
            + "xxxxxxxxxxxxxxxx".repeat(3)
            + "mmmxxxxxxxxxxxxx" // 80
            + "xxxxxxxxxxxxxxxx".repeat(3)
            + "xxxxxxxxmmmmmmxm" // c0
            + "xxxxxxxxmxxmmmmm" // d0
            + "xxxxxxxxxxxxxxxx"
            + "mmxxxmmxmmmmmxxx"; // f0

    /** Three-byte opcodes 0f 3a. */
    private static final String MAP_0F3A = "xxxxxxxxbbbbbbbb" // 00
            + "xxxxbbbbxxxxxxxx" // 10
            + "bbbxxxxxxxxxxxxx" // 20
            + "xxxxxxxxxxxxxxxx"
            + "bbbxbxxxxxxxxxxx" // 40
            + "xxxxxxxxxxxxxxxx"
            + "bbbbxxxxxxxxxxxx" // 60
            + "xxxxxxxxxxxxxxxx".repeat(5)
            + "xxxxxxxxxxxxbxbb" // c0
            + "xxxxxxxxxxxxxxxb" // d0
            + "xxxxxxxxxxxxxxxx"
            + "bxxxxxxxxxxxxxxx"; // f0

    private X86Opcodes() {}

    static char primary(int opcode) {
        return PRIMARY.charAt(opcode);
    }

    /** @param map 1 for 0f, 2 for 0f 38, 3 for 0f 3a */
    static char legacy(int map, int opcode) {
        return switch (map) {
            case 1 -> SECONDARY.charAt(opcode);
            case 2 -> MAP_0F38.charAt(opcode);
            default -> MAP_0F3A.charAt(opcode);
        };
    }

    /** @param map of VEX.mmmmm or EVEX.mmm: 1 to 3, 5, 6 */
    static char vector(int map, int opcode) {
        return switch (map) {
            case 1 -> opcode == 0x77 ? '.' : SECONDARY.charAt(opcode) == 'b' ? 'b' : 'm';
            case 3 -> 'b';
            case 2, 5, 6 -> 'm';
            default -> 'x';
        };
    }

    /** @param map of XOP.mmmmm: 8 to 10 */
    static char xop(int map) {
        return switch (map) {
            case 8 -> 'b';
            case 9 -> 'm';
            case 10 -> 'd';
            default -> 'x';
        };
    }
}
