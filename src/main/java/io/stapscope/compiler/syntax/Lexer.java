package io.stapscope.compiler.syntax;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.EMBEDDED_C_NOT_SUPPORTED;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.NO_SUCH_ARGUMENT;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.TOO_MANY_TOKENS;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.UNCLOSED_COMMENT;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.UNCLOSED_STRING;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.UNUSED_ARGUMENT;

import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.compiler.source.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cuts a script into words. Script arguments are put in where they are named: the text of {@code $1} is cut into words
 * of its own, which all stand at the place of the {@code $1}.
 */
final class Lexer {
    private final SourceText source;
    private final List<String> arguments;
    private final Diagnostics diagnostics;
    private final List<Token> tokens;
    private final BitSet used;

    /** The text being cut: the script, or one argument. */
    private final CharCursor text;

    private boolean glued;
    private boolean startsLine = true;
    private boolean broken;

    private Lexer(
            SourceText source,
            CharCursor text,
            List<String> arguments,
            Diagnostics diagnostics,
            List<Token> tokens,
            BitSet used) {
        this.source = source;
        this.text = text;
        this.arguments = arguments;
        this.diagnostics = diagnostics;
        this.tokens = tokens;
        this.used = used;
    }

    /** All tokens of a script; the last is END. */
    static List<Token> run(SourceText source, List<String> arguments, Diagnostics diagnostics) {
        var tokens = new ArrayList<Token>();
        var used = new BitSet();
        var lexer = new Lexer(source, CharCursor.of(source), arguments, diagnostics, tokens, used);
        lexer.readAll();
        lexer.add(Token.Kind.END, lexer.text.position(), "");
        if (tokens.size() <= SyntaxLimits.TOKENS) {
            lexer.warnOfUnusedArguments();
        }
        return tokens;
    }

    private void readAll() {
        while (skipBlanks()) {
            if (tokens.size() >= SyntaxLimits.TOKENS) {
                int at = text.position();
                diagnostics.report(
                        TOO_MANY_TOKENS,
                        text.span(at, at + 1),
                        "the script has more than " + SyntaxLimits.TOKENS + " words and signs",
                        "the first one too many",
                        "split it into several scripts");
                broken = true;
                return;
            }
            readToken();
            startsLine = false;
            glued = true;
        }
    }

    private void readToken() {
        char letter = text.peek();
        if ((letter == '$' || letter == '@') && isArgumentAhead()) {
            readArgument(letter);
        } else if (Words.startsIdentifier(letter)) {
            readWord();
        } else if (Words.isDigit(letter)) {
            readNumber();
        } else if (letter == '"') {
            readString();
        } else if (text.startsWith("%{")) {
            readEmbeddedC();
        } else {
            readOperator();
        }
    }

    private void readWord() {
        int start = text.position();
        text.next();
        while (!text.atEnd() && Words.continuesIdentifier(text.peek())) {
            text.next();
        }
        String word = text.slice(start);
        add(Words.KEYWORDS.contains(word) ? Token.Kind.KEYWORD : Token.Kind.IDENTIFIER, start, word);
    }

    private void readNumber() {
        int start = text.position();
        while (!text.atEnd() && (Words.isLetter(text.peek()) || Words.isDigit(text.peek()))) {
            text.next();
        }
        String digits = text.slice(start);
        long value = 0;
        switch (NumberReader.read(digits)) {
            case NumberReader.Read(long number) -> value = number;
            case NumberReader.Refused refused -> {
                diagnostics.add(refused.at(text.span(start, text.position())));
                broken = true;
            }
        }
        addToken(Token.Kind.NUMBER, text.span(start, text.position()), digits, value);
    }

    private void readString() {
        int start = text.position();
        var scanner = new StringScanner(text, diagnostics);
        boolean closed = scanner.scan();
        broken |= scanner.reported();
        if (!closed) {
            broken = true;
            diagnostics.report(
                    UNCLOSED_STRING,
                    text.span(start, text.position()),
                    "a string has no closing quote",
                    "it begins here and reaches the end of the line",
                    "close it with `\"` on the same line; write \\n for a line end in the text");
            // A string meant to go on in the next line would make that line look like nonsense.
            text.skipRestOfString();
        }
        add(Token.Kind.STRING, start, scanner.bytes());
    }

    private void readEmbeddedC() {
        int start = text.position();
        if (!text.skipTo("%}")) {
            broken = true;
            diagnostics.report(
                    EMBEDDED_C_NOT_SUPPORTED,
                    text.span(start, start + 2),
                    "embedded C cannot run here, and has no end either",
                    "no `%}` for this",
                    "write it in the language of the script; a remainder needs a space before `{`");
        }
        add(Token.Kind.EMBEDDED_C, start, text.slice(start));
    }

