package io.stapscope.compiler.analysis;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.NOT_A_STATISTIC;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.NO_VALUE;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.STATISTIC_MISUSED;
import static io.stapscope.compiler.diagnostic.DiagnosticCode.TYPE_MISMATCH;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.type.Type;
import org.jspecify.annotations.Nullable;

/**
 * What one round of inference knows and learns. Rounds before the last are silent: they only carry types from where they
 * are known to where they are not. The last one reports.
 */
final class Typing {
    private final Symbols symbols;
    private final Diagnostics diagnostics;
    private final boolean reporting;
    private boolean changed;
    private @Nullable Span explained;
    private String explanation = "";

    Typing(Symbols symbols, Diagnostics diagnostics, boolean reporting) {
        this.symbols = symbols;
        this.diagnostics = diagnostics;
        this.reporting = reporting;
    }

    Symbols symbols() {
        return symbols;
    }

    /** Whether this round learnt something. */
    boolean changed() {
        return changed;
    }

    /** Says why a type is needed where an expression stands; it is told if the expression is of another. */
    void explain(Span span, @Nullable String why) {
        explained = why == null ? null : span;
        explanation = why == null ? "" : why;
    }

    /** Why a variable has its type, for {@link #explain}. */
    @Nullable
    String why(VariableSymbol variable, Span here) {
        var known = variable.knownType();
        return known == null ? null : since("`" + variable.name() + "`", known, variable.typedBy(), here);
    }

    /** Why a key has its type, for {@link #explain}. */
    @Nullable
    String why(GlobalSymbol array, int position, Span here) {
        var known = array.knownKey(position);
        return known == null
                ? null
                : since(
                        "key " + (position + 1) + " of `" + array.name() + "`",
                        known,
                        array.keyTypedBy(position),
                        here);
    }

    /** Why the result of a function has its type, for {@link #explain}. */
    @Nullable
    String why(FunctionSymbol function, Span here) {
        var known = function.knownResult();
        return known == null ? null : since("`" + function.name() + "()`", known, function.typedBy(), here);
    }

    void report(Diagnostic diagnostic) {
        if (reporting) {
            diagnostics.add(diagnostic);
        }
    }

    /** A variable is used where a type is needed, or where any is welcome (null). */
    @Nullable
    Type variable(VariableSymbol variable, Span span, @Nullable Type needed) {
        return variable(variable, span, needed, span);
    }

    /** @param by what shows that type */
    @Nullable
    Type variable(VariableSymbol variable, Span span, @Nullable Type needed, Span by) {
        var known = variable.knownType();
        if (known == null) {
            if (needed != null) {
                if (needed == Type.STATISTIC && variable instanceof LocalSymbol) {
                    localStatistic(variable, span);
                    return null;
                }
                variable.setType(needed, by);
                changed = true;
            }
            return needed;
        }
        if (known == Type.STATISTIC && needed != Type.STATISTIC) {
            statisticMisused(variable, span);
            return null;
        }
        if (needed == Type.STATISTIC && known != Type.STATISTIC) {
            notAStatistic(variable, span);
            return null;
        }
        return settle(span, known, needed, why(variable, span));
    }

    /** The key of an array at a position is used. */
    @Nullable
    Type key(GlobalSymbol array, int position, Span span, @Nullable Type needed) {
        var known = array.knownKey(position);
        if (known == null) {
            if (needed != null) {
                array.setKey(position, needed, span);
                changed = true;
            }
            return needed;
        }
        return settle(span, needed == null ? known : needed, known, why(array, position, span));
    }

    /** The result of a function is used or returned. */
    @Nullable
    Type result(FunctionSymbol function, Span span, @Nullable Type needed) {
        var known = function.knownResult();
        if (known == null) {
            if (needed != null) {
                function.setResult(needed, span);
                changed = true;
            }
            return needed;
        }
        return settle(span, known, needed, why(function, span));
    }

