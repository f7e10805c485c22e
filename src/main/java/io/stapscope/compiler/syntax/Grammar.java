package io.stapscope.compiler.syntax;

/** The parts of the parser, which call each other in circles: bodies hold expressions, expressions stand in probe points. */
final class Grammar {
    final TokenStream tokens;
    final LiteralParser literals;
    final ExpressionParser expressions;
    final OperandParser operands;
    final PrintParser prints;
    final AtOperatorParser atOperators;
    final StatementParser statements;
    final ForeachParser loops;
    final ProbePointParser probePoints;
    final DeclarationParser declarations;

    Grammar(TokenStream tokens) {
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
