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
    UNKNOWN_OPERATOR("E0215", "no operator or macro has this name"),
    BAD_OPERATOR("E0216", "an @ operator is not used as it must be"),
    LITERAL_NEEDED("E0217", "only a literal may stand here"),
    BAD_PRINT("E0218", "a print function is not called as it must be"),
    WILDCARD_KEY("E0219", "a * may only stand for a key in a slice"),
    KEYWORD_AS_NAME("E0220", "a keyword cannot be a name"),
    MISPLACED_STATEMENT("E0221", "a statement stands where it means nothing"),
    MISPLACED_DECLARATION("E0222", "a declaration stands inside a body"),
    MISSING_STATEMENT("E0223", "a statement is missing"),
    BAD_MACRO("E0224", "a macro is not defined or called as it must be"),
    BAD_CONDITIONAL("E0225", "a conditional of the preprocessor is not well formed"),

    // E03: names and probe points
    UNKNOWN_VARIABLE("E0301", "a variable is read that nothing sets"),
    UNKNOWN_FUNCTION("E0302", "no function has this name"),
    WRONG_ARGUMENT_COUNT("E0303", "a function takes another number of arguments"),
    UNKNOWN_CONTEXT_VARIABLE("E0304", "a probe point does not offer this context variable"),
    UNKNOWN_PROBE_POINT("E0305", "no probe point has this name"),
    BAD_PROBE_ARGUMENT("E0306", "a part of a probe point takes another argument"),
    NO_SUCH_EXECUTABLE("E0307", "the program of a probe point was not found"),
    NO_SUCH_PROCESS("E0308", "the process of a probe point does not exist"),
    NO_PROBES("E0309", "the script has nothing to run"),
    DUPLICATE_NAME("E0310", "a name is declared twice"),
    RESERVED_NAME("E0311", "a built-in function has this name"),
    UNKNOWN_ARRAY("E0312", "no global array has this name"),
    NOT_AVAILABLE_HERE("E0313", "a function has nothing to read at this probe point"),
    NEXT_OUTSIDE_PROBE("E0315", "a next stands in a function"),
    MODIFIED_IN_FOREACH("E0317", "an array is changed while a foreach goes through it"),
    BAD_CONDITION("E0318", "the condition of a probe point may only read globals"),
    READ_ONLY("E0319", "a context variable cannot be written"),
    BAD_ENTRY("E0320", "an @entry cannot take this"),
    ALIAS_CYCLE("E0321", "an alias stands for itself"),
    BAD_GLOBAL_VALUE("E0322", "a value of the command line fits no global"),
    NOT_PRIVILEGED("E0323", "a probe point needs more privilege"),
    NO_DEBUG_INFORMATION("E0324", "a program comes without the debug information that a probe point needs"),
    UNKNOWN_MEMBER("E0330", "a struct has no member of this name"),
    UNKNOWN_C_TYPE("E0331", "the kernel has no type of this name"),
    UNKNOWN_CONSTANT("E0332", "no constant has this name"),

    // E04: types
    TYPE_MISMATCH("E0401", "a number and a string are mixed up"),
    UNRESOLVED_TYPE("E0402", "nothing shows whether a variable is a number or a string"),
    NOT_AN_ARRAY("E0403", "a variable without keys is indexed"),
    ARRAY_NEEDS_INDEX("E0404", "an array is used without an index"),
    WRONG_KEY_COUNT("E0405", "an array takes another number of keys"),
    STATISTIC_MISUSED("E0406", "a statistic is used as a plain value"),
    NOT_A_STATISTIC("E0407", "a plain variable is used as a statistic"),
    BAD_FORMAT("E0408", "a format cannot be read"),
    FORMAT_ARGUMENT_COUNT("E0409", "a format takes another number of values"),
    FORMAT_ARGUMENT_TYPE("E0410", "a directive of a format takes another type"),
    NO_VALUE("E0411", "a function that returns nothing is used as a value"),
    DIFFERENT_HISTOGRAMS("E0412", "one statistic is asked for two histograms"),
    BAD_REGEX("E0413", "a regular expression cannot be read"),
    NOT_A_POINTER("E0420", "what is followed is no pointer to a struct or an array"),
    NO_ADDRESS("E0421", "an address is taken of what has none"),
    STRUCT_AS_VALUE("E0422", "a whole struct is used as a value"),

    // E05: limits
    SCRIPT_TOO_LONG("E0501", "the script is too long"),
    TOO_MANY_TOKENS("E0502", "the script has too many words"),
    NESTED_TOO_DEEP("E0503", "the script is nested too deep"),
    TOO_MANY_ALTERNATIVES("E0504", "the braces of a probe point stand for too many"),
    TOO_MANY_KEYS("E0505", "an array has too many keys"),
    TIMER_OUT_OF_RANGE("E0506", "a timer is too fast or too slow"),
    HISTOGRAM_SLOTS("E0507", "a linear histogram has too few or too many buckets"),
    ARRAY_SIZE("E0508", "the size of an array is out of range"),
    TOO_MANY_CONTEXTS("E0509", "the variables of a handler are different in too many functions"),

    // E06: not supported; E0601 and E0602 are retired
    EMBEDDED_C_NOT_SUPPORTED("E0603", "embedded C is not supported"),
    PROBE_NOT_SUPPORTED("E0604", "this kind of probe point is not supported yet"),
    OPERATION_NOT_SUPPORTED("E0605", "this part of the language is not supported yet"),
    FUNCTION_NOT_SUPPORTED("E0606", "this library function is not supported yet"),
    LATE_READ_NOT_SUPPORTED("E0610", "memory of the probed process cannot be read after the hit"),

    // W07: warnings
    UNUSED_ARGUMENT("W0701", "a script argument is not used"),
    UNUSED_VARIABLE("W0702", "a variable is set and never read"),
    UNUSED_GLOBAL("W0703", "a global is never used"),
    UNUSED_FUNCTION("W0704", "a function is never called"),
    EMPTY_HANDLER("W0705", "a probe does nothing"),
    UNUSED_VALUE("W0706", "a value is computed and dropped"),
    NO_VARIABLES("W0707", "nothing is known of the variables of a function"),
    PLACES_LEFT_OUT("W0708", "some of the places of a probe point cannot be probed");

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
