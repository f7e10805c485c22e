package io.stapscope.compiler.syntax;

import io.stapscope.compiler.source.SourceText;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.AssignOperator;
import io.stapscope.compiler.syntax.tree.AtOperator;
import io.stapscope.compiler.syntax.tree.BinaryOperator;
import io.stapscope.compiler.syntax.tree.DeclarationNode;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.ExpressionNode.NumberLiteral;
import io.stapscope.compiler.syntax.tree.ExpressionNode.StringLiteral;
import io.stapscope.compiler.syntax.tree.ExpressionNode.Suffix;
import io.stapscope.compiler.syntax.tree.KeyNode;
import io.stapscope.compiler.syntax.tree.Name;
import io.stapscope.compiler.syntax.tree.PrintFunction;
import io.stapscope.compiler.syntax.tree.Script;
import io.stapscope.compiler.syntax.tree.StatementNode;
import io.stapscope.compiler.syntax.tree.StatisticOperator;
import io.stapscope.compiler.syntax.tree.TypeName;
import io.stapscope.compiler.syntax.tree.UnaryOperator;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Trees that a script could have, each node at no place. */
final class RandomTrees {
    private static final Span NOWHERE = new Span(new SourceText("random.stp", ""), 0, 0);

    private final Random random;

    RandomTrees(long seed) {
        this.random = new Random(seed);
    }

    Script script() {
        return new Script(NOWHERE, some(1, 3, this::function));
    }

    private DeclarationNode function() {
        List<DeclarationNode.Parameter> parameters = some(
                0,
                3,
                () -> new DeclarationNode.Parameter(
                        NOWHERE,
                        name(),
                        random.nextBoolean() ? null : new TypeName(NOWHERE, pick(TypeName.Kind.values()))));
        return new DeclarationNode.Function(NOWHERE, random.nextBoolean(), name(), null, parameters, null, block(3));
    }

    private StatementNode.Block block(int depth) {
        return new StatementNode.Block(NOWHERE, some(0, 3, () -> statement(depth)));
    }

    private StatementNode statement(int depth) {
        int rest = depth - 1;
        return switch (depth <= 0 ? random.nextInt(5) : random.nextInt(11)) {
            case 0, 1 -> new StatementNode.Evaluate(NOWHERE, expression(4));
            case 2 -> new StatementNode.Return(NOWHERE, random.nextBoolean() ? null : expression(3));
            case 3 -> new StatementNode.Delete(NOWHERE, name(), some(0, 2, this::key));
            case 4 -> new StatementNode.Next(NOWHERE);
            case 5 -> new StatementNode.If(NOWHERE, expression(2), statement(rest), null);
            case 6 -> new StatementNode.If(NOWHERE, expression(2), statement(rest), statement(rest));
            case 7 -> new StatementNode.While(NOWHERE, expression(2), new StatementNode.Break(NOWHERE));
            case 8 -> new StatementNode.For(NOWHERE, expression(2), null, expression(2), statement(rest));
            case 9 -> foreach(rest);
            default -> new StatementNode.Try(NOWHERE, block(rest), random.nextBoolean() ? null : name(), block(rest));
        };
    }

    private StatementNode foreach(int depth) {
        List<Name> keys = some(1, 3, this::name);
        int key = random.nextInt(keys.size() + 1) - 1;
        var operator = key >= 0 || random.nextBoolean() ? null : pick(StatisticOperator.values());
        return new StatementNode.Foreach(
                NOWHERE,
                keys,
                random.nextBoolean() ? null : name(),
                new StatementNode.ForeachSource.Array(name()),
                some(0, 2, this::key),
                random.nextBoolean() ? null : new StatementNode.Sort(NOWHERE, key, random.nextBoolean(), operator),
                random.nextBoolean() ? null : expression(2),
                statement(depth));
    }

