package io.stapscope.codegen;

import io.stapscope.bpf.Arithmetic;
import io.stapscope.bpf.Condition;
import io.stapscope.bpf.Register;
import io.stapscope.bpf.Width;
import io.stapscope.codegen.layout.Align;
import io.stapscope.codegen.layout.MapNames;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.TextTable;
import java.util.List;

/** Looks up texts by number in constant tables: rows of equal size, padded with NUL. */
final class Tables {
    private final Emitter emitter;

    Tables(Emitter emitter) {
        this.emitter = emitter;
    }

    /** {@code to = text}; fills the room of a place that has {@link TextTable#width} bytes. */
    void lookUp(Expression.TableText lookup, Place to, int width) {
        var code = emitter.code;
        var table = lookup.table();
        var outside = emitter.label("number is not in the table");
        var end = emitter.label("text was looked up");
        int row = row(table);
        emitter.longs.evaluate(lookup.index());
        emitter.origin(lookup.span());
        code.jump(Condition.ABOVE_OR_EQUAL, Register.R0, table.texts().size(), outside);
        code.arithmetic(Arithmetic.MULTIPLY, Register.R0, row);
        code.loadMapValue(Register.R3, MapNames.CONSTANTS, emitter.constants.add(rows(table, row)));
        code.arithmetic(Arithmetic.ADD, Register.R3, Register.R0);
        if (width >= table.width()) {
            copyRow(row, Align.toWords(table.width()), to);
        } else {
            emitter.strings.copyFromR3(to, width);
        }
        code.jump(end);
        code.place(outside);
        emitter.strings.clear(to, Align.toWords(Math.min(width, table.width())));
        var format = table.prefix().replace("%", "%%") + "%lld";
        emitter.formatting.write(format, List.of(lookup.index()), to, width);
        code.place(end);
    }

    /** Word by word: cheaper than a helper that looks for the NUL. */
    private void copyRow(int row, int room, Place to) {
        for (int offset = 0; offset < room; offset += 8) {
            if (offset < row) {
                emitter.code.load(Width.DOUBLE, Register.R0, Register.R3, offset);
                emitter.store(to.at(offset), Register.R0);
            } else {
                emitter.store(to.at(offset), 0);
            }
        }
    }

    /** Bytes of a row. */
    private static int row(TextTable table) {
        int longest = table.texts().stream().mapToInt(String::length).max().orElse(0);
        return Align.toWords(longest + 1);
    }

    private static String rows(TextTable table, int row) {
        var rows = new StringBuilder();
        for (var text : table.texts()) {
            rows.append(text).repeat('\0', row - text.length());
        }
        return rows.toString();
    }
}
