package io.stapscope.compiler.syntax;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.BAD_FOREACH;

import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.KeyNode;
import io.stapscope.compiler.syntax.tree.Name;
import io.stapscope.compiler.syntax.tree.StatementNode;
import io.stapscope.compiler.syntax.tree.StatementNode.ForeachSource;
import io.stapscope.compiler.syntax.tree.StatementNode.Sort;
import io.stapscope.compiler.syntax.tree.StatisticOperator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code foreach} with all its forms: {@code foreach (value = [key, key-] in array[slice] @op- limit n)}. */
final class ForeachParser {
    private static final String FORM = "write foreach (key in array) or foreach ([key1, key2] in array)";

    private final Grammar grammar;
    private final TokenStream tokens;

    ForeachParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    private record Header(
            List<Name> keys,
            @Nullable Name value,
            ForeachSource source,
            List<KeyNode> slice,
            @Nullable Sort sort,
            @Nullable ExpressionNode limit) {}

    @Nullable
    StatementNode foreach() {
        Span first = tokens.next().span();
        Header header = null;
        try {
            header = new HeaderParser().header();
        } catch (Panic panic) {
            grammar.statements.skipHeader();
        }
        StatementNode body = grammar.statements.loopBody();
        return header == null || body == null
                ? null
                : new StatementNode.Foreach(
                        tokens.since(first),
                        header.keys(),
                        header.value(),
                        header.source(),
                        header.slice(),
                        header.sort(),
                        header.limit(),
                        body);
    }

    /** One header: what is found on the way to {@code )}. */
    private final class HeaderParser {
        private final List<Name> keys = new ArrayList<>();
        private @Nullable Name value;
        private @Nullable Sort sort;

        Header header() {
            Token opening = tokens.expect("(", "after `foreach`", FORM);
            variables();
            if (!tokens.acceptKeyword("in")) {
                throw tokens.fail(
                        BAD_FOREACH,
                        tokens.peek().span(),
                        "expected `in` and an array but found " + tokens.peek().described(),
                        "`in` is missing before this",
                        FORM);
            }
            ForeachSource source = source();
            List<KeyNode> slice = tokens.at("[") ? grammar.expressions.keyPatterns() : List.of();
            sourceSort();
            ExpressionNode limit = tokens.acceptKeyword("limit") ? grammar.expressions.expression() : null;
            tokens.close(opening, ")");
            return new Header(List.copyOf(keys), value, source, slice, sort, limit);
        }

        private void variables() {
            if (tokens.at("[")) {
                keyList();
                return;
            }
            Name name = variable();
            Token sign = tokens.peek();
            boolean signed = atSign();
            if (signed) {
                tokens.next();
            }
            if (!tokens.accept("=")) {
                keys.add(name);
                if (signed) {
                    sortBy(new Sort(sign.span(), 0, sign.isOperator("-"), null));
                }
                return;
            }
            value = name;
            if (signed) {
                sortBy(new Sort(sign.span(), -1, sign.isOperator("-"), null));
            }
            if (tokens.at("[")) {
                keyList();
            } else {
                key();
            }
        }

        private void keyList() {
            Token opening = tokens.next();
            do {
                key();
            } while (tokens.accept(","));
            tokens.close(opening, "]");
        }

        private void key() {
            keys.add(variable());
            if (atSign()) {
                Token sign = tokens.next();
                sortBy(new Sort(sign.span(), keys.size() - 1, sign.isOperator("-"), null));
            }
        }

        private Name variable() {
            Token token = tokens.peek();
            if (!token.isPlainIdentifier()) {
                throw tokens.fail(
                        BAD_FOREACH,
                        token.span(),
                        "expected a variable for the key but found " + token.described(),
                        "not a variable",
                        FORM);
            }
            return grammar.literals.name("a variable");
        }

        private ForeachSource source() {
            if (grammar.atOperators.atHistogram()) {
                return new ForeachSource.Buckets(grammar.atOperators.histogram());
            }
            Token token = tokens.peek();
            if (!token.isPlainIdentifier()) {
                throw tokens.fail(
                        BAD_FOREACH,
                        token.span(),
                        "expected a global array after `in` but found " + token.described(),
                        "not an array",
                        FORM);
            }
            return new ForeachSource.Array(grammar.literals.name("an array"));
        }

        private void sourceSort() {
            Token first = tokens.peek();
            StatisticOperator operator = grammar.atOperators.statisticAhead();
            if (operator != null) {
                tokens.next();
                if (!atSign()) {
                    throw tokens.fail(
                            BAD_FOREACH,
                            first.span(),
                            "the order after `" + first.text() + "` is missing",
                            "up or down?",
                            "write `" + first.text() + "-` for the largest first, `" + first.text()
                                    + "+` for the smallest");
                }
            }
            if (atSign()) {
                Token sign = tokens.next();
                Span span = Span.covering(first.span(), sign.span());
                sortBy(new Sort(span, -1, sign.isOperator("-"), operator));
            }
        }

        private boolean atSign() {
            return tokens.at("+") || tokens.at("-");
        }

        private void sortBy(Sort found) {
            if (sort != null) {
                tokens.report(
                        BAD_FOREACH,
                        found.span(),
                        "a `foreach` can be sorted by one thing only",
                        "a second order",
                        "keep `+` or `-` at one key, or at the array for its values");
            }
            sort = found;
        }
    }
}