    private ExpressionNode expression(int depth) {
        if (depth <= 0) {
            return leaf();
        }
        int rest = depth - 1;
        return switch (random.nextInt(16)) {
            case 0, 1, 2 ->
                new ExpressionNode.Binary(NOWHERE, pick(BinaryOperator.values()), expression(rest), expression(rest));
            case 3 -> new ExpressionNode.Unary(NOWHERE, pick(UnaryOperator.values()), expression(rest));
            case 4 -> new ExpressionNode.Conditional(NOWHERE, expression(rest), expression(rest), expression(rest));
            case 5 -> new ExpressionNode.Assign(NOWHERE, pick(AssignOperator.values()), place(rest), expression(rest));
            case 6 -> new ExpressionNode.Step(NOWHERE, place(rest), random.nextBoolean(), random.nextBoolean());
            case 7 -> new ExpressionNode.Contains(NOWHERE, some(1, 3, this::key), name());
            case 8 -> new ExpressionNode.RegexMatch(NOWHERE, expression(rest), string(), random.nextBoolean());
            case 9 -> new ExpressionNode.Call(NOWHERE, name(), some(0, 3, () -> expression(rest)));
            case 10 ->
                new ExpressionNode.Print(
                        NOWHERE, NOWHERE, PrintFunction.SPRINTF, string(), some(0, 2, () -> expression(rest)));
            case 11 -> new ExpressionNode.AddressOf(NOWHERE, new ExpressionNode.TargetVariable(NOWHERE, "$x"));
            case 12 -> access(rest);
            case 13 -> new ExpressionNode.Bucket(NOWHERE, histogram(), expression(rest));
            case 14 -> new ExpressionNode.AtOperation(NOWHERE, AtOperator.KDEREF, some(2, 2, () -> expression(rest)));
            default -> new ExpressionNode.Entry(NOWHERE, expression(rest));
        };
    }

    private ExpressionNode leaf() {
        return switch (random.nextInt(6)) {
            case 0 -> new NumberLiteral(NOWHERE, random.nextLong());
            case 1 -> string();
            case 2 -> new ExpressionNode.TargetVariable(NOWHERE, random.nextBoolean() ? "$fd" : "$$parms");
            case 3 -> new ExpressionNode.Extract(NOWHERE, pick(StatisticOperator.values()), variable(), null);
            default -> variable();
        };
    }

    private ExpressionNode place(int depth) {
        return switch (random.nextInt(3)) {
            case 0 -> new ExpressionNode.Element(NOWHERE, name(), some(1, 2, () -> expression(depth)));
            case 1 -> new ExpressionNode.TargetVariable(NOWHERE, "$x");
            default -> variable();
        };
    }

    private ExpressionNode access(int depth) {
        List<Suffix> suffixes = some(
                1,
                3,
                () -> random.nextBoolean()
                        ? new Suffix.Member(NOWHERE, name())
                        : new Suffix.Subscript(NOWHERE, expression(depth)));
        var all = Stream.concat(
                        suffixes.stream(),
                        random.nextBoolean()
                                ? Stream.of(new Suffix.Pretty(NOWHERE, random.nextBoolean()))
                                : Stream.<Suffix>empty())
                .toList();
        return new ExpressionNode.Access(NOWHERE, expression(depth), all);
    }

    private ExpressionNode.Histogram histogram() {
        return new ExpressionNode.Histogram(
                NOWHERE,
                variable(),
                random.nextBoolean() ? null : new ExpressionNode.LinearScale(number(-5), number(100), number(7)));
    }

    private static NumberLiteral number(long value) {
        return new NumberLiteral(NOWHERE, value);
    }

    private KeyNode key() {
        return random.nextInt(4) == 0 ? new KeyNode.Any(NOWHERE) : new KeyNode.Exact(expression(1));
    }

    private StringLiteral string() {
        var bytes = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            bytes.append((char) (1 + random.nextInt(255)));
        }
        return new StringLiteral(NOWHERE, bytes.toString());
    }

    private ExpressionNode variable() {
        return new ExpressionNode.Variable(NOWHERE, name().text());
    }

    private Name name() {
        return new Name(NOWHERE, pick(new String[] {"a", "b1", "_c", "printed", "limits", "d$e"}));
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private <T> List<T> some(int least, int most, Supplier<? extends T> each) {
        return Stream.<T>generate(each)
                .limit(least + random.nextInt(most - least + 1))
                .toList();
    }
}
