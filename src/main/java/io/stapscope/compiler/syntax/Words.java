package io.stapscope.compiler.syntax;

import java.util.List;
import java.util.Set;

/** The fixed words and signs of the language. */
final class Words {
    static final Set<String> KEYWORDS = Set.of(
            "probe",
            "global",
            "private",
            "function",
            "if",
            "else",
            "for",
            "foreach",
            "in",
            "limit",
            "return",
            "delete",
            "while",
            "break",
            "continue",
            "next",
            "string",
            "long",
            "try",
            "catch");

    /** Keywords that begin a declaration, so that reading can go on there after an error. */
    static final Set<String> DECLARATIONS = Set.of("probe", "function", "global", "private");

    /** Keywords that begin a statement. */
    static final Set<String> STATEMENTS =
            Set.of("if", "for", "foreach", "while", "return", "delete", "break", "continue", "next", "try");

    /** Longest first: the first that fits is the operator. */
    static final List<String> OPERATORS = List.of(
            "<<<", ">>>", "<<=", ">>=", "==", "!=", "<=", ">=", "=~", "!~", "+=", "-=", "*=", "/=", "%=", "&=", "^=",
            "|=", ".=", "&&", "||", "++", "--", "->", "<<", ">>", "%(", "%?", "%:", "%)", "%}", "(", ")", "[", "]", "{",
            "}", ",", ";", ":", "?", ".", "=", "<", ">", "+", "-", "*", "/", "%", "&", "|", "^", "!", "~");

    /** The operators that begin with an at sign: no macro can have their names. */
    static final Set<String> AT_OPERATORS = Set.of(
            "@avg",
            "@cast",
            "@const",
            "@count",
            "@define",
            "@defined",
            "@entry",
            "@enum",
            "@enumname",
            "@errno",
            "@hist_linear",
            "@hist_log",
            "@kderef",
            "@kregister",
            "@max",
            "@min",
            "@perf",
            "@probewrite",
            "@sum",
            "@uderef",
            "@uregister",
            "@var",
            "@variance");

    private Words() {}

    static boolean startsIdentifier(char letter) {
        return isLetter(letter) || letter == '_' || letter == '$' || letter == '@';
    }

    static boolean continuesIdentifier(char letter) {
        return isLetter(letter) || isDigit(letter) || letter == '_' || letter == '$';
    }

    static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }

    static boolean isLetter(char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
    }

    static boolean isSpace(char letter) {
        return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r' || letter == '\f' || letter == 0x0B;
    }
}
