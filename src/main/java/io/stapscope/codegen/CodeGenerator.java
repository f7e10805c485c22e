package io.stapscope.codegen;

import io.stapscope.bpf.MapSpec;
import io.stapscope.bpf.MapSpec.MapType;
import io.stapscope.bpf.ProgramSpec;
import io.stapscope.bpf.ProgramSpec.AttachSpec;
import io.stapscope.codegen.Hook.ProcessHook;
import io.stapscope.codegen.ProgramWriter.Part;
import io.stapscope.codegen.layout.Layouts;
import io.stapscope.codegen.layout.MapNames;
import io.stapscope.codegen.layout.StatisticLayout;
import io.stapscope.compiler.ir.BuiltinFunction;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.IrWalk;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.ir.ProbePoint.Target;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.host.Host;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns a plan into everything that must be loaded for it on the host it was compiled for. */
public final class CodeGenerator {
    /** More handlers of one tracepoint go into further programs, which keeps each within the verifier's limits. */
    private static final int PARTS_IN_A_ROW = 16;

    /** Jumps reach 32,767 slots. */
    private static final int SLOTS_PER_PROGRAM = 30_000;

    private static final int MOST_DESCENDANTS = 16_384;

    private final Plan plan;
    private final Host host;
    private final Layouts planned;
    private final Records records = new Records();
    private final Origins origins = new Origins();
    private final Constants constants = new Constants();
    private final Interruptions interruptions;
    private final CounterBlocks counters;
    private final List<ProgramSpec> programs = new ArrayList<>();
    private final List<List<Integer>> handlers = new ArrayList<>();
    private final CodeLanes lanes;
    private final boolean family;

    /** Programs that use scratch memory, and the most that one of them needs. */
    private int scratchUsers;

    private int scratch;

    private CodeGenerator(Plan plan, Host host) {
        this.plan = plan;
        this.host = host;
        lanes = new CodeLanes(plan);
        interruptions = new Interruptions(plan);
        counters = new CounterBlocks(
                host.possibleCpus(),
                interruptions.arePossible(),
                plan.handlers().stream()
                        .filter(CodeGenerator::inKernel)
                        .map(Handler::id)
                        .toList());
        planned = LayoutPlanner.plan(plan, lanes, interruptions, host);
        family = plan.handlers().stream()
                .anyMatch(handler -> handler.point().watched() instanceof Target.Session || asksForTargetSet(handler));
    }

    /**
     * @throws UnsupportedInKernelException when a kernel handler holds what only user space can do
     * @throws io.stapscope.host.KernelTypes.MissingTypeException when the kernel lacks a type that is needed
     */
    public static Generated generate(Plan plan, Host host) {
        return new CodeGenerator(plan, host).generate();
    }

    private Generated generate() {
        for (var hook : ProcessHook.values()) {
            write(hook);
        }
        var others = new LinkedHashMap<Object, List<Part>>();
        for (var handler : plan.handlers()) {
            var hook = inKernel(handler) ? otherHook(handler) : null;
            if (hook != null) {
                others.computeIfAbsent(hook, _ -> new ArrayList<>()).add(new Part(handler, handler.point(), false));
            }
        }
        joinEntries(others);
        others.forEach((hook, parts) -> {
            switch (hook) {
                case CodeGroup group -> writeCode(group, parts);
                case Hook one -> write(one, parts, false, false);
                case Object unknown -> throw new IllegalStateException("no hook: " + unknown);
            }
        });
        var layouts = layouts();
        return new Generated(maps(layouts), programs, records.all(), origins.all(), layouts, handlers);
    }

    /** As planned, with the rows that the programs as written need. */
    private Layouts layouts() {
        int cpus = planned.cpus();
        var statistics = planned.statistics().values().stream()
                .map(layout -> layout.withRows(cpus * interruptions.rows(layout.global())))
                .collect(Collectors.toMap(StatisticLayout::global, layout -> layout));
        return planned.withRows(counters.layout(), statistics);
    }

