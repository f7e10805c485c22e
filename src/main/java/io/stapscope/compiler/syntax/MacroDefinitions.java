package io.stapscope.compiler.syntax;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.BAD_MACRO;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.UNCLOSED_BRACKET;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes the definitions of macros out of the words of a script. */
final class MacroDefinitions {
    private static final String FORM = "write @define name %( ... %) or @define name(a, b) %( @a ... @b %)";

    private final boolean library;
    private final Diagnostics diagnostics;
    private final Map<String, Macro> found = new HashMap<>();
    private final Set<String> repeated = new HashSet<>();
    private List<Token> tokens = List.of();
    private int position;

    /** @param library whether it is a library that is read */
    MacroDefinitions(boolean library, Diagnostics diagnostics) {
        this.library = library;
        this.diagnostics = diagnostics;
    }

    /** By name with the at sign. */
    Map<String, Macro> found() {
        return found;
    }

    /** Reads the definitions and gives the other words; the one behind a wrong definition is marked. */
    List<Token> take(List<Token> all) {
        tokens = all;
        position = 0;
        var rest = new ArrayList<Token>();
        boolean gap = false;
        boolean cut = false;
        while (position < tokens.size()) {
            if (atDefine()) {
                cut = true;
                gap |= !definition();
            } else {
                Token token = tokens.get(position++);
                rest.add(gap ? token.afterGap() : cut ? token.unglued() : token);
                gap = false;
                cut = false;
            }
        }
        return rest;
    }

    /** False when it was wrong, which was reported then. */
    private boolean definition() {
        Token define = next();
        Token name = peek();
        boolean word = name.isPlainIdentifier() || name.kind() == Token.Kind.KEYWORD;
        if (!word || name.startsLine()) {
            missingName(define, name);
            return false;
        }
        next();
        boolean read = defined(define, name);
        if (!read) {
            // Its calls must not be called unknown.
            found.putIfAbsent("@" + name.text(), Macro.unreadable("@" + name.text(), name.span()));
        }
        return read;
    }

    private void missingName(Token define, Token found) {
        if (found.startsLine() || found.kind() == Token.Kind.END) {
            refuse(define.span(), "`@define` needs the name of a macro", "no name behind this", FORM);
            return;
        }
        boolean at = found.isAtWord();
        refuse(
                found.span(),
                "`@define` needs the name of a macro, but " + found.described() + " follows",
                "not a name",
                at ? "the `@` stands before the name only where the macro is called" : FORM);
        next();
        skipRest();
    }

    private boolean defined(Token define, Token name) {
        var parameters = new ArrayList<String>();
        if (peek().isOperator("(") && !parameters(name, parameters)) {
            skipRest();
            return false;
        }
        if (!peek().isOperator("%(")) {
            refuse(
                    Span.covering(define.span(), name.span()),
                    "the macro `@" + name.text() + "` has no body in `%( ... %)`",
                    "expected `%(` after this",
                    FORM);
            return false;
        }
        List<Token> body = body(name);
        return body != null && keep(name, parameters, body);
    }

    private boolean keep(Token name, List<String> parameters, List<Token> body) {
        String called = "@" + name.text();
        if (Words.AT_OPERATORS.contains(called)) {
            refuse(
                    name.span(),
                    "`" + called + "` is an operator of the language and cannot be a macro",
                    "taken",
                    "choose another name, as `" + name.text() + "_`");
            return false;
        }
        Macro first = found.get(called);
        if (first != null && !repeated.add(called)) {
            // A script full of the same definition is told so once.
            return false;
        }
        if (first != null) {
            refuse(
                    name.span(),
                    "the macro `" + called + "` is defined twice",
                    "the second time",
                    "the first is at " + first.place() + "; choose another name"
                            + " (a conditional around it does not help: macros come first)");
            return false;
        }
        found.put(called, new Macro(called, name.span(), parameters, body, library, false));
        return true;
    }

