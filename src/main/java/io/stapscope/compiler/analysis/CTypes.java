package io.stapscope.compiler.analysis;

import io.stapscope.compiler.builtin.Builtins;
import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.compiler.ir.Expression.Space;
import io.stapscope.compiler.probe.ContextVariable;
import io.stapscope.compiler.probe.PointContext;
import io.stapscope.compiler.syntax.tree.AssignOperator;
import io.stapscope.compiler.syntax.tree.AtOperator;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.ExpressionNode.Suffix;
import io.stapscope.host.Host;
import io.stapscope.host.KernelTypes;
import io.stapscope.host.ctype.CType;
import io.stapscope.host.program.Program;
import io.stapscope.syscalls.Constants;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is known of the C types of a script's numbers. A variable that is given two different ones has none. */
public final class CTypes {
    private static final String CURRENT_TASK = "task_current";

    private final Symbols symbols;
    private final Host host;
    private final Map<VariableSymbol, Fact> variables = new HashMap<>();
    private final Map<FunctionSymbol, Fact> results = new HashMap<>();
    private boolean changed;

    /** @param typed null when it is given different types */
    private record Fact(@Nullable Typed typed) {}

    CTypes(Symbols symbols, Host host) {
        this.symbols = symbols;
        this.host = host;
    }

    /** Asked only when a script needs it: reading types takes a while. */
    private KernelTypes kernel() {
        return host.types();
    }

    /** What an expression stands for, null when nothing is known. */
    public @Nullable Typed of(ExpressionNode node, Scope scope, PointContext context) {
        return switch (node) {
            case ExpressionNode.Variable e -> fact(symbols.variable(scope, e.word()));
            case ExpressionNode.Element e -> fact(symbols.global(scope, e.array()));
            case ExpressionNode.TargetVariable e -> typed(context.variable(e.name()));
            case ExpressionNode.GlobalVariable e -> typed(global(e, context));
            case ExpressionNode.Cast e -> type(e, context).orElse(null);
            case ExpressionNode.Access e ->
                path(e, scope, context) instanceof MemoryPaths.Outcome.Found(var path) ? path.value() : null;
            case ExpressionNode.AddressOf e -> address(e, scope, context);
            case ExpressionNode.Call e -> call(e);
            case ExpressionNode.Entry e ->
                context.entry() instanceof PointContext before ? of(e.operand(), scope, before) : null;
            case ExpressionNode.Conditional e ->
                either(of(e.then(), scope, context), of(e.otherwise(), scope, context));
            case ExpressionNode.Assign e -> e.operator() == AssignOperator.SET ? of(e.value(), scope, context) : null;
            case ExpressionNode.NumberLiteral _,
                    ExpressionNode.StringLiteral _,
                    ExpressionNode.Print _,
                    ExpressionNode.Defined _,
                    ExpressionNode.AtOperation _,
                    ExpressionNode.Extract _,
                    ExpressionNode.Histogram _,
                    ExpressionNode.Bucket _,
                    ExpressionNode.Unary _,
                    ExpressionNode.Step _,
                    ExpressionNode.Binary _,
                    ExpressionNode.RegexMatch _,
                    ExpressionNode.Contains _ -> null;
        };
    }

    /** {@code $$vars$}: the variables of a list, each with its contents. */
    public static boolean isList(ExpressionNode.Access access) {
        return access.base() instanceof ExpressionNode.TargetVariable list
                && list.name().startsWith("$$")
                && access.suffixes().size() == 1
                && access.suffixes().getFirst() instanceof Suffix.Pretty;
    }

    /** The value of {@code @enum} and {@code @const}; empty when there is no such constant. */
    public OptionalLong constant(ExpressionNode.AtOperation e, PointContext context) {
        if (!(e.arguments().getFirst() instanceof ExpressionNode.StringLiteral literal)) {
            return OptionalLong.empty();
        }
        var known = e.operator() == AtOperator.CONST
                ? Constants.of(host.architecture()).find(literal.text())
                : OptionalLong.empty();
        if (known.isEmpty() && context.program() instanceof Program program) {
            known = program.enumerator(literal.text());
        }
        return known.isPresent() ? known : kernel().enumerator(literal.text());
    }

