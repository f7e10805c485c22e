package io.stapscope.compiler.syntax;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.BAD_MACRO;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.NESTED_TOO_DEEP;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.TOO_MANY_TOKENS;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.UNCLOSED_BRACKET;

import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.source.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the bodies of macros where they are called. All words of a body stand at the place of the call then, those of the
 * arguments stay at theirs; what is reported about the call says where the macro comes from.
 */
final class MacroExpander {
    /** A macro called for each word of another can make more words than any machine holds. */
    private static final int WORK = 4 * SyntaxLimits.TOKENS;

    private static final int LONGEST_SHOWN = 60;

    private final Map<String, Macro> own;
    private final MacroLibrary library;
    private final Diagnostics diagnostics;
    private final Deque<Macro> active = new ArrayDeque<>();
    private int work;
    private int depth;
    private boolean gap;
    private boolean tooMany;

    MacroExpander(Map<String, Macro> own, MacroLibrary library, Diagnostics diagnostics) {
        this.own = own;
        this.library = library;
        this.diagnostics = diagnostics;
    }

    /**
     * Where words are expanded.
     *
     * @param place the call that all words of a body stand at; null for the script
     */
    private record Frame(
            @Nullable Macro macro,
            Map<String, List<Token>> arguments,
            @Nullable Span place) {}

    /** All words with the macros expanded; the last stays END. */
    List<Token> expand(List<Token> tokens) {
        var out = new ArrayList<Token>();
        expand(tokens.subList(0, tokens.size() - 1), new Frame(null, Map.of(), null), out);
        if (out.size() > SyntaxLimits.TOKENS) {
            reportTooMany(out.get(SyntaxLimits.TOKENS).span());
            out.subList(SyntaxLimits.TOKENS, out.size()).clear();
        }
        Token end = tokens.getLast();
        out.add(gap || tooMany ? end.afterGap() : end);
        return out;
    }

    private void reportTooMany(Span place) {
        if (!tooMany) {
            tooMany = true;
            diagnostics.report(
                    TOO_MANY_TOKENS,
                    place,
                    "the macros stand for more than " + SyntaxLimits.TOKENS + " words and signs",
                    "too many from here",
                    "make a function of what is repeated");
        }
    }

    private boolean isExhausted() {
        return work > WORK;
    }

    private void expand(List<Token> tokens, Frame frame, List<Token> out) {
        int at = 0;
        while (at < tokens.size() && !isExhausted()) {
            Token token = tokens.get(at++);
            work++;
            List<Token> argument = frame.arguments().get(token.text());
            Macro macro = token.isAtWord() ? lookUp(token.text(), frame) : null;
            if (token.isAtWord() && argument != null) {
                work += argument.size();
                addAll(argument, token, out);
            } else if (macro != null) {
                at = call(tokens, at, macro, frame, out);
            } else {
                add(frame.place() == null ? token : token.at(frame.place()), out);
            }
        }
    }

    private @Nullable Macro lookUp(String name, Frame frame) {
        Macro macro = frame.macro() != null && frame.macro().library() ? null : own.get(name);
        return macro == null ? library.find(name) : macro;
    }

    /** Expands the call whose name was read; gives the position behind it. */
    private int call(List<Token> tokens, int behindName, Macro macro, Frame frame, List<Token> out) {
        Token name = tokens.get(behindName - 1);
        boolean open = (macro.takesArguments() || macro.isUnreadable())
                && behindName < tokens.size()
                && tokens.get(behindName).isOperator("(");
        int end = open ? behindParentheses(tokens, behindName) : behindName;
        if (end < 0) {
            diagnostics.report(
                    UNCLOSED_BRACKET,
                    frame.place() == null ? tokens.get(behindName).span() : frame.place(),
                    "the arguments of `" + macro.name() + "` are not closed",
                    "no `)` for this",
                    "the macro is called as " + macro.form());
            gap = true;
            return tokens.size();
        }
        if (macro.isUnreadable()) {
            gap = true;
            return end;
        }
        Span written = open ? Span.covering(name.span(), tokens.get(end - 1).span()) : name.span();
        Span place = frame.place() == null ? written : frame.place();
        List<List<Token>> arguments = open ? split(tokens.subList(behindName + 1, end - 1)) : List.of();
        if (!mayCall(macro, arguments.size(), open, place)) {
            gap = true;
            return end;
        }
        depth++;
        try {
            expandCall(macro, name, arguments, place, frame, out);
        } finally {
            depth--;
        }
        return end;
    }