    /** Where a point that is no event of processes fires; null for those. */
    private @Nullable Object otherHook(Handler handler) {
        return switch (handler.point()) {
            case ProbePoint.Tracepoint(var _, var name) -> new Hook.Tracepoint(name);
            case ProbePoint.Sampling(var _, var type, var config, var frequency, var amount, var _) ->
                new Hook.Sampling(new AttachSpec.PerfEvent(type, config, amount, frequency));
            case ProbePoint.Code code -> {
                checkCode(handler);
                yield new CodeGroup(
                        code.path(), code.device(), code.inode(), code.target(), code.atReturn(), lanes.of(handler));
            }
            case ProbePoint.Process _,
                    ProbePoint.SystemCall _,
                    ProbePoint.Begin _,
                    ProbePoint.End _,
                    ProbePoint.Error _,
                    ProbePoint.Never _,
                    ProbePoint.Timer _,
                    ProbePoint.Procfs _,
                    ProbePoint.Input _ -> null;
        };
    }

    /** What handlers in the code of programs have in common that are in one program. */
    private record CodeGroup(String path, long device, long inode, Target target, boolean atReturn, int lane) {
        Hook.Code hook(List<Part> parts) {
            boolean returns = parts.stream().anyMatch(CodeGroup::isOfReturn);
            return new Hook.Code(path, device, inode, target, returns, lane, CodePlaces.of(parts));
        }

        private static boolean isOfReturn(Part part) {
            return part.point() instanceof ProbePoint.Code code && code.atReturn();
        }

        private static Set<Long> offsets(Part part) {
            return part.point() instanceof ProbePoint.Code code
                    ? code.sites().stream().map(ProbePoint.CodeSite::offset).collect(Collectors.toSet())
                    : Set.of();
        }

        /** Whether the returns of another group are those of calls that a part wants to see begin. */
        boolean takes(CodeGroup entries, Part part, List<Part> returns) {
            return atReturn
                    && !entries.atReturn
                    && entries.device == device
                    && entries.inode == inode
                    && entries.path.equals(path)
                    && entries.target.equals(target)
                    && returns.stream()
                            .filter(CodeGroup::isOfReturn)
                            .map(CodeGroup::offsets)
                            .flatMap(Set::stream)
                            .collect(Collectors.toSet())
                            .containsAll(offsets(part));
        }
    }

    /** The program of returns runs at the entries, too: handlers of the same places need no program of their own. */
    private static void joinEntries(Map<Object, List<Part>> others) {
        var groups = others.keySet().stream()
                .filter(CodeGroup.class::isInstance)
                .map(CodeGroup.class::cast)
                .toList();
        for (var entries : groups) {
            var parts = Objects.requireNonNull(others.get(entries));
            for (var part : List.copyOf(parts)) {
                for (var returns : groups) {
                    var joined = Objects.requireNonNull(others.get(returns));
                    if (returns.takes(entries, part, joined)) {
                        joined.add(part);
                        parts.remove(part);
                        break;
                    }
                }
            }
        }
        others.values().removeIf(List::isEmpty);
    }

    private void checkCode(Handler handler) {
        if (!host.architecture().equals("x86_64")) {
            throw new UnsupportedInKernelException(
                            handler.span(), "a place in a program on " + host.architecture() + ", yet")
                    .in(handler.id());
        }
    }

    /** The places of a program are those of its handlers; handlers of different places exclude each other. */
    private void writeCode(CodeGroup group, List<Part> parts) {
        var hook = group.hook(parts);
        var numbered = hook.places().numbered(parts);
        var emitter = Dispatch.longestPath(numbered) > PARTS_IN_A_ROW ? null : emit(hook, numbered, false, false);
        if (parts.size() > 1 && (emitter == null || emitter.code.slots() > SLOTS_PER_PROGRAM)) {
            writeCode(group, parts.subList(0, parts.size() / 2));
            writeCode(group, parts.subList(parts.size() / 2, parts.size()));
        } else {
            finish(hook, numbered, emitter == null ? emit(hook, numbered, false, false) : emitter);
        }
    }

