package io.stapscope.host.program;

import io.stapscope.debuginfo.dwarf.DwarfFile;
import io.stapscope.debuginfo.dwarf.DwarfFunction;
import io.stapscope.debuginfo.dwarf.DwarfFunction.Code;
import io.stapscope.debuginfo.dwarf.DwarfVariable;
import io.stapscope.debuginfo.value.Location;
import io.stapscope.host.ctype.CType;
import io.stapscope.host.ctype.DwarfCTypes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the debug information of a program tells, in the words of a program. Throws
 * {@link io.stapscope.debuginfo.dwarf.DwarfFormatException} where entries cannot be read.
 */
final class DebugInformation {
    private final DwarfFile dwarf;
    private final DwarfCTypes types;
    private final UnitLines lines;
    private final UnitLocations locations;
    private final DescribedPlaces places;
    private final Predicate<String> exported;

    /** Made functions by the entries that stand for them. */
    private final Map<Long, Function> made = new HashMap<>();

    private volatile @Nullable Asked asked;

    /** @param isCode whether an address is code of the program; functions that the linker has left out have none */
    DebugInformation(DwarfFile dwarf, Predicate<Long> isCode, Predicate<String> exported) {
        this.dwarf = dwarf;
        this.exported = exported;
        types = new DwarfCTypes(dwarf);
        lines = new UnitLines(dwarf);
        locations = new UnitLocations(dwarf);
        places = new DescribedPlaces(dwarf, lines, isCode);
    }

    Optional<String> remark() {
        return dwarf.remark();
    }

    /** By address; those without code are left out. */
    List<Function> functions(NamePattern pattern) {
        var functions = dwarf.functions();
        var literal = pattern.literal();
        var described = literal.isPresent() ? functions.named(literal.get()) : functions.find(pattern::matches);
        return ordered(described.stream().map(this::function).toList());
    }

    private static List<Function> ordered(Collection<Function> functions) {
        return functions.stream()
                .filter(each -> !each.places().isEmpty())
                .sorted(Comparator.comparingLong(
                        each -> each.places().getFirst().entry()))
                .toList();
    }

    private synchronized Function function(DwarfFunction described) {
        var known = made.get(described.die());
        if (known == null) {
            known = new Function(
                    described.name(),
                    described.linkageName(),
                    lines.file(described.declared()),
                    described.declared().line(),
                    exported.test(described.linkageName()),
                    true,
                    places.of(described),
                    described.type() == 0 ? null : types.type(described.type()));
            made.put(described.die(), known);
        }
        return known;
    }

    List<String> sources() {
        return lines.sources();
    }

    List<Line> lines(FilePattern pattern, int first, int last) {
        var found = new ArrayList<Line>();
        for (var row : lines.statements(pattern, first, last)) {
            dwarf.functions()
                    .holding(row.address())
                    .map(this::function)
                    .filter(each -> !each.places().isEmpty())
                    .ifPresent(function -> found.add(new Line(row.file(), row.line(), row.address(), function)));
        }
        found.sort(Comparator.comparingLong(Line::address).thenComparing(Line::line));
        return found;
    }

    List<Label> labels(Function function, NamePattern pattern) {
        var found = new ArrayList<Label>();
        for (var code : codes(function)) {
            for (var label : dwarf.bodies().labels(code)) {
                if (pattern.matches(label.name())) {
                    var declared = label.declared();
                    found.add(new Label(label.name(), lines.file(declared), declared.line(), label.address()));
                }
            }
        }
        return found;
    }

    List<Function> callees(Function function, NamePattern pattern) {
        var found = new LinkedHashMap<String, Function>();
        for (var code : codes(function)) {
            for (var call : dwarf.bodies().calls(code)) {
                if (call.callee() != 0) {
                    var callee = function(dwarf.functions().of(call.callee()));
                    if (!callee.places().isEmpty() && pattern.matches(callee.name())) {
                        found.putIfAbsent(callee.linkageName(), callee);
                    }
                }
            }
        }
        return ordered(found.values());
    }

    /** All copies of a function, its own code first. */
    private List<Code> codes(Function function) {
        return described(function)
                .map(described -> {
                    var found = new ArrayList<>(described.code());
                    found.addAll(dwarf.functions().inlined(described));
                    return List.copyOf(found);
                })
                .orElse(List.of());
    }

    private Optional<DwarfFunction> described(Function function) {
        return dwarf.functions().named(function.linkageName()).stream()
                .filter(each -> function(each).places().equals(function.places()))
                .findFirst();
    }

    /** What can be named at an address; in an inlined copy of the function what can be named there. */
    Scope scope(Function function, long address) {
        var here = dwarf.functions().at(address);
        if (here.isEmpty()) {
            return Scope.EMPTY;
        }
        var outermost = here.getFirst();
        var code = here.reversed().stream()
                .filter(each -> isOf(each, function))
                .findFirst()
                .orElse(outermost);
        var parameters = new LinkedHashMap<String, Variable>();
        var locals = new LinkedHashMap<String, Variable>();
        for (var block : dwarf.bodies().scopes(code, address)) {
            for (var each : block) {
                boolean isNew = !each.name().isEmpty()
                        && !parameters.containsKey(each.name())
                        && !locals.containsKey(each.name());
                if (isNew) {
                    (each.parameter() ? parameters : locals).put(each.name(), variable(each, address, outermost));
                }
            }
        }
        return new Scope(List.copyOf(parameters.values()), List.copyOf(locals.values()));
    }

    private boolean isOf(Code code, Function function) {
        return dwarf.functions().of(code.die()).linkageName().equals(function.linkageName());
    }

    private Variable variable(DwarfVariable described, long address, Code outermost) {
        return new Variable(
                described.name(),
                types.type(described.type()),
                locations.at(address, described.location(), described.unit(), outermost));
    }

    /** A variable that no function holds; one with a place before those that are only declared. */
    Optional<Variable> global(String name, Predicate<String> file) {
        return best(globals(name).stream().filter(each -> file.test(lines.file(each.declared()))));
    }

    /** A global as the code of a function can name it: one of its own unit, else one that all units can name. */
    Optional<Variable> visible(String name, Function function) {
        var unit = described(function).map(each -> each.declared().unit());
        Predicate<DwarfVariable> isOwn =
                each -> unit.filter(each.declared().unit()::equals).isPresent();
        return best(globals(name).stream()
                .filter(each -> each.external() || isOwn.test(each))
                .sorted(Comparator.comparing(isOwn::test, Comparator.reverseOrder())));
    }

    /** The first that has a place. */
    private Optional<Variable> best(Stream<DwarfVariable> variables) {
        return variables
                .map(each -> new Variable(
                        each.name(), types.type(each.type()), locations.global(each.location(), each.unit())))
                .min(Comparator.comparing(each -> each.location() instanceof Location.Missing));
    }

    /** A pattern asks for the same name once for each of thousands of functions. */
    private List<DwarfVariable> globals(String name) {
        var last = asked;
        if (last == null || !last.name().equals(name)) {
            last = new Asked(name, dwarf.variables().named(name));
            asked = last;
        }
        return last.found();
    }

    private record Asked(String name, List<DwarfVariable> found) {}

    Optional<CType> type(String written) {
        return types.find(written);
    }

    OptionalLong enumerator(String name) {
        return types.enumerator(name);
    }

    /** The function whose code holds an address. */
    Optional<Function> holding(long address) {
        return dwarf.functions().holding(address).map(this::function);
    }
}