    private void readOperator() {
        int start = text.position();
        char closing = Junk.closingQuote(text.peek());
        if (closing != 0 && text.skipInLineTo(closing)) {
            diagnostics.add(Junk.diagnoseQuotes(text.span(start, text.position()), text.slice(start)));
            broken = true;
            add(Token.Kind.STRING, start, "");
            return;
        }
        for (String operator : Words.OPERATORS) {
            if (text.startsWith(operator)) {
                text.skip(operator.length());
                add(Token.Kind.OPERATOR, start, operator);
                return;
            }
        }
        while (!text.atEnd() && Junk.isJunk(text.peek())) {
            text.next();
        }
        diagnostics.add(Junk.diagnose(text.span(start, text.position()), text.slice(start)));
        broken = true;
    }

    private boolean isArgumentAhead() {
        char after = text.peek(1);
        return Words.isDigit(after) || after == '#';
    }

    private void readArgument(char sign) {
        int start = text.position();
        text.next();
        boolean count = text.peek() == '#';
        text.next();
        while (!count && !text.atEnd() && Words.isDigit(text.peek())) {
            text.next();
        }
        Span span = text.span(start, text.position());
        if (text.isPasted()) {
            refuseArgument(span, "a script argument cannot name another one", "write its value into the argument");
            return;
        }
        if (count) {
            used.set(0, arguments.size());
            paste(sign, String.valueOf(arguments.size()), span);
            return;
        }
        String digits = text.slice(start + 1);
        int number = digits.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(digits);
        if (number < 1 || number > arguments.size()) {
            refuseArgument(span, "there is no script argument " + digits, givenArguments());
        } else {
            used.set(number - 1);
            paste(sign, arguments.get(number - 1), span);
        }
    }

    private void refuseArgument(Span span, String message, String note) {
        diagnostics.report(NO_SUCH_ARGUMENT, span, message, "no value for this", note);
        addToken(Token.Kind.NUMBER, span, "0", 0);
        broken = true;
    }

    private String givenArguments() {
        return switch (arguments.size()) {
            case 0 -> "no arguments were given: add them after the script";
            case 1 -> "only `$1` was given";
            default -> "`$1` to `$" + arguments.size() + "` were given";
        };
    }

    private void paste(char sign, String value, Span span) {
        if (sign == '@') {
            var bytes = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            addToken(Token.Kind.STRING, span, bytes, 0);
            return;
        }
        var inner = new Lexer(source, CharCursor.pasted(value, span), List.of(), diagnostics, tokens, used);
        inner.glued = glued;
        inner.startsLine = startsLine;
        inner.broken = broken;
        inner.readAll();
        broken = inner.broken;
    }

    private void warnOfUnusedArguments() {
        List<String> unused = IntStream.range(0, arguments.size())
                .filter(index -> !used.get(index))
                .mapToObj(index -> String.valueOf(index + 1))
                .toList();
        if (!unused.isEmpty()) {
            String numbers = String.join(", ", unused);
            diagnostics.report(
                    UNUSED_ARGUMENT,
                    new Span(source, 0, 0),
                    unused.size() == 1
                            ? "script argument " + numbers + " is not used"
                            : "script arguments " + numbers + " are not used",
                    "",
                    "the script can read one as `$" + unused.getFirst() + "`, or as a string as `@" + unused.getFirst()
                            + "`");
        }
    }

    /** Skips white space and comments; false at the end of the text. */
    private boolean skipBlanks() {
        while (!text.atEnd()) {
            char letter = text.peek();
            // Some editors begin a file with a byte order mark.
            boolean mark = letter == '\uFEFF' && text.position() == 0;
            if (Words.isSpace(letter) || mark) {
                startsLine |= letter == '\n';
                text.next();
            } else if (letter == '#' || text.startsWith("//")) {
                text.skipLine();
            } else if (text.startsWith("/*")) {
                skipBlockComment();
            } else {
                return true;
            }
            glued = false;
        }
        return false;
    }

    private void skipBlockComment() {
        int start = text.position();
        if (!text.skipTo("*/")) {
            broken = true;
            diagnostics.report(
                    UNCLOSED_COMMENT,
                    text.span(start, start + 2),
                    "a comment is not closed",
                    "it begins here and reaches the end of the script",
                    "close it with `*/`; comments do not nest");
        }
    }

    private void add(Token.Kind kind, int start, String content) {
        addToken(kind, text.span(start, text.position()), content, 0);
    }

    private void addToken(Token.Kind kind, Span span, String content, long number) {
        tokens.add(new Token(kind, span, content, number, glued, startsLine, broken));
        broken = false;
    }
}
