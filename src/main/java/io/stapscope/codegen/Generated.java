package io.stapscope.codegen;

import io.stapscope.bpf.MapSpec;
import io.stapscope.bpf.ProgramSpec;
import io.stapscope.codegen.layout.Layouts;
import io.stapscope.compiler.source.Span;
import java.util.List;

/**
 * Everything to load for one plan.
 *
 * @param maps in order of creation
 * @param programs in the order they must be attached: handlers of one event run in the order of the script
 * @param records by {@link RecordSpec#id()}
 * @param origins by {@code Instruction.origin()}
 * @param handlers ids of those that are in each program
 */
public record Generated(
        List<MapSpec> maps,
        List<ProgramSpec> programs,
        List<RecordSpec> records,
        List<Span> origins,
        Layouts layouts,
        List<List<Integer>> handlers) {
    public Generated {
        maps = List.copyOf(maps);
        programs = List.copyOf(programs);
        records = List.copyOf(records);
        origins = List.copyOf(origins);
        handlers = List.copyOf(handlers);
    }
}