    private boolean parameters(Token name, List<String> parameters) {
        Token opening = next();
        do {
            Token parameter = peek();
            boolean word = parameter.isPlainIdentifier() || parameter.kind() == Token.Kind.KEYWORD;
            if (!word) {
                boolean none = parameters.isEmpty() && parameter.isOperator(")");
                refuse(
                        none ? Span.covering(opening.span(), parameter.span()) : parameter.span(),
                        none
                                ? "the parentheses of the macro `@" + name.text() + "` are empty"
                                : "expected the name of a parameter of `@" + name.text() + "` but found "
                                        + parameter.described(),
                        none ? "no parameter" : "not a name",
                        none
                                ? "leave them out: @define " + name.text() + " %( ... %)"
                                : "parameters are plain names here, and have an `@` in the body only");
                return false;
            }
            if (parameters.contains("@" + parameter.text())) {
                refuse(
                        parameter.span(),
                        "two parameters of `@" + name.text() + "` have the name `" + parameter.text() + "`",
                        "the second one",
                        "give each a name of its own");
                return false;
            }
            parameters.add("@" + next().text());
        } while (accept(","));
        if (!accept(")")) {
            refuse(
                    opening.span(),
                    "the parameters of `@" + name.text() + "` are not closed: " + peek().described() + " follows",
                    "no `)` for this",
                    FORM);
            return false;
        }
        return true;
    }

    /** Null when it has no end, or holds another definition. */
    private @Nullable List<Token> body(Token name) {
        Token opening = next();
        var body = new ArrayList<Token>();
        int depth = 1;
        while (true) {
            Token token = peek();
            if (token.kind() == Token.Kind.END) {
                if (!token.broken()) {
                    diagnostics.report(
                            UNCLOSED_BRACKET,
                            opening.span(),
                            "the body of the macro `@" + name.text() + "` is not closed",
                            "no `%)` for this",
                            "add `%)` where the macro ends");
                }
                return null;
            }
            if (atDefine()) {
                refuse(
                        token.span(),
                        "the macro `@" + name.text() + "` cannot define another one",
                        "inside of `%( ... %)` here",
                        "define it on its own, outside");
                next();
                skipRest();
                while (depth > 0 && peek().kind() != Token.Kind.END) {
                    depth += depthOf(next());
                }
                return null;
            }
            depth += depthOf(next());
            if (depth == 0) {
                return body;
            }
            body.add(token);
        }
    }

    private static int depthOf(Token token) {
        return token.isOperator("%(") ? 1 : token.isOperator("%)") ? -1 : 0;
    }

    /** After an error in the head: over what is left of it and the body, so that they are not read as a script. */
    private void skipRest() {
        int start = position;
        int depth = 0;
        while (peek().kind() != Token.Kind.END && !peek().isOperator("%(")) {
            Token token = peek();
            boolean declaration = token.kind() == Token.Kind.KEYWORD && Words.DECLARATIONS.contains(token.text());
            if (atDefine() || (declaration && token.startsLine())) {
                return;
            }
            position++;
        }
        if (peek().kind() == Token.Kind.END) {
            position = start;
            return;
        }
        do {
            depth += depthOf(next());
        } while (depth > 0 && peek().kind() != Token.Kind.END);
    }

    private void refuse(Span span, String message, String label, String note) {
        diagnostics.add(Diagnostic.of(BAD_MACRO, span, message, label, note));
    }

    private boolean atDefine() {
        return peek().is(Token.Kind.IDENTIFIER, "@define");
    }

    private boolean accept(String operator) {
        boolean there = peek().isOperator(operator);
        if (there) {
            next();
        }
        return there;
    }

    private Token peek() {
        return tokens.get(Math.min(position, tokens.size() - 1));
    }

    private Token next() {
        Token token = peek();
        if (token.kind() != Token.Kind.END) {
            position++;
        }
        return token;
    }
}
