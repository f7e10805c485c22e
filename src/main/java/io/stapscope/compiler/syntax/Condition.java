package io.stapscope.compiler.syntax;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.BAD_CONDITIONAL;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.Fix;
import io.stapscope.compiler.diagnostic.Spelling;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The condition of a conditional: comparisons joined by {@code &&}, which binds tighter, and {@code ||}. */
final class Condition {
    /** What {@code systemtap_v} is: the version whose language this is. */
    private static final String LANGUAGE_VERSION = "5.5";

    private static final Set<String> COMPARISONS = Set.of("<", "<=", "==", "!=", ">=", ">");

    private static final List<String> SUBJECTS =
            List.of("kernel_v", "kernel_vr", "arch", "systemtap_v", "systemtap_privilege", "guru_mode", "runtime");

    private final List<Token> tokens;
    private final Machine machine;
    private int position;

    /** @param position the first word of the condition */
    Condition(List<Token> tokens, int position, Machine machine) {
        this.tokens = tokens;
        this.position = position;
        this.machine = machine;
    }

    /** The condition cannot be read; caught by who asked. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1;
        private final transient Diagnostic diagnostic;

        Wrong(Diagnostic diagnostic) {
            super(diagnostic.message(), null, false, false);
            this.diagnostic = diagnostic;
        }

        Diagnostic diagnostic() {
            return diagnostic;
        }
    }

    /** Behind the {@code %?}. */
    int position() {
        return position;
    }

    boolean evaluate() throws Wrong {
        boolean result = conjunction();
        while (accept("||")) {
            result |= conjunction();
        }
        if (!accept("%?")) {
            throw wrong(
                    peek(),
                    "expected `%?` after the condition but found " + peek().described(),
                    "not expected here",
                    "write %( condition %? then %: otherwise %), conditions joined by `&&` and `||`");
        }
        return result;
    }

    private boolean conjunction() throws Wrong {
        boolean result = comparison();
        while (accept("&&")) {
            result &= comparison();
        }
        return result;
    }

    private boolean comparison() throws Wrong {
        Token left = next();
        if (left.kind() != Token.Kind.IDENTIFIER
                && left.kind() != Token.Kind.NUMBER
                && left.kind() != Token.Kind.STRING) {
            throw wrong(
                    left,
                    "expected something to compare but found " + left.described(),
                    left.isOperator("(") ? "no parentheses here" : "not expected here",
                    known());
        }
        Token operator = next();
        if (operator.kind() != Token.Kind.OPERATOR || !COMPARISONS.contains(operator.text())) {
            var diagnostic = Diagnostic.of(
                    BAD_CONDITIONAL,
                    operator.span(),
                    "expected a comparison but found " + operator.described(),
                    "not a comparison",
                    "the comparisons are == != < <= > >=");
            throw new Wrong(
                    operator.isOperator("=")
                            ? diagnostic.withFix(new Fix(operator.span(), "==", "replace by `==`"))
                            : diagnostic);
        }
        Token right = next();
        return switch (left.kind()) {
            case NUMBER -> holds(operator, Long.compare(left.number(), number(right)));
            case STRING -> holds(operator, left.text().compareTo(string(right)));
            case IDENTIFIER, KEYWORD, OPERATOR, EMBEDDED_C, END -> subject(left, operator, right);
        };
    }

    private boolean subject(Token left, Token operator, Token right) throws Wrong {
        String release = machine.kernelRelease();
        return switch (left.text()) {
            case "kernel_vr" -> version(release, operator, right);
            case "kernel_v" -> version(release.replaceFirst("-.*", ""), operator, right);
            case "arch" -> pattern(machine.architecture(), operator, right);
            case "systemtap_v" -> {
                String wanted = string(right);
                yield holds(operator, VersionOrder.compare(LANGUAGE_VERSION, wanted));
            }
            case "systemtap_privilege" -> equal(machine.privilege(), operator, string(right));
            case "runtime" -> equal("stapscope", operator, string(right));
            case "guru_mode" -> {
                long wanted = number(right);
                requireEquality(operator);
                yield holds(operator, Long.compare(machine.isGuru() ? 1 : 0, wanted));
            }
            default -> {
                if (!left.text().startsWith("CONFIG_")) {
                    throw unknown(left);
                }
                yield option(left, operator, right);
            }
        };
    }