    private void write(ProcessHook hook) {
        var parts = parts(hook);
        boolean adopts = family && hook == ProcessHook.PROCESS_FORK;
        boolean forgets = family && hook == ProcessHook.PROCESS_EXIT;
        if (!parts.isEmpty() || adopts || forgets) {
            write(hook, parts, adopts, forgets);
        }
    }

    /** As one program, or as several when there are many parts or large ones. */
    private void write(Hook hook, List<Part> parts, boolean adopts, boolean forgets) {
        var emitter = Dispatch.longestPath(parts) > PARTS_IN_A_ROW ? null : emit(hook, parts, adopts, forgets);
        if (emitter == null || (emitter.code.slots() > SLOTS_PER_PROGRAM && parts.size() > 1)) {
            int middle = parts.size() / 2;
            write(hook, parts.subList(0, middle), adopts, false);
            write(hook, parts.subList(middle, parts.size()), false, forgets);
            return;
        }
        finish(hook, parts, emitter);
    }

    private void finish(Hook hook, List<Part> parts, Emitter emitter) {
        if (emitter.code.slots() > SLOTS_PER_PROGRAM) {
            var large = parts.getFirst().handler();
            throw new UnsupportedInKernelException(
                            large.span(), "a handler of " + emitter.code.slots() + " instructions")
                    .in(large.id());
        }
        scratch = Math.max(scratch, emitter.frame.scratchSize());
        scratchUsers += emitter.frame.usesScratch() ? 1 : 0;
        handlers.add(ids(parts));
        counters.add(emitter.counters);
        programs.add(new ProgramSpec(hook.label() + programs.size(), hook.attach(), emitter.code.assemble()));
    }

    private static List<Integer> ids(List<Part> parts) {
        return parts.stream().map(part -> part.handler().id()).distinct().toList();
    }

    /** Once to see what must be prepared, and again if anything must. */
    private Emitter emit(Hook hook, List<Part> parts, boolean adopts, boolean forgets) {
        var emitter = emit(hook, parts, adopts, forgets, false, false);
        boolean scratchIsUsed = emitter.frame.usesScratch();
        boolean contextIsUsed = emitter.frame.keepsContext();
        return scratchIsUsed || contextIsUsed
                ? emit(hook, parts, adopts, forgets, scratchIsUsed, contextIsUsed)
                : emitter;
    }

    private Emitter emit(
            Hook hook, List<Part> parts, boolean adopts, boolean forgets, boolean withScratch, boolean withContext) {
        var emitter = new Emitter(
                plan,
                host,
                planned,
                records,
                origins,
                constants,
                interruptions,
                counters.next(ids(parts)),
                hook,
                programs.size());
        new ProgramWriter(emitter, withScratch, scratchUsers, withContext).write(parts, adopts, forgets);
        return emitter;
    }

    /** The handlers of a tracepoint in the order of the script; then what calls must remember for their return. */
    private List<Part> parts(ProcessHook hook) {
        var parts = new ArrayList<Part>();
        for (var handler : plan.handlers()) {
            if (inKernel(handler) && carries(hook, handler.point())) {
                parts.add(new Part(handler, handler.point(), false));
            }
        }
        for (var handler : plan.handlers()) {
            if (hook == ProcessHook.SYSTEM_CALL
                    && inKernel(handler)
                    && !handler.entries().isEmpty()
                    && carries(ProcessHook.SYSTEM_CALL_RETURN, handler.point())) {
                parts.add(new Part(handler, handler.point(), true));
            }
        }
        return parts;
    }

