package io.stapscope.compiler.syntax;

import java.util.Set;

/** The parts of the parser, which call each other in circles: bodies hold expressions, expressions stand in probe points. */
final class Grammar {
    final TokenStream tokens;
    final Set<String> macros;
    final LiteralParser literals;
    final ExpressionParser expressions;
    final OperandParser operands;
    final PrintParser prints;
    final AtOperatorParser atOperators;
    final StatementParser statements;
    final ForeachParser loops;
    final ProbePointParser probePoints;
    final DeclarationParser declarations;

    /** @param macros the names of those that can be called, to tell what a misspelt one means */
    Grammar(TokenStream tokens, Set<String> macros) {
        this.macros = macros;
        this.tokens = tokens;
        this.literals = new LiteralParser(tokens);
        this.expressions = new ExpressionParser(this);
        this.operands = new OperandParser(this);
        this.prints = new PrintParser(this);
        this.atOperators = new AtOperatorParser(this);
        this.statements = new StatementParser(this);
        this.loops = new ForeachParser(this);
        this.probePoints = new ProbePointParser(this);
        this.declarations = new DeclarationParser(this);
    }
}