    private boolean version(String ours, Token operator, Token right) throws Wrong {
        String wanted = string(right);
        boolean equality = operator.isOperator("==") || operator.isOperator("!=");
        if (equality && Wildcard.isIn(wanted)) {
            return Wildcard.matches(wanted, ours) == operator.isOperator("==");
        }
        return holds(operator, VersionOrder.compare(ours, wanted));
    }

    private boolean pattern(String ours, Token operator, Token right) throws Wrong {
        String wanted = string(right);
        requireEquality(operator);
        return Wildcard.matches(wanted, ours) == operator.isOperator("==");
    }

    private boolean option(Token left, Token operator, Token right) throws Wrong {
        String value = machine.kernelOption(left.text());
        Long ours = number(value);
        if (right.kind() == Token.Kind.NUMBER) {
            if (ours == null) {
                throw wrong(
                        left,
                        "`" + left.text() + "` is " + (value.isEmpty() ? "not set" : "\"" + value + "\"")
                                + " on this kernel, which is no number",
                        "compared with a number",
                        "compare it with a string: " + left.text() + " == \"y\"");
            }
            return holds(operator, Long.compare(ours, right.number()));
        }
        if (right.kind() == Token.Kind.IDENTIFIER && right.text().startsWith("CONFIG_")) {
            String other = machine.kernelOption(right.text());
            Long theirs = number(other);
            return holds(operator, ours != null && theirs != null ? ours.compareTo(theirs) : value.compareTo(other));
        }
        return pattern(value, operator, right);
    }

    private static @Nullable Long number(String text) {
        boolean negative = text.startsWith("-");
        return NumberReader.read(negative ? text.substring(1) : text) instanceof NumberReader.Read(long value)
                ? Long.valueOf(negative ? -value : value)
                : null;
    }

    private boolean equal(String left, Token operator, String right) throws Wrong {
        requireEquality(operator);
        return left.equals(right) == operator.isOperator("==");
    }

    private void requireEquality(Token operator) throws Wrong {
        if (!operator.isOperator("==") && !operator.isOperator("!=")) {
            throw wrong(
                    operator,
                    "these can only be compared with `==` and `!=`, not with " + operator.described(),
                    "no order here",
                    "kernel_v, kernel_vr and systemtap_v have an order");
        }
    }

    private static boolean holds(Token operator, int order) {
        return switch (operator.text()) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            case "==" -> order == 0;
            default -> order != 0;
        };
    }

    private static String string(Token token) throws Wrong {
        if (token.kind() != Token.Kind.STRING) {
            var diagnostic = Diagnostic.of(
                    BAD_CONDITIONAL,
                    token.span(),
                    "expected a string in double quotes but found " + token.described(),
                    "not a string",
                    "versions and names are strings, as in kernel_v >= \"5.10\"");
            boolean quotable = token.kind() == Token.Kind.NUMBER || token.isPlainIdentifier();
            String quoted = "\"" + token.text() + "\"";
            throw new Wrong(
                    quotable
                            ? diagnostic.withFix(new Fix(token.span(), quoted, "replace by `" + quoted + "`"))
                            : diagnostic);
        }
        return token.text();
    }

    private static long number(Token token) throws Wrong {
        if (token.kind() != Token.Kind.NUMBER) {
            throw wrong(
                    token,
                    "expected a number but found " + token.described(),
                    "not a number",
                    "a number is compared with a number, a string with a string");
        }
        return token.number();
    }

    private static Wrong unknown(Token left) {
        var diagnostic = Diagnostic.of(
                BAD_CONDITIONAL,
                left.span(),
                "a condition of the preprocessor cannot ask for `" + left.text() + "`",
                "not known before the script runs",
                known());
        String near = Spelling.nearest(left.text(), SUBJECTS);
        return new Wrong(
                near == null
                        ? diagnostic
                        : diagnostic.withFix(new Fix(left.span(), near, "replace by `" + near + "`")));
    }

    private static String known() {
        return "it can ask for " + String.join(", ", SUBJECTS)
                + ", CONFIG_... of the kernel, and compare numbers or strings such as $1 and @1";
    }

    private static Wrong wrong(Token token, String message, String label, String note) {
        return new Wrong(Diagnostic.of(BAD_CONDITIONAL, token.span(), message, label, note));
    }

    private boolean accept(String operator) {
        boolean there = peek().isOperator(operator);
        position += there ? 1 : 0;
        return there;
    }

    private Token peek() {
        return tokens.get(position);
    }

    /** The word ahead; the end stays. */
    private Token next() {
        Token token = peek();
        position += token.kind() == Token.Kind.END ? 0 : 1;
        return token;
    }
}