    private static boolean carries(ProcessHook hook, ProbePoint point) {
        return switch (point) {
            case ProbePoint.Process(var _, var _, var event) -> hook.carries(event);
            case ProbePoint.SystemCall(var _, var atReturn, var _) ->
                hook == (atReturn ? ProcessHook.SYSTEM_CALL_RETURN : ProcessHook.SYSTEM_CALL);
            case ProbePoint.Tracepoint _,
                    ProbePoint.Sampling _,
                    ProbePoint.Code _,
                    ProbePoint.Begin _,
                    ProbePoint.End _,
                    ProbePoint.Error _,
                    ProbePoint.Never _,
                    ProbePoint.Timer _,
                    ProbePoint.Procfs _,
                    ProbePoint.Input _ -> false;
        };
    }

    private static boolean inKernel(Handler handler) {
        return handler.place() != Handler.Place.USER;
    }

    private static boolean asksForTargetSet(Handler handler) {
        var found = new boolean[1];
        Consumer<Expression> look = part ->
                found[0] |= part instanceof Expression.Builtin call && call.function() == BuiltinFunction.IN_TARGET_SET;
        IrWalk.expressions(handler.body(), look);
        handler.captures().forEach(each -> IrWalk.expressions(each, look));
        handler.entries().forEach(each -> IrWalk.expressions(each, look));
        IrWalk.statements(handler.body(), statement -> {
            if (statement instanceof Statement.Call call) {
                IrWalk.expressions(call.function().body(), look);
            }
        });
        return found[0];
    }

    private List<MapSpec> maps(Layouts layouts) {
        var maps = new ArrayList<MapSpec>();
        maps.add(page(MapNames.SESSION, layouts.session().size()));
        maps.add(page(MapNames.COUNTERS, layouts.counters().size()));
        if (!constants.isEmpty()) {
            maps.add(MapSpec.constant(MapNames.CONSTANTS, constants.all()));
        }
        if (layouts.globals().size() > 0) {
            maps.add(page(MapNames.GLOBALS, layouts.globals().size()));
        }
        for (var global : plan.globals()) {
            if (layouts.arrays().containsKey(global.id())) {
                var layout = layouts.array(global.id());
                maps.add(hash(MapNames.array(global.id()), layout.key().size(), layout.size(), layout.capacity()));
            }
            if (layouts.statistics().containsKey(global.id())) {
                addStatistic(maps, layouts.statistic(global.id()));
            }
        }
        if (!layouts.tasks().isEmpty()) {
            int size = layouts.tasks().size();
            maps.add(new MapSpec(MapNames.TASKS, MapType.TASK_STORAGE, 4, size, 0, false, false));
        }
        if (family) {
            maps.add(hash(MapNames.DESCENDANTS, 4, 4, MOST_DESCENDANTS));
        }
        if (scratch > 0) {
            // One for each program: a timer or an interrupt may hit while another program is in the middle of a text.
            maps.add(new MapSpec(MapNames.SCRATCH, MapType.PERCPU_ARRAY, 4, scratch, scratchUsers, false, true));
        }
        if (!records.isEmpty()) {
            maps.add(new MapSpec(
                    MapNames.EVENTS, MapType.RINGBUF, 0, 0, plan.limits().ringBytes(), false, true));
        }
        return maps;
    }

    private static void addStatistic(List<MapSpec> maps, StatisticLayout layout) {
        int global = layout.global();
        if (layout.isKeyed()) {
            maps.add(hash(MapNames.index(global), layout.key().size(), 4, layout.capacity()));
            maps.add(array(MapNames.keys(global), layout.keyEntrySize(), layout.slots()));
        }
        int entries = Math.multiplyExact(layout.rows(), layout.slots());
        maps.add(array(MapNames.values(global), layout.aggregate().size(), entries));
    }

    private static MapSpec page(String name, int size) {
        return array(name, size, 1);
    }

    private static MapSpec array(String name, int valueSize, int entries) {
        return new MapSpec(name, MapType.ARRAY, 4, valueSize, entries, true, true);
    }

    private static MapSpec hash(String name, int keySize, int valueSize, int entries) {
        return new MapSpec(name, MapType.HASH, keySize, valueSize, entries, false, true);
    }
}
