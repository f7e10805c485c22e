package io.stapscope.compiler.builtin;

import io.stapscope.compiler.syntax.tree.PrintFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All built-in functions by name. */
public final class Builtins {
    private static final SortedMap<String, List<Builtin>> BY_NAME = index();
    private static final Map<String, String> MISSING = UnsupportedFunctions.all();

    private Builtins() {}

    /** The functions of a name, one for each number of parameters; empty when there is none. */
    public static List<Builtin> named(String name) {
        return BY_NAME.getOrDefault(name, List.of());
    }

    public static @Nullable Builtin find(String name, int parameters) {
        for (var builtin : named(name)) {
            if (builtin.parameters().size() == parameters) {
                return builtin;
            }
        }
        return null;
    }

    /** What to do in place of a function that SystemTap has and we do not; null when SystemTap has none either. */
    public static @Nullable String missing(String name) {
        return MISSING.get(name);
    }

    /** Names of all functions, the print functions among them. */
    public static SortedSet<String> names() {
        var names = new TreeSet<>(BY_NAME.keySet());
        Arrays.stream(PrintFunction.values()).map(PrintFunction::symbol).forEach(names::add);
        return names;
    }

    /** Signature and documentation of each function, for help and completion. */
    public static SortedMap<String, String> documentation() {
        var all = new TreeMap<>(PrintFunctions.documentation());
        for (var functions : BY_NAME.values()) {
            for (var builtin : functions) {
                all.put(builtin.signature(), builtin.documentation());
            }
        }
        return all;
    }

    private static SortedMap<String, List<Builtin>> index() {
        var byName = new TreeMap<String, List<Builtin>>();
        Stream.of(
                        TaskFunctions.all(),
                        ArgumentFunctions.all(),
                        NameFunctions.all(),
                        TimeFunctions.all(),
                        StringFunctions.all(),
                        LibraryFunctions.all(),
                        MemoryFunctions.all(),
                        SessionFunctions.all(),
                        StackFunctions.all(),
                        PrintFunctions.all())
                .flatMap(List::stream)
                .forEach(builtin -> byName.computeIfAbsent(builtin.name(), _ -> new ArrayList<>())
                        .add(builtin));
        return byName;
    }
}