    /** The enumeration that {@code @enumname} names. */
    public Optional<CType.Enumeration> enumeration(ExpressionNode.AtOperation e, PointContext context) {
        if (e.arguments().size() < 2 || !(e.arguments().get(1) instanceof ExpressionNode.StringLiteral literal)) {
            return Optional.empty();
        }
        Optional<CType.Enumeration> own = context.program() instanceof Program program
                ? enumeration(program::type, literal.text())
                : Optional.empty();
        return own.isPresent() ? own : enumeration(kernel()::type, literal.text());
    }

    private static Optional<CType.Enumeration> enumeration(Function<String, Optional<CType>> types, String name) {
        return types.apply(name)
                .or(() -> types.apply("enum " + name))
                .filter(CType.Enumeration.class::isInstance)
                .map(CType.Enumeration.class::cast);
    }

    boolean isConstant(ExpressionNode.AtOperation e, PointContext context) {
        return switch (e.operator()) {
            case ENUM, CONST -> constant(e, context).isPresent();
            case ENUMNAME -> enumeration(e, context).isPresent();
            case KDEREF, UDEREF -> true;
            case ERRNO, PERF, PROBEWRITE, KREGISTER, UREGISTER -> false;
        };
    }

    /** The way that an access takes through memory. */
    MemoryPaths.Outcome path(ExpressionNode.Access access, Scope scope, PointContext context) {
        return path(access.base(), access.suffixes(), scope, context);
    }

    /** The way of what {@code &} stands before. */
    MemoryPaths.Outcome path(ExpressionNode.AddressOf node, Scope scope, PointContext context) {
        return node.operand() instanceof ExpressionNode.Access access
                ? path(access, scope, context)
                : path(node.operand(), List.of(), scope, context);
    }

    private MemoryPaths.Outcome path(ExpressionNode base, List<Suffix> suffixes, Scope scope, PointContext context) {
        if (base instanceof ExpressionNode.Cast cast && type(cast, context).isEmpty()) {
            return new MemoryPaths.Outcome.Failed(unknownType(cast, context));
        }
        var variable = offered(base, context);
        return variable != null && variable.place() != null && variable.ctype() != null
                ? MemoryPaths.from(base, new Typed(variable.ctype(), variable.space()), suffixes)
                : MemoryPaths.follow(base, of(base, scope, context), suffixes);
    }

    private static @Nullable Typed typed(@Nullable ContextVariable variable) {
        return variable == null || variable.ctype() == null
                ? null
                : new Typed(variable.ctype(), variable.space()).decayed();
    }

    /** The variable of the probe point, or of its program, that a node names; null when it names none. */
    public @Nullable ContextVariable offered(ExpressionNode node, PointContext context) {
        return switch (node) {
            case ExpressionNode.TargetVariable e -> context.variable(e.name());
            case ExpressionNode.GlobalVariable e -> global(e, context);
            case ExpressionNode _ -> null;
        };
    }

    /** Only the place of the probed program in memory is known. */
    @Nullable
    ContextVariable global(ExpressionNode.GlobalVariable e, PointContext context) {
        return isOwn(e.module(), context) ? context.global(e.name().text()) : null;
    }

    /** Whether a module is the program that the point looks into. */
    boolean isOwn(ExpressionNode.@Nullable StringLiteral module, PointContext context) {
        var program = context.program();
        return program != null
                && (module == null
                        || module.text().isEmpty()
                        || path(module.text()).equals(program.path()));
    }

    private String path(String written) {
        return host.executable(written) instanceof Host.Lookup.Found(var path, var _, var _) ? path : written;
    }

    private @Nullable Typed call(ExpressionNode.Call e) {
        var function = symbols.function(e);
        if (function != null) {
            var fact = results.get(function);
            return fact == null ? null : fact.typed();
        }
        var name = e.function().text();
        return name.equals(CURRENT_TASK) && Builtins.find(name, e.arguments().size()) != null
                ? kernel().type("struct task_struct *")
                        .map(type -> new Typed(type, Space.KERNEL))
                        .orElse(null)
                : null;
    }

