package io.stapscope.compiler.probe;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.compiler.diagnostic.Spelling;
import io.stapscope.compiler.ir.Expression.Space;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.type.Type;
import io.stapscope.host.ctype.CType;
import io.stapscope.host.program.Function;
import io.stapscope.host.program.Program;
import io.stapscope.host.program.Scope;
import io.stapscope.host.program.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a place in a function offers: the variables that its debug information tells of. They are looked up when a body asks
 * for one: a pattern stands for thousands of functions.
 */
final class CodeContext implements PointContext {
    private static final int MOST_ARGUMENTS = 9;

    /** Of all variables with their values, empty where nothing is known of them. */
    private static final List<String> LISTS = List.of("$$vars", "$$parms", "$$locals");

    private final Program program;
    private final Function function;
    private final long address;
    private final Moment moment;
    private final @Nullable ContextVariable guard;
    private @Nullable Scope scope;

    /** When, in the life of a call. */
    enum Moment {
        /** Execution is at an address. */
        INSIDE,
        /** At the first instruction, where debug information tells of places that are not filled yet. */
        ENTRY,
        RETURN
    }

    CodeContext(Program program, Function function, long address, Moment moment, @Nullable ContextVariable guard) {
        this.program = program;
        this.function = function;
        this.address = address;
        this.moment = moment;
        this.guard = guard;
    }

    @Override
    public Program program() {
        return program;
    }

    @Override
    public @Nullable ContextVariable guard() {
        return guard;
    }

    @Override
    public boolean keepsEntry() {
        return moment == Moment.RETURN;
    }

    @Override
    public boolean hasUserMemory() {
        return true;
    }

    @Override
    public @Nullable PointContext entry() {
        if (moment != Moment.RETURN) {
            return null;
        }
        var body = function.places().stream().filter(place -> !place.inlined()).findFirst();
        boolean settled = body.isEmpty() || body.get().start() == body.get().entry();
        return new CodeContext(program, function, address, settled ? Moment.INSIDE : Moment.ENTRY, null);
    }

    private Scope scope() {
        var known = scope;
        if (known == null) {
            known = find();
            scope = known;
        }
        return known;
    }

    private Scope find() {
        if (!function.described() || moment == Moment.RETURN || !isNative()) {
            return Scope.EMPTY;
        }
        var found = program.scope(function, address);
        return moment == Moment.ENTRY
                ? CallingConvention.of(program.machine()).atEntry(function, found.parameters())
                : found;
    }

    /** Registers and pointers of 32-bit programs are others. */
    private boolean isNative() {
        return program.machine().equals("x86_64") || program.machine().equals("aarch64");
    }

    @Override
    public List<ContextVariable> variables() {
        var all = new ArrayList<ContextVariable>();
        if (moment == Moment.RETURN) {
            var result = variable("$return");
            if (result != null) {
                all.add(result);
            }
            all.add(lists("$$return"));
            var entry = Objects.requireNonNull(entry());
            entry.variables().stream()
                    .filter(each -> !each.name().equals("$$locals")
                            && all.stream().noneMatch(other -> other.name().equals(each.name())))
                    .forEach(all::add);
            return all;
        }
        for (var variable : visible().toList()) {
            var readable = UserVariables.of(variable);
            if (readable != null) {
                all.add(readable);
            }
        }
        Stream.of("$$vars", "$$parms", "$$locals").map(this::lists).forEach(all::add);
        return all;
    }

    private Stream<Variable> visible() {
        return Stream.concat(scope().parameters().stream(), scope().locals().stream());
    }

    @Override
    public @Nullable ContextVariable variable(String name) {
        if (!name.startsWith("$") || name.length() < 2) {
            return null;
        }
        if (moment == Moment.RETURN) {
            return name.equals("$return") ? result() : name.equals("$$return") ? lists(name) : null;
        }
        if (name.startsWith("$$")) {
            return LISTS.contains(name) ? lists(name) : null;
        }
        var found = scope().find(name.substring(1));
        if (found.isPresent()) {
            return UserVariables.of(found.get());
        }
        var argument = argument(name);
        return argument != null
                ? argument
                : visibleGlobal(name).map(UserVariables::of).orElse(null);
    }

    private Optional<Variable> visibleGlobal(String name) {
        return function.described() && isNative() ? program.visible(name.substring(1), function) : Optional.empty();
    }

    /** {@code $arg1}, for {@code int_arg(1)} and its kin. */
    private @Nullable ContextVariable argument(String name) {
        if (!name.matches("\\$arg[1-9]") || !isNative()) {
            return null;
        }
        int position = Integer.parseInt(name.substring(4)) - 1;
        if (function.described()) {
            var parameters = scope().parameters();
            return position < parameters.size() ? UserVariables.of(parameters.get(position)) : null;
        }
        boolean first = function.places().stream().anyMatch(place -> place.entry() == address);
        return first && position < MOST_ARGUMENTS
                ? new ContextVariable(
                        name,
                        Type.LONG,
                        "Argument " + (position + 1) + " as it is passed.",
                        new UserValues.Whole(
                                CallingConvention.of(program.machine()).register(position)))
                : null;
    }

    private @Nullable ContextVariable result() {
        if (!isNative()) {
            return null;
        }
        var documentation = "What the function returns.";
        if (!function.described()) {
            return new ContextVariable(
                    "$return",
                    Type.LONG,
                    "The register of results; its type is not known.",
                    new UserValues.Result(Long.BYTES, true));
        }
        var type = function.result();
        if (type == null || !UserValues.isNumber(type) || type.size() > Long.BYTES) {
            return null;
        }
        return new ContextVariable(
                "$return",
                Type.LONG,
                documentation,
                type,
                new UserValues.Result(type.size(), UserValues.isSigned(type)),
                Space.USER,
                null);
    }