    /** A function and the one that {@code next} goes on to give the same type. */
    void chain(FunctionSymbol function) {
        var next = function.next();
        if (next == null) {
            return;
        }
        var mine = function.knownResult();
        var other = next.knownResult();
        if (mine == null && other != null) {
            result(function, next.declaration().name().span(), other);
        } else if (other == null && mine != null) {
            result(next, function.declaration().name().span(), mine);
        } else if (mine != other && mine != null && other != null) {
            report(Diagnostic.of(
                    TYPE_MISMATCH,
                    next.declaration().name().span(),
                    "`" + next.name() + "()` returns " + noun(other) + " here and " + noun(mine) + " in line "
                            + function.declaration().name().span().line(),
                    noun(other),
                    "functions of the same name and number of parameters return the same type",
                    "give one of them another name"));
        }
    }

    /** A value of a known type stands where a type is needed; gives the type to go on with. */
    @Nullable
    Type settle(Span span, Type actual, @Nullable Type needed, @Nullable String note) {
        if (actual == Type.NONE) {
            noValue(span);
            return null;
        }
        if (needed == null || actual == needed) {
            return actual;
        }
        if (needed == Type.STATISTIC) {
            report(Diagnostic.of(
                    NOT_A_STATISTIC,
                    span,
                    quote(span) + " is not a statistic",
                    "not a statistic",
                    "feed a global with <<<"));
            return null;
        }
        var diagnostic = Diagnostic.of(
                TYPE_MISMATCH,
                span,
                quote(span) + " is " + noun(actual) + ", but " + noun(needed) + " is needed here",
                noun(actual));
        if (span.equals(explained)) {
            diagnostic = diagnostic.withNote(explanation);
        } else if (note != null) {
            diagnostic = diagnostic.withNote(note);
        }
        report(diagnostic.withNote(
                needed == Type.STRING
                        ? "make a string of a number with sprint(...) or sprintf(\"%d\", ...)"
                        : "a string is no number; strlen(...) gives its length, and `.` joins strings"));
        return null;
    }

    private void statisticMisused(VariableSymbol variable, Span span) {
        report(Diagnostic.of(
                STATISTIC_MISUSED,
                span,
                "`" + variable.name() + "` is a statistic, not a single value",
                "a statistic",
                "take a number of it: @count(" + span.text() + "), @sum, @min, @max or @avg",
                "feed it with <<<, empty it with delete, print it with print(@hist_log(" + span.text() + "))"));
    }

    private void localStatistic(VariableSymbol variable, Span span) {
        report(Diagnostic.of(
                STATISTIC_MISUSED,
                span,
                "the local variable `" + variable.name() + "` cannot be a statistic",
                "a local",
                "declare it at the top of the script: global " + variable.name()));
    }

    private void notAStatistic(VariableSymbol variable, Span span) {
        var known = variable.type();
        var note = since("`" + variable.name() + "`", known, variable.typedBy(), span);
        var diagnostic = Diagnostic.of(
                NOT_A_STATISTIC,
                span,
                "`" + variable.name() + "` is " + noun(known) + ", not a statistic",
                noun(known));
        diagnostic = note == null ? diagnostic : diagnostic.withNote(note);
        report(diagnostic.withNote("a statistic is only ever fed with <<< and read with @count, @sum and the like"));
    }

    private void noValue(Span span) {
        report(Diagnostic.of(
                NO_VALUE,
                span,
                quote(span) + " returns nothing",
                "no value",
                "call it as a statement of its own, or let the function `return` a value"));
    }

    private static @Nullable String since(String name, Type type, @Nullable Span by, Span here) {
        if (by == null || by.equals(here)) {
            return null;
        }
        var where = by.source().equals(here.source())
                ? "line " + by.line()
                : by.source().name() + ":" + by.line();
        return name + " is " + noun(type) + " because of " + where + ": " + quote(by);
    }

    static String quote(Span span) {
        var text = span.text();
        return text.length() <= 40 && text.indexOf('\n') < 0 ? "`" + text + "`" : "this";
    }

    static String noun(Type type) {
        return switch (type) {
            case LONG -> "a number";
            case STRING -> "a string";
            case STATISTIC -> "a statistic";
            case NONE -> "nothing";
        };
    }
}
