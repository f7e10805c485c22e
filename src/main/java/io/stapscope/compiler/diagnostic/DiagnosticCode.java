package io.stapscope.compiler.diagnostic;

/**
 * Every diagnostic of the compiler. The ids are stable: they stand in documentation, tests and search engines. A new one
 * goes at the end of its range; a retired one is never given away again.
 *
 * <p>E01 lexical, E02 syntax, E03 names and probe points, E04 types, E05 limits, E06 not supported, W07 warnings.
 */
public enum DiagnosticCode {
    // E01: lexical
    UNCLOSED_STRING("E0101", "a string has no closing quote"),
    UNCLOSED_COMMENT("E0102", "a comment is not closed"),
    BAD_NUMBER("E0103", "a number cannot be read"),
    NUMBER_TOO_LARGE("E0104", "a number does not fit in 64 bits"),
    JUNK("E0105", "a character means nothing in a script"),
    NO_SUCH_ARGUMENT("E0106", "a script argument was not given"),
    BAD_CHARACTER("E0107", "a string cannot hold this character"),

    // E02: syntax
    UNEXPECTED_TOKEN("E0201", "something else was expected here"),
    UNCLOSED_BRACKET("E0202", "a bracket is not closed"),
    STRAY_BRACKET("E0203", "a closing bracket has no partner"),
    NOT_A_DECLARATION("E0204", "only probes, globals and functions stand at the top level"),
    MISSING_PROBE_POINT("E0205", "a probe names no probe point"),
    BAD_PROBE_POINT("E0206", "a probe point is not well formed"),
    MISSING_BODY("E0207", "a probe or function has no body"),
    MISSING_EXPRESSION("E0208", "a value is missing"),
    ELSE_WITHOUT_IF("E0209", "an else has no if"),
    CATCH_WITHOUT_TRY("E0210", "a try and its catch belong together"),
    BAD_FOREACH("E0211", "a foreach is not well formed"),
    BAD_GLOBAL("E0212", "a global is not well formed"),
    BAD_FUNCTION("E0213", "a function is not well formed"),
    NOT_ASSIGNABLE("E0214", "only variables and array elements can be written"),
    UNKNOWN_OPERATOR("E0215", "no operator of this name begins with @"),
    BAD_OPERATOR("E0216", "an @ operator is not used as it must be"),
    LITERAL_NEEDED("E0217", "only a literal may stand here"),
    BAD_PRINT("E0218", "a print function is not called as it must be"),
    WILDCARD_KEY("E0219", "a * may only stand for a key in a slice"),
    KEYWORD_AS_NAME("E0220", "a keyword cannot be a name"),
    MISPLACED_STATEMENT("E0221", "a statement stands where it means nothing"),
    MISPLACED_DECLARATION("E0222", "a declaration stands inside a body"),

    // E03: names and probe points

    // E04: types

    // E05: limits
    SCRIPT_TOO_LONG("E0501", "the script is too long"),
    TOO_MANY_TOKENS("E0502", "the script has too many words"),
    NESTED_TOO_DEEP("E0503", "the script is nested too deep"),
    TOO_MANY_ALTERNATIVES("E0504", "the braces of a probe point stand for too many"),

    // E06: not supported
    CONDITIONAL_NOT_SUPPORTED("E0601", "preprocessor conditionals are not supported yet"),
    MACRO_NOT_SUPPORTED("E0602", "macros are not supported yet"),
    EMBEDDED_C_NOT_SUPPORTED("E0603", "embedded C is not supported"),

    // W07: warnings
    UNUSED_ARGUMENT("W0701", "a script argument is not used");

    private final String id;
    private final String title;

    DiagnosticCode(String id, String title) {
        this.id = id;
        this.title = title;
    }

    /** The stable id, as {@code E0304}. */
    public String id() {
        return id;
    }

    /** One line for a table of all codes. */
    public String title() {
        return title;
    }

    public Severity severity() {
        return id.charAt(0) == 'W' ? Severity.WARNING : Severity.ERROR;
    }
}