    private ContextVariable lists(String list) {
        var all = listed(list);
        var documentation = list.equals("$$return")
                ? "The result as return=0x..."
                : all.isEmpty()
                        ? "Variables as name=0x...; there are none here."
                        : all.stream().map(each -> each.name() + "=0x...").collect(Collectors.joining(" "));
        return UserVariables.list(list, documentation, all);
    }

    @Override
    public List<Listed> listed(String list) {
        if (moment == Moment.RETURN) {
            var result = variable("$return");
            return list.equals("$$return") && function.result() != null
                    ? List.of(new Listed("return", result))
                    : list.equals("$$return") && result != null ? List.of(new Listed("return", result)) : List.of();
        }
        var all =
                switch (list) {
                    case "$$parms" -> scope().parameters().stream();
                    case "$$locals" -> scope().locals().stream();
                    default -> visible();
                };
        return all.map(each -> new Listed(each.name(), UserVariables.of(each))).toList();
    }

    @Override
    public @Nullable ContextVariable global(String name) {
        return find(name).map(UserVariables::of).orElse(null);
    }

    private Optional<Variable> find(String global) {
        int at = global.indexOf('@');
        return isNative()
                ? program.global(at < 0 ? global : global.substring(0, at), at < 0 ? "*" : global.substring(at + 1))
                : Optional.empty();
    }

    @Override
    public @Nullable Diagnostic remark(String name, Span span) {
        return LISTS.contains(name) && !function.described()
                ? Diagnostic.of(
                        DiagnosticCode.NO_VARIABLES,
                        span,
                        "`" + name + "` is empty where nothing is known of the variables of " + program.path(),
                        "empty",
                        program.debug().available()
                                ? "debug information does not tell of this function"
                                : program.debug().text())
                : null;
    }

    private String place() {
        return (function.name().isEmpty() ? "code" : "`" + function.name() + "`") + " of " + program.path();
    }

    @Override
    public Diagnostic missing(String name, Span span) {
        var plain = name.replaceFirst("^\\$+", "");
        if (name.startsWith("@")) {
            return missingGlobal(name.substring(1), span);
        }
        var diagnostic = Diagnostic.of(
                DiagnosticCode.UNKNOWN_CONTEXT_VARIABLE,
                span,
                "`" + name + "` is not a variable of " + place(),
                "unknown context variable");
        if (!isNative()) {
            return diagnostic.withNote("variables of " + program.machine() + " programs cannot be read");
        }
        if (name.equals("$return") || name.equals("$$return")) {
            return noResult(name, span);
        }
        if (!function.described()) {
            return diagnostic.withNote(
                    program.debug().available()
                            ? "debug information does not tell of this function"
                            : program.debug().text());
        }
        var here = moment == Moment.RETURN ? Objects.requireNonNull(entryScope()) : scope();
        var found = here.find(plain).or(() -> visibleGlobal("$" + plain));
        if (found.isPresent()) {
            var reason = UserVariables.problem(found.get());
            return Diagnostic.of(
                            DiagnosticCode.UNKNOWN_CONTEXT_VARIABLE,
                            span,
                            "`" + name + "` of " + place() + " has no value here: " + reason,
                            "no value")
                    .withNote("ask whether it can be read: if (@defined(" + name + ")) ...");
        }
        var names = new ArrayList<>(variables().stream()
                .map(ContextVariable::name)
                .filter(each -> !each.startsWith("$$"))
                .toList());
        var nearest = Spelling.nearest(name, names);
        var known = names.isEmpty()
                ? diagnostic.withNote("no variable of it can be read here")
                : diagnostic.withNote("available here: " + String.join(", ", names));
        if (moment == Moment.RETURN && name.equals("$$locals")) {
            return known.withNote("locals are gone at the return: probe a statement, or the entry");
        }
        return known.suggesting(span, nearest);
    }

    private @Nullable Scope entryScope() {
        return entry() instanceof CodeContext before ? before.scope() : null;
    }

    private Diagnostic noResult(String name, Span span) {
        if (moment != Moment.RETURN) {
            return Diagnostic.of(
                    DiagnosticCode.UNKNOWN_CONTEXT_VARIABLE,
                    span,
                    "`" + name + "` is not available where a function is entered",
                    "only at return",
                    "probe .function(\"" + function.name() + "\").return to see it");
        }
        var type = function.result();
        var reason =
                switch (type) {
                    case null -> "it returns nothing";
                    case CType.Floating t -> "it returns a " + t.name() + " in a register that a probe cannot read";
                    case CType t -> "it returns a whole " + t.name();
                };
        return Diagnostic.of(
                DiagnosticCode.UNKNOWN_CONTEXT_VARIABLE,
                span,
                "there is no `" + name + "` of " + place() + ": " + reason,
                "no number",
                "ask whether there is one: if (@defined($return)) ...");
    }

    private Diagnostic missingGlobal(String name, Span span) {
        var found = find(name);
        var reason = found.map(UserVariables::problem).orElse(null);
        var diagnostic = Diagnostic.of(
                DiagnosticCode.UNKNOWN_CONTEXT_VARIABLE,
                span,
                found.isPresent()
                        ? "the global `" + name + "` of " + program.path() + " cannot be read: " + reason
                        : program.path() + " has no global `" + name + "`",
                found.isPresent() ? "no value" : "unknown global");
        return program.debug().available()
                ? diagnostic.withNote("write @var(\"name@file.c\"), the file being where it is defined")
                : diagnostic.withNote(program.debug().text());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CodeContext context
                && context.program == program
                && context.address == address
                && context.moment == moment
                && context.function.equals(function)
                && Objects.equals(context.guard, guard);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(address) * 31 + moment.hashCode();
    }
}
