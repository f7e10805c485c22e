package io.stapscope.debuginfo.btf;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Raw tracepoints as BTF shows them: {@code typedef void (*btf_trace_NAME)(void *, parameters...)}. */
public final class BtfTracepoints {
    private static final String PREFIX = "btf_trace_";
    private static final int PARAMETER_WORDS = 2;

    private final BtfFile file;

    public BtfTracepoints(BtfFile file) {
        this.file = file;
    }

    /** Id of the typedef, 0 when there is no such tracepoint. */
    public int typeId(String tracepoint) {
        return file.find(BtfKind.TYPEDEF, PREFIX + tracepoint);
    }

    public SortedSet<String> names() {
        var found = new TreeSet<String>();
        file.forEach(BtfKind.TYPEDEF, id -> {
            var name = file.name(id);
            if (name.startsWith(PREFIX)) {
                found.add(name.substring(PREFIX.length()));
            }
        });
        return found;
    }

    /** Types of the parameters, printed as in C, without the leading {@code void *}; empty when there is none. */
    public List<String> parameters(String tracepoint) {
        int id = typeId(tracepoint);
        if (id == 0) {
            return List.of();
        }
        int pointer = file.resolve(id);
        int prototype = file.kind(pointer) == BtfKind.PTR ? file.resolve(file.target(pointer)) : 0;
        if (file.kind(prototype) != BtfKind.FUNC_PROTO) {
            return List.of();
        }
        var printer = new BtfTypePrinter(file);
        var types = new ArrayList<String>();
        for (int i = 1; i < file.entries(prototype); i++) {
            types.add(printer.print(file.word(prototype, i * PARAMETER_WORDS + 1)));
        }
        return List.copyOf(types);
    }
}
