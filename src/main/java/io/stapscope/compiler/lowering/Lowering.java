package io.stapscope.compiler.lowering;

import io.stapscope.compiler.analysis.FunctionSymbol;
import io.stapscope.compiler.analysis.GlobalSymbol;
import io.stapscope.compiler.analysis.ProbeSymbol;
import io.stapscope.compiler.analysis.ProbeTextUse;
import io.stapscope.compiler.analysis.Symbols;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Function;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.Limits;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.probe.NoContext;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.type.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes the first plan of a script without errors: every handler in user space, every string as wide as a string can be,
 * every global in memory. The passes after it know better.
 */
public final class Lowering {
    private final Symbols symbols;
    private final Limits limits;
    private final Map<GlobalSymbol, Global> globals = new HashMap<>();
    private final Map<FunctionSymbol, Integer> functionIds = new HashMap<>();
    private final Map<Integer, Function> functions = new HashMap<>();
    private final ProbeTextUse probeTextUse;

    private Lowering(Symbols symbols, Limits limits) {
        this.symbols = symbols;
        this.limits = limits;
        this.probeTextUse = new ProbeTextUse(symbols);
    }

    public static Plan run(SourceText script, Symbols symbols, Limits limits) {
        var pass = new Lowering(symbols, limits);
        var all = new ArrayList<Global>();
        for (var symbol : symbols.globals()) {
            var global = pass.draft(symbol);
            pass.globals.put(symbol, global);
            all.add(global);
        }
        var handlers = new ArrayList<Handler>();
        for (var probe : symbols.probes()) {
            for (var point : probe.points()) {
                handlers.add(pass.handler(handlers.size(), probe, point));
            }
        }
        var functions = new ArrayList<Function>();
        for (int id = 0; id < pass.functionIds.size(); id++) {
            functions.add(Objects.requireNonNull(pass.functions.get(id)));
        }
        return new Plan(script, all, functions, handlers, limits);
    }

    Symbols symbols() {
        return symbols;
    }

    Global global(GlobalSymbol symbol) {
        return Objects.requireNonNull(globals.get(symbol));
    }

    int width(Type type) {
        return switch (type) {
            case LONG -> Long.BYTES;
            case STRING -> limits.maxStringLength();
            case STATISTIC, NONE -> 0;
        };
    }

    private Global draft(GlobalSymbol symbol) {
        var keys = symbol.keys();
        var declaration = symbol.declaration();
        long capacity = keys.isEmpty()
                ? 1
                : declaration.size() == null
                        ? limits.maxMapEntries()
                        : declaration.size().value();
        Object initial =
                switch (declaration.initial()) {
                    case ExpressionNode.NumberLiteral literal -> (Object) literal.value();
                    case ExpressionNode.StringLiteral literal ->
                        literal.bytes().substring(0, Math.min(literal.bytes().length(), limits.maxStringLength() - 1));
                    case null, default -> null;
                };
        return new Global(
                symbol.id(),
                symbol.name(),
                symbol.span(),
                keys,
                keys.stream().map(this::width).toList(),
                Collections.nCopies(keys.size(), Global.KeyKind.PLAIN),
                symbol.type(),
                width(symbol.type()),
                (int) capacity,
                declaration.wrap(),
                symbol.linear(),
                initial,
                Global.Place.USER,
                false,
                false,
                Global.Unit.NONE,
                symbol.varianceShift());
    }

    private Handler handler(int id, ProbeSymbol probe, ProbeSymbol.ResolvedPoint resolved) {
        var point = resolved.point();
        var declared = probe.body();
        var body = new BodyLowering(this, probe.scope(), probe.context(), null);
        body.setPoint(point);
        body.setProbeText(
                point instanceof ProbePoint.Code code
                        ? SiteTexts.points(resolved.span(), code)
                        : new Expression.StringLiteral(resolved.span(), point.text()));
        body.setProbeName(resolved.span().text());
        var block = guarded(probe, body.statements().body(declared, resolved.condition()));
        return new Handler(
                id, declared.span(), point, Handler.Place.USER, body.locals(), body.entries(), List.of(), block);
    }

    /** Some hits of a place do not count. */
    private static Statement.Block guarded(ProbeSymbol probe, Statement.Block block) {
        var guard = probe.context().guard();
        return guard == null
                ? block
                : new Statement.Block(
                        block.span(),
                        List.of(new Statement.If(
                                block.span(),
                                guard.read(block.span()),
                                block,
                                new Statement.Block(block.span(), List.of()))));
    }

    /** The id of a function, which is lowered when it is called first. */
    int functionId(FunctionSymbol symbol) {
        var known = functionIds.get(symbol);
        if (known != null) {
            return known;
        }
        int id = functionIds.size();
        functionIds.put(symbol, id);
        var body = new BodyLowering(this, symbol.scope(), NoContext.INSTANCE, symbol);
        int parameters = symbol.parameters().size();
        if (probeTextUse.uses(symbol)) {
            // pp() differs from caller to caller: the text comes as one more parameter.
            var text = body.temporary(Type.STRING, "pp");
            body.setProbeText(
                    new Expression.ReadLocal(symbol.declaration().name().span(), text));
            parameters++;
        }
        body.declareLocals();
        var block = body.statements().function(symbol);
        functions.put(
                id,
                new Function(
                        id,
                        symbol.name(),
                        symbol.declaration().name().span(),
                        parameters,
                        body.locals(),
                        symbol.result(),
                        width(symbol.result()),
                        block));
        return id;
    }

    /** The lowered function, null while it is being lowered: then the call is a recursion. */
    @Nullable
    Function function(int id) {
        return functions.get(id);
    }

    boolean takesProbeText(FunctionSymbol symbol) {
        return probeTextUse.uses(symbol);
    }
}
