package io.stapscope.compiler.syntax;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.KEYWORD_AS_NAME;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.LITERAL_NEEDED;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.UNEXPECTED_TOKEN;

import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.ExpressionNode.NumberLiteral;
import io.stapscope.compiler.syntax.tree.ExpressionNode.StringLiteral;
import io.stapscope.compiler.syntax.tree.Name;
import io.stapscope.compiler.syntax.tree.TypeName;

/** Literals, names and type names: the leaves of the grammar. */
final class LiteralParser {
    private final TokenStream tokens;

    LiteralParser(TokenStream tokens) {
        this.tokens = tokens;
    }

    boolean atString() {
        return tokens.peek().kind() == Token.Kind.STRING;
    }

    /** A string, with the strings right after it glued on. */
    StringLiteral string(String what) {
        if (!atString()) {
            throw notLiteral(what + " must be a string in double quotes");
        }
        Span first = tokens.peek().span();
        var bytes = new StringBuilder();
        while (atString()) {
            bytes.append(tokens.next().text());
        }
        return new StringLiteral(tokens.since(first), bytes.toString());
    }

    /** A number without a sign. */
    NumberLiteral number(String what) {
        if (tokens.peek().kind() != Token.Kind.NUMBER) {
            throw notLiteral(what + " must be a number");
        }
        Token token = tokens.next();
        return new NumberLiteral(token.span(), token.number());
    }

    /** A number that may have a minus sign. */
    NumberLiteral signedNumber(String what) {
        Span first = tokens.peek().span();
        boolean negative = tokens.accept("-");
        NumberLiteral number = number(what);
        return negative ? new NumberLiteral(tokens.since(first), -number.value()) : number;
    }

    ExpressionNode numberOrString(String what) {
        boolean number = tokens.peek().kind() == Token.Kind.NUMBER || tokens.at("-");
        return number ? signedNumber(what) : stringOrFail(what);
    }

    private StringLiteral stringOrFail(String what) {
        if (!atString()) {
            throw notLiteral(what + " must be a number or a string in double quotes");
        }
        return string(what);
    }

    private Panic notLiteral(String message) {
        Token found = tokens.peek();
        boolean nothing = found.startsLine() || tokens.atEnd();
        return tokens.fail(
                LITERAL_NEEDED,
                (nothing ? tokens.previous() : found).span(),
                message,
                nothing ? "nothing behind this" : "not a literal",
                "write the value itself here, not something that is computed");
    }

    /** A name the user chooses. */
    Name name(String what) {
        Token token = tokens.peek();
        if (token.isPlainIdentifier()) {
            tokens.next();
            return new Name(token.span(), token.text());
        }
        if (token.startsLine() || tokens.atEnd()) {
            throw tokens.fail(
                    UNEXPECTED_TOKEN,
                    tokens.previous().span(),
                    "the name of " + what + " is missing",
                    "expected a name after this",
                    "a name is made of letters, digits and `_` and does not begin with a digit");
        }
        if (token.kind() == Token.Kind.KEYWORD) {
            boolean type = token.text().equals("long") || token.text().equals("string");
            throw tokens.fail(
                    KEYWORD_AS_NAME,
                    token.span(),
                    "the keyword `" + token.text() + "` cannot be the name of " + what,
                    "a keyword",
                    type
                            ? "types are found out by themselves; functions may write them as name:" + token.text()
                            : "choose another name, as `" + token.text() + "_`");
        }
        throw tokens.fail(
                UNEXPECTED_TOKEN,
                token.span(),
                "expected the name of " + what + " but found " + token.described(),
                "not a name",
                "a name is made of letters, digits and `_` and does not begin with a digit");
    }

    /** {@code long} or {@code string}, after a colon. */
    TypeName type() {
        Token token = tokens.peek();
        if (tokens.acceptKeyword("long")) {
            return new TypeName(token.span(), TypeName.Kind.LONG);
        }
        if (tokens.acceptKeyword("string")) {
            return new TypeName(token.span(), TypeName.Kind.STRING);
        }
        throw tokens.unexpected("a type", "the types are `long` and `string`");
    }
}
