package io.stapscope.compiler.syntax;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.BAD_PROBE_POINT;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.MISSING_BODY;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.MISSING_PROBE_POINT;

import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.DeclarationNode;
import io.stapscope.compiler.syntax.tree.ProbePointNode;
import io.stapscope.compiler.syntax.tree.StatementNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Probes and probe aliases. */
final class ProbeParser {
    private enum Kind {
        PROBE,
        PROLOGUE,
        EPILOGUE
    }

    private record Header(Kind kind, List<ProbePointNode> names, List<ProbePointNode> points) {}

    private final Grammar grammar;
    private final TokenStream tokens;

    ProbeParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /** Null when the head of the probe could not be read; its body was looked at then. */
    @Nullable
    DeclarationNode probe() {
        Token keyword = tokens.next();
        int column = tokens.column(keyword);
        Header header = null;
        try {
            header = header();
        } catch (Panic panic) {
            skipToBody();
        }
        if (header == null && !tokens.at("{")) {
            return null;
        }
        StatementNode.Block body = grammar.statements.body(false, column);
        StatementNode.Block second = null;
        boolean alias = header != null && header.kind() == Kind.PROLOGUE;
        if (alias && tokens.accept(",")) {
            second = grammar.statements.body(false, column);
        }
        if (header == null) {
            return null;
        }
        Span span = tokens.since(keyword.span());
        return switch (header.kind()) {
            case PROBE -> new DeclarationNode.Probe(span, header.points(), body);
            case PROLOGUE -> new DeclarationNode.Alias(span, header.names(), header.points(), body, second);
            case EPILOGUE -> new DeclarationNode.Alias(span, header.names(), header.points(), null, body);
        };
    }

    private Header header() {
        var names = new ArrayList<ProbePointNode>();
        var points = new ArrayList<ProbePointNode>();
        Kind kind = Kind.PROBE;
        while (true) {
            if (tokens.at("{") && !grammar.probePoints.atAlternatives()) {
                throw missingPoint(points.isEmpty() && names.isEmpty());
            }
            ProbePointNode point = grammar.probePoints.point();
            boolean named = points.isEmpty() && kind != Kind.EPILOGUE;
            if (named && (tokens.at("=") || tokens.at("+="))) {
                if (kind == Kind.PROLOGUE && tokens.at("+=")) {
                    throw tokens.fail(
                            BAD_PROBE_POINT,
                            tokens.peek().span(),
                            "`=` and `+=` cannot make one alias together",
                            "after a `=`",
                            "write two aliases: one with `=` for what runs before, one with `+=` for what runs after");
                }
                kind = tokens.next().isOperator("=") ? Kind.PROLOGUE : Kind.EPILOGUE;
                names.add(aliasName(point));
                continue;
            }
            points.add(point);
            if (tokens.at("{")) {
                return new Header(kind, names, points);
            }
            if (!tokens.accept(",")) {
                throw missingBody(points.getLast());
            }
        }
    }

    private ProbePointNode aliasName(ProbePointNode point) {
        boolean plain = point.mark() == ProbePointNode.Mark.NONE && point.condition() == null;
        for (ProbePointNode.Component component : point.components()) {
            plain &= component instanceof ProbePointNode.Component.Plain named && !named.hasWildcard();
        }
        if (!plain) {
            tokens.report(
                    BAD_PROBE_POINT,
                    point.span(),
                    "the name of an alias must be plain",
                    "not a plain name",
                    "no `?`, `!`, `*`, braces or condition: probe name.part = point { ... }");
        }
        return point;
    }

    private Panic missingPoint(boolean first) {
        return tokens.fail(
                MISSING_PROBE_POINT,
                tokens.peek().span(),
                first ? "the probe names no probe point" : "a probe point is missing before `{`",
                "expected a probe point before this",
                "write where to probe: probe begin { ... }, probe timer.s(1) { ... }");
    }

    private Panic missingBody(ProbePointNode point) {
        Token found = tokens.peek();
        boolean ends = tokens.atEnd() || found.startsLine();
        if (!ends && found.kind() != Token.Kind.EMBEDDED_C) {
            return tokens.unexpected(
                    "`,` and another probe point or `{` and the handler", "the handler stands in braces: { ... }");
        }
        return tokens.fail(
                MISSING_BODY,
                point.span(),
                "the probe has no handler",
                "expected `{` after this",
                "write what to do in braces: probe " + point.span().text() + " { ... }");
    }

    /** To the brace of the handler; to the next declaration when there is none. */
    private void skipToBody() {
        while (!tokens.atEnd() && !tokens.at("{")) {
            Token token = tokens.peek();
            boolean declaration = token.kind() == Token.Kind.KEYWORD && Words.DECLARATIONS.contains(token.text());
            boolean part =
                    tokens.previous().isOperator(".") || tokens.previous().isOperator(",");
            if (declaration && (!part || token.startsLine())) {
                return;
            }
            tokens.next();
        }
    }
}
