package io.stapscope.syscalls;

import java.util.Optional;

/** Writes snapshots of system calls and their results. */
public final class SyscallText {
    /** The kernel's results above this are errors. */
    private static final long LAST_ERROR = -4096;

    private final SyscallTables tables;

    public SyscallText(SyscallTables tables) {
        this.tables = tables;
    }

    /** All arguments as {@code strace} writes them when the call is entered. */
    public String arguments(String snapshot) {
        long number = Call.number(snapshot);
        var description = tables.describe(number);
        var call = new Call(snapshot, description.plan());
        if (description.name().equals("clone")) {
            return CloneText.of(call, description, tables);
        }
        return description.form(call).text(call);
    }

    /** One variable that is a text; empty if the call has no such. */
    public String text(String snapshot, String variable) {
        var description = tables.describe(Call.number(snapshot));
        var found = description.variable(variable);
        if (found.isEmpty()) {
            return "";
        }
        var call = new Call(snapshot, description.plan());
        var form = description.form(call);
        int index = found.get().argument();
        var argument = form.arguments().size() > index
                ? form.arguments().get(index)
                : description.forms().getFirst().arguments().get(index);
        return switch (found.get().part()) {
            case TEXT -> argument.kind().text(call, index);
            case BARE ->
                call.string(new Source.Argument(index)).map(Call.Text::bytes).orElseGet(() -> argument.kind()
                        .text(call, index));
            case NUMBER -> Long.toString(number(snapshot, variable));
        };
    }

    /** One variable that is a number; 0 if the call has no such. */
    public long number(String snapshot, String variable) {
        var description = tables.describe(Call.number(snapshot));
        var call = new Call(snapshot, description.plan());
        return description
                .variable(variable)
                .map(found -> description.value(found.argument(), call.argument(found.argument())))
                .orElse(0L);
    }

    /** The result of a call: a number, or {@code -2 (ENOENT)}. */
    public String returned(long number, long result) {
        return switch (tables.describe(number).returns()) {
            case NONE -> "";
            case INT, LONG -> result(result, 1);
            case HEX -> result(result, 2);
            case OCTAL -> result(result, 3);
        };
    }

    /** @param form 1 for decimal, 2 for hexadecimal, 3 for octal */
    private String result(long result, int form) {
        if (result < 0 && result > LAST_ERROR) {
            return Optional.ofNullable(tables.constants().error(-result))
                    .map(name -> result + " (" + name + ")")
                    .orElse(Long.toString(result));
        }
        return switch (form) {
            case 2 -> "0x" + Long.toHexString(result);
            case 3 -> "0" + Long.toOctalString(result);
            default -> Long.toString(result);
        };
    }
}