    /** The type of the number that a cast gives: the one that is written, or a pointer to it. */
    Optional<Typed> type(ExpressionNode.Cast e, PointContext context) {
        var name = e.type().text();
        var own = context.program();
        if (e.module() == null || e.module().text().isEmpty()) {
            var found = own == null ? Optional.<CType>empty() : own.type(name);
            return found.isPresent()
                    ? found.map(type -> pointer(type, Space.USER))
                    : kernel().type(name).map(type -> pointer(type, Space.KERNEL));
        }
        if (isKernel(e.module())) {
            return kernel().type(name).map(type -> pointer(type, Space.KERNEL));
        }
        for (var module : List.of(e.module().text().split(":"))) {
            if (host.program(path(module)) instanceof Host.ProgramLookup.Read(var program)) {
                var found = program.type(name);
                if (found.isPresent()) {
                    return found.map(type -> pointer(type, Space.USER));
                }
            }
        }
        return Optional.empty();
    }

    private static Typed pointer(CType type, Space space) {
        return new Typed(type instanceof CType.Pointer ? type : CType.pointerTo(type), space);
    }

    /** Headers are not compiled: what they declare is among the kernel's types, if anywhere. */
    private static boolean isKernel(ExpressionNode.@Nullable StringLiteral module) {
        return module == null
                || module.text().isEmpty()
                || List.of(module.text().split(":")).stream()
                        .anyMatch(name -> name.equals("kernel") || name.startsWith("kernel<") || name.startsWith("<"));
    }

    Diagnostic unknownType(ExpressionNode.Cast cast, PointContext context) {
        var module = cast.module();
        if (!isKernel(module) && module != null) {
            return switch (host.program(path(module.text()))) {
                case Host.ProgramLookup.Unreadable(var reason) ->
                    Diagnostic.of(
                            DiagnosticCode.OPERATION_NOT_SUPPORTED,
                            module.span(),
                            "the types of " + module.text() + " cannot be read: it " + reason,
                            "not readable",
                            "name an ELF program with debug information, or \"kernel\"");
                case Host.ProgramLookup.Read(var program) -> unknownType(cast, program);
            };
        }
        if (module == null && context.program() instanceof Program program) {
            return unknownType(cast, program);
        }
        return Diagnostic.of(
                DiagnosticCode.UNKNOWN_C_TYPE,
                cast.type().span(),
                "this kernel has no type `" + cast.type().text() + "`",
                "unknown type",
                "write it as in C: \"task_struct\", \"struct file\", \"unsigned int\"");
    }

    private static Diagnostic unknownType(ExpressionNode.Cast cast, Program program) {
        return Diagnostic.of(
                DiagnosticCode.UNKNOWN_C_TYPE,
                cast.type().span(),
                program.path() + " has no type `" + cast.type().text() + "`",
                "unknown type",
                program.debug().available()
                        ? "write it as in C: \"struct name\", \"name_t\", \"unsigned int\""
                        : program.debug().text());
    }

    private @Nullable Typed address(ExpressionNode.AddressOf e, Scope scope, PointContext context) {
        return path(e, scope, context) instanceof MemoryPaths.Outcome.Found(var path) && path.place()
                ? new Typed(path.type(), path.space()).pointer()
                : null;
    }

    private @Nullable Typed fact(@Nullable VariableSymbol variable) {
        var fact = variable == null ? null : variables.get(variable);
        return fact == null ? null : fact.typed();
    }

    private static @Nullable Typed either(@Nullable Typed one, @Nullable Typed other) {
        return one == null ? other : other == null || one.sameAs(other) ? one : null;
    }

    /** A variable is given a value of this type. */
    void learn(@Nullable VariableSymbol variable, @Nullable Typed typed) {
        if (variable != null) {
            learn(variables, variable, typed);
        }
    }

    /** A function returns a value of this type. */
    void learn(FunctionSymbol function, @Nullable Typed typed) {
        learn(results, function, typed);
    }

    private <K> void learn(Map<K, Fact> facts, K key, @Nullable Typed typed) {
        if (typed == null) {
            return;
        }
        var before = facts.get(key);
        if (before == null) {
            facts.put(key, new Fact(typed));
            changed = true;
        } else if (before.typed() != null && !before.typed().sameAs(typed)) {
            facts.put(key, new Fact(null));
            changed = true;
        }
    }

    /** Whether something was learnt since the last question. */
    boolean changedSince() {
        boolean since = changed;
        changed = false;
        return since;
    }
}
