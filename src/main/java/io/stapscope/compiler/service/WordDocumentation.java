package io.stapscope.compiler.service;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the fixed words of the language mean. */
final class WordDocumentation {
    /**
     * @param form how it is written
     * @param apply the form with places to fill in
     */
    record Word(String word, String form, String documentation, String apply) {}

    static final List<Word> DECLARATIONS = List.of(
            word(
                    "probe",
                    "probe POINT, POINT { ... }",
                    "Runs the handler each time one of the points is reached.",
                    "probe ${point} {\n\t${}\n}"),
            word(
                    "global",
                    "global a, b[100], c = 1",
                    "Variables that all handlers and functions share.",
                    "global ${name}"),
            word(
                    "function",
                    "function f:long (a:long) { ... }",
                    "A function of the script.",
                    "function ${name}(${}) {\n\t${}\n}"),
            word("private", "private global a", "A global or function that only this text sees.", "private ${}"));

    static final List<Word> STATEMENTS = List.of(
            word(
                    "if",
                    "if (condition) statement else statement",
                    "Runs the first statement when the condition is not 0.",
                    "if (${condition}) {\n\t${}\n}"),
            word("else", "else statement", "Runs when the condition of the if is 0.", "else {\n\t${}\n}"),
            word(
                    "while",
                    "while (condition) statement",
                    "Repeats the statement as long as the condition is not 0.",
                    "while (${condition}) {\n\t${}\n}"),
            word(
                    "for",
                    "for (start; condition; step) statement",
                    "A loop with a counter.",
                    "for (${i} = 0; ${i} < ${n}; ${i}++) {\n\t${}\n}"),
            word(
                    "foreach",
                    "foreach ([k1, k2] in array- limit n) statement",
                    "Goes through an array; + or - behind a key or the array sorts.",
                    "foreach (${key} in ${array}) {\n\t${}\n}"),
            word("break", "break", "Leaves the innermost loop.", "break"),
            word("continue", "continue", "Goes on with the next turn of the innermost loop.", "continue"),
            word("next", "next", "Leaves the handler.", "next"),
            word("return", "return value", "Leaves the function with a value.", "return ${}"),
            word(
                    "delete",
                    "delete array[key]",
                    "Takes an element, or everything, out of an array; resets a scalar.",
                    "delete ${}"),
            word(
                    "try",
                    "try { ... } catch (message) { ... }",
                    "Goes on in the second block when the first one fails.",
                    "try {\n\t${}\n} catch (${message}) {\n\t${}\n}"),
            word("in", "key in array", "Whether an array has an element of that key.", "in ${}"),
            word("limit", "foreach (k in array limit n)", "Most turns of a foreach.", "limit ${}"));

    static final List<Word> TYPES = List.of(
            word("long", "long", "A signed number of 64 bits.", "long"),
            word("string", "string", "A text of bytes.", "string"));

    static final List<Word> OPERATORS = List.of(
            operator("@count", "statistic", "How many values the statistic has."),
            operator("@sum", "statistic", "The sum of its values."),
            operator("@min", "statistic", "Its smallest value."),
            operator("@max", "statistic", "Its largest value."),
            operator("@avg", "statistic", "The mean of its values, cut to a whole number."),
            operator("@variance", "statistic", "The variance of its values."),
            operator("@hist_log", "statistic", "Its histogram with power-of-two buckets, to print."),
            word(
                    "@hist_linear",
                    "@hist_linear(statistic, low, high, width)",
                    "Its histogram with buckets of one width, to print.",
                    "@hist_linear(${statistic}, ${0}, ${100}, ${10})"),
            operator("@entry", "expression", "In a .return probe: the value that the expression had at the entry."),
            operator("@defined", "expression", "1 when this probe point has what the expression names, else 0."),
            word(
                    "@choose_defined",
                    "@choose_defined($a, $b)",
                    "The first of the two that this probe point has.",
                    "@choose_defined(${}, ${})"),
            word(
                    "@cast",
                    "@cast(pointer, \"type\")",
                    "The pointer as one to a type of the kernel.",
                    "@cast(${pointer}, \"${type}\")"),
            word("@var", "@var(\"name\")", "A global variable of the probed code.", "@var(\"${name}\")"),
            word("@const", "@const(\"NAME\")", "A constant of the kernel.", "@const(\"${NAME}\")"),
            word("@enum", "@enum(\"NAME\")", "The value of an enumerator of the kernel.", "@enum(\"${NAME}\")"),
            word(
                    "@define",
                    "@define name(a) %( ... %)",
                    "A macro: each @name(x) is replaced by the text.",
                    "@define ${name} %( ${} %)"));

    static final List<Word> DIRECTIVES = List.of(
            directive("%d", "a signed number"),
            directive("%i", "a signed number"),
            directive("%u", "an unsigned number"),
            directive("%x", "a number in hexadecimal digits; %#x with 0x in front"),
            directive("%X", "a number in capital hexadecimal digits"),
            directive("%o", "a number in octal digits"),
            directive("%p", "a number as an address"),
            directive("%c", "a number as a character"),
            directive("%s", "a string; %10s at least, %.10s at most that many bytes"),
            directive("%b", "the lowest bytes of a number as they are; %4b four of them"),
            directive("%m", "bytes of memory at an address; the precision is their number"),
            directive("%M", "bytes of memory at an address in hexadecimal digits; the precision is their number"),
            directive("%%", "a percent sign"));

    private static final Map<String, Word> BY_WORD = java.util.stream.Stream.of(
                    DECLARATIONS, STATEMENTS, TYPES, OPERATORS)
            .flatMap(List::stream)
            .collect(Collectors.toUnmodifiableMap(Word::word, word -> word));

    private WordDocumentation() {}

    static @org.jspecify.annotations.Nullable Word of(String word) {
        return BY_WORD.get(word);
    }

    private static Word word(String word, String form, String documentation, String apply) {
        return new Word(word, form, documentation, apply);
    }

    private static Word operator(String word, String argument, String documentation) {
        return new Word(word, word + "(" + argument + ")", documentation, word + "(${})");
    }

    private static Word directive(String written, String documentation) {
        return new Word(written, written, documentation, written);
    }
}