    private void expandCall(
            Macro macro, Token name, List<List<Token>> arguments, Span place, Frame frame, List<Token> out) {
        var values = new HashMap<String, List<Token>>();
        for (int i = 0; i < arguments.size(); i++) {
            var value = new ArrayList<Token>();
            expand(arguments.get(i), frame, value);
            values.put(macro.parameters().get(i), value);
        }
        var body = new ArrayList<Token>();
        active.push(macro);
        try {
            expand(macro.body(), new Frame(macro, values, place), body);
        } finally {
            active.pop();
        }
        if (isExhausted()) {
            reportTooMany(place);
            return;
        }
        if (frame.place() == null) {
            diagnostics.explain(
                    place, "`" + macro.name() + "` is defined at " + macro.place() + " and stands for " + shown(body));
        }
        addAll(body, name, out);
    }

    private boolean mayCall(Macro macro, int given, boolean open, Span place) {
        if (active.stream().anyMatch(each -> each == macro)) {
            diagnostics.report(
                    BAD_MACRO,
                    place,
                    "the macro `" + macro.name() + "` calls itself",
                    "would never end",
                    "it is defined at " + macro.place() + "; a function may call itself, a macro may not");
            return false;
        }
        if (depth >= SyntaxLimits.DEPTH) {
            diagnostics.report(
                    NESTED_TOO_DEEP,
                    place,
                    "macros are nested deeper than " + SyntaxLimits.DEPTH + " levels",
                    "too deep from here",
                    "make a function of the inner part");
            return false;
        }
        int wanted = macro.parameters().size();
        if (given != wanted) {
            String number = wanted == 1 ? "one argument" : wanted + " arguments";
            diagnostics.report(
                    BAD_MACRO,
                    place,
                    "the macro `" + macro.name() + "` takes " + number + ", not " + (open ? given : "none"),
                    "wrong number of arguments",
                    "it is defined at " + macro.place() + " and called as " + macro.form());
            return false;
        }
        return true;
    }

    /** The position behind the parenthesis that closes the one at {@code opening}; -1 when there is none. */
    private static int behindParentheses(List<Token> tokens, int opening) {
        int depth = 0;
        int at = opening;
        do {
            Token token = tokens.get(at++);
            depth += token.isOperator("(") ? 1 : token.isOperator(")") ? -1 : 0;
        } while (depth > 0 && at < tokens.size());
        return depth > 0 ? -1 : at;
    }

    /** Cuts at the commas that stand in no bracket. */
    private static List<List<Token>> split(List<Token> tokens) {
        var parts = new ArrayList<List<Token>>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.isOperator("(") || token.isOperator("[") || token.isOperator("{") || token.isOperator("%(")) {
                depth++;
            } else if (token.isOperator(")")
                    || token.isOperator("]")
                    || token.isOperator("}")
                    || token.isOperator("%)")) {
                depth--;
            } else if (depth <= 0 && token.isOperator(",")) {
                parts.add(tokens.subList(start, i));
                start = i + 1;
            }
        }
        parts.add(tokens.subList(start, tokens.size()));
        return parts;
    }

    private void addAll(List<Token> tokens, Token called, List<Token> out) {
        for (int i = 0; i < tokens.size(); i++) {
            add(i == 0 ? tokens.get(i).inPlaceOf(called) : tokens.get(i), out);
        }
    }

    private void add(Token token, List<Token> out) {
        out.add(gap ? token.afterGap() : token);
        gap = false;
    }

    private static String shown(List<Token> tokens) {
        if (tokens.isEmpty()) {
            return "nothing";
        }
        var text = new StringBuilder();
        for (Token token : tokens) {
            text.append(text.isEmpty() || token.glued() ? "" : " ").append(token.written());
            if (text.length() > LONGEST_SHOWN) {
                return "`" + text.substring(0, LONGEST_SHOWN) + "...`";
            }
        }
        return "`" + text + "`";
    }
}
