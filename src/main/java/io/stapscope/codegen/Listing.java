package io.stapscope.codegen;

import io.stapscope.bpf.Disassembler;
import io.stapscope.bpf.MapSpec;
import io.stapscope.bpf.ProgramSpec;
import io.stapscope.bpf.ProgramSpec.AttachSpec;
import io.stapscope.compiler.source.LineIndex;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.compiler.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Generated programs for people: instructions below the lines of the script they were made for. */
public record Listing(List<String> maps, List<Program> programs) {
    public Listing {
        maps = List.copyOf(maps);
        programs = List.copyOf(programs);
    }

    /** @param hook what it is attached to */
    public record Program(String name, String hook, List<Lines> lines) {
        public Program {
            lines = List.copyOf(lines);
        }
    }

    /**
     * Instructions that stand together in the program and come from one line.
     *
     * @param line of the script from 1; 0 for code that no line asked for, or that is from the library
     * @param text of that line without indentation; for the library with the file in front
     * @param instructions one each, labels in lines of their own
     */
    public record Lines(int line, String text, List<String> instructions) {
        public Lines {
            instructions = List.copyOf(instructions);
        }
    }

    public static Listing of(Generated generated, SourceText script) {
        var sources = new Sources(generated.origins(), script);
        return new Listing(
                generated.maps().stream().map(Listing::describe).toList(),
                generated.programs().stream()
                        .map(program -> new Program(program.name(), hook(program), lines(program, sources)))
                        .toList());
    }

    /** As plain text, for a terminal. */
    public String text() {
        var out = new StringBuilder();
        for (var map : maps) {
            out.append("map ").append(map).append('\n');
        }
        for (var program : programs) {
            out.append("\nprogram ")
                    .append(program.name())
                    .append(" on ")
                    .append(program.hook())
                    .append('\n');
            for (var group : program.lines()) {
                out.append(group.line() == 0 ? "      " : String.format(Locale.ROOT, "%4d  ", group.line()))
                        .append(group.text())
                        .append('\n');
                group.instructions()
                        .forEach(line -> out.append("          ").append(line).append('\n'));
            }
        }
        return out.toString();
    }

    private static List<Lines> lines(ProgramSpec program, Sources sources) {
        var groups = new ArrayList<Lines>();
        var instructions = new ArrayList<String>();
        var current = sources.place(-1);
        for (var line : Disassembler.lines(program.instructions())) {
            var place = sources.place(line.origin());
            if (!place.equals(current) && !instructions.isEmpty()) {
                groups.add(new Lines(current.line, current.text, instructions));
                instructions = new ArrayList<>();
            }
            current = place;
            if (line.label() != null) {
                instructions.add(line.label() + ":");
            }
            instructions.add(String.format(Locale.ROOT, "%5d  %s", line.slot(), line.text()));
        }
        if (!instructions.isEmpty()) {
            groups.add(new Lines(current.line, current.text, instructions));
        }
        return groups;
    }

    private static String describe(MapSpec map) {
        return map.name() + ": " + map.type().name().toLowerCase(Locale.ROOT)
                + (map.type() == MapSpec.MapType.RINGBUF
                        ? " of " + map.maxEntries() + " bytes"
                        : ", key " + map.keySize() + " bytes, value " + map.valueSize() + " bytes, " + map.maxEntries()
                                + " entries");
    }

    private static String hook(ProgramSpec program) {
        return switch (program.attach()) {
            case AttachSpec.RawTracepoint(var tracepoint) -> "BTF raw tracepoint " + tracepoint;
            case AttachSpec.UntypedTracepoint(var tracepoint) -> "raw tracepoint " + tracepoint;
            case AttachSpec.PerfEvent event -> "perf event " + event;
            case AttachSpec.UserProbe probe ->
                probe.places().size() + (probe.places().size() == 1 ? " place" : " places") + " in " + probe.path()
                        + switch (probe.side()) {
                            case ENTRY -> "";
                            case RETURN -> ", at return";
                            case SESSION -> ", at entry and return";
                        };
        };
    }

    private record Place(int line, String text) {}

    /** Finds lines quickly: a program has many instructions and few places. */
    private static final class Sources {
        private static final Place NOWHERE = new Place(0, "(not from a line of the script)");

        private final List<Span> origins;
        private final SourceText script;
        private final Map<SourceText, LineIndex> indexes = new HashMap<>();
        private final Map<Integer, Place> places = new HashMap<>();

        Sources(List<Span> origins, SourceText script) {
            this.origins = origins;
            this.script = script;
        }

        Place place(int origin) {
            return origin < 0 ? NOWHERE : places.computeIfAbsent(origin, number -> find(origins.get(number)));
        }

        private Place find(Span span) {
            var index = indexes.computeIfAbsent(span.source(), LineIndex::of);
            int line = index.line(span.start());
            var text = index.lineText(line).strip();
            return span.source().equals(script)
                    ? new Place(line, text)
                    : new Place(0, span.source().name() + ":" + line + ": " + text);
        }
    }
}
