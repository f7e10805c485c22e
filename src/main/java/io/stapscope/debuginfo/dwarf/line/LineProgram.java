package io.stapscope.debuginfo.dwarf.line;

import io.stapscope.debuginfo.dwarf.Cursor;

/** Runs the operations of a line table, which give its rows. */
final class LineProgram {
    private static final int COPY = 1;
    private static final int ADVANCE_PC = 2;
    private static final int ADVANCE_LINE = 3;
    private static final int SET_FILE = 4;
    private static final int SET_COLUMN = 5;
    private static final int NEGATE_STATEMENT = 6;
    private static final int SET_BASIC_BLOCK = 7;
    private static final int CONST_ADD_PC = 8;
    private static final int FIXED_ADVANCE_PC = 9;
    private static final int SET_PROLOGUE_END = 10;
    private static final int SET_EPILOGUE_BEGIN = 11;
    private static final int SET_ISA = 12;

    private static final int END_SEQUENCE = 1;
    private static final int SET_ADDRESS = 2;
    private static final int DEFINE_FILE = 3;

    private final LineHeader header;
    private final Cursor code;
    private final LineRows rows = new LineRows();
    private long address;
    private int file;
    private int line;
    private boolean isStatement;
    private boolean endsPrologue;

    LineProgram(LineHeader header) {
        this.header = header;
        this.code = header.code();
        reset();
    }

    private void reset() {
        address = 0;
        file = 1;
        line = 1;
        isStatement = header.startsAsStatement();
        endsPrologue = false;
    }

    LineRows run() {
        int base = header.operands().length;
        while (code.hasRemaining()) {
            int operation = code.u8();
            if (operation >= base) {
                special(operation - base);
            } else if (operation == 0) {
                extended();
            } else {
                standard(operation);
            }
        }
        rows.finish();
        return rows;
    }

    private void special(int adjusted) {
        address += (long) (adjusted / header.lineRange()) * header.step();
        line += header.lineBase() + adjusted % header.lineRange();
        append();
    }

    private void append() {
        rows.add(address, file, line, isStatement, endsPrologue);
        endsPrologue = false;
    }

    private void standard(int operation) {
        switch (operation) {
            case COPY -> append();
            case ADVANCE_PC -> address += code.uleb() * header.step();
            case ADVANCE_LINE -> line += (int) code.sleb();
            case SET_FILE -> file = (int) code.uleb();
            case SET_COLUMN, SET_ISA -> code.skipLeb();
            case NEGATE_STATEMENT -> isStatement = !isStatement;
            case SET_BASIC_BLOCK, SET_EPILOGUE_BEGIN -> {
                return;
            }
            case CONST_ADD_PC -> {
                int adjusted = 255 - header.operands().length;
                address += (long) (adjusted / header.lineRange()) * header.step();
            }
            case FIXED_ADVANCE_PC -> address += code.u16();
            case SET_PROLOGUE_END -> endsPrologue = true;
            default -> {
                for (int left = header.operands()[operation]; left > 0; left--) {
                    code.skipLeb();
                }
            }
        }
    }

    private void extended() {
        long length = code.uleb();
        if (length == 0) {
            return;
        }
        var inside = code.bounded(length);
        code.skip(length);
        switch (inside.u8()) {
            case END_SEQUENCE -> {
                rows.end(address);
                reset();
            }
            case SET_ADDRESS -> address = inside.unsigned(inside.remaining());
            case DEFINE_FILE -> {
                LineHeader.checkCount(header.files().size());
                var name = inside.string();
                header.files().addFile(name, inside.uleb());
            }
            default -> {
                // Discriminators and what producers have added: nothing that we tell.
                return;
            }
        }
    }
}
