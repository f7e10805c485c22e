package io.stapscope.compiler.ir;

import io.stapscope.compiler.type.Type;
import java.util.List;

/** Functions without effects that only user space has; {@code interpreter.library} computes them. */
public enum LibraryFunction {
    STRPOS(
            "strpos",
            Type.LONG,
            List.of(Type.STRING, Type.STRING),
            "Position of the first occurrence of a string in another, -1 for none."),
    ISINSTR("isinstr", Type.LONG, List.of(Type.STRING, Type.STRING), "Whether a string occurs in another."),
    STRINGAT("stringat", Type.LONG, List.of(Type.STRING, Type.LONG), "The byte at a position; outside an error."),
    STR_REPLACE(
            "str_replace",
            Type.STRING,
            List.of(Type.STRING, Type.STRING, Type.STRING),
            "A string with every occurrence of another replaced."),
    STRTOL("strtol", Type.LONG, List.of(Type.STRING, Type.LONG), "The number at the beginning of a string, in a base."),
    ISDIGIT("isdigit", Type.LONG, List.of(Type.STRING), "Whether the first byte is a decimal digit."),
    TEXT_STR("text_str", Type.STRING, List.of(Type.STRING), "A string with what cannot be printed escaped."),
    TEXT_STRN(
            "text_strn",
            Type.STRING,
            List.of(Type.STRING, Type.LONG, Type.LONG),
            "As text_str, at most so many bytes, perhaps in quotes."),
    STRING_QUOTED("string_quoted", Type.STRING, List.of(Type.STRING), "As text_str, in quotes."),
    MATCHED(
            "matched",
            Type.STRING,
            List.of(Type.LONG),
            "A group of the last match, 0 for all of it; outside an error."),
    NGROUPS("ngroups", Type.LONG, List.of(), "Groups of the last match, the whole among them."),
    CTIME("ctime", Type.STRING, List.of(Type.LONG), "Seconds since 1970 as a date in GMT."),
    TZ_CTIME("tz_ctime", Type.STRING, List.of(Type.LONG), "Seconds since 1970 as a date in the zone of the host."),
    TZ_GMTOFF("tz_gmtoff", Type.LONG, List.of(), "Seconds that the zone of the host lies west of Greenwich."),
    TZ_NAME("tz_name", Type.STRING, List.of(), "Name of the zone of the host."),
    MSECS_TO_STRING("msecs_to_string", Type.STRING, List.of(Type.LONG), "Milliseconds as minutes and seconds."),
    USECS_TO_STRING("usecs_to_string", Type.STRING, List.of(Type.LONG), "Microseconds as minutes and seconds."),
    NSECS_TO_STRING("nsecs_to_string", Type.STRING, List.of(Type.LONG), "Nanoseconds as minutes and seconds."),
    BYTES_TO_STRING("bytes_to_string", Type.STRING, List.of(Type.LONG), "Bytes with a unit, in five characters."),
    PAGES_TO_STRING(
            "pages_to_string", Type.STRING, List.of(Type.LONG), "Pages of memory with a unit, in five characters."),
    FP_ADD("fp_add", Type.LONG, List.of(Type.LONG, Type.LONG), "Sum of two doubles, by their bits."),
    FP_SUB("fp_sub", Type.LONG, List.of(Type.LONG, Type.LONG), "Difference of two doubles."),
    FP_MUL("fp_mul", Type.LONG, List.of(Type.LONG, Type.LONG), "Product of two doubles."),
    FP_DIV("fp_div", Type.LONG, List.of(Type.LONG, Type.LONG), "Quotient of two doubles."),
    FP_REM("fp_rem", Type.LONG, List.of(Type.LONG, Type.LONG), "Remainder of two doubles, of the nearest quotient."),
    FP_SQRT("fp_sqrt", Type.LONG, List.of(Type.LONG), "Square root of a double."),
    FP_EQ("fp_eq", Type.LONG, List.of(Type.LONG, Type.LONG), "Whether two doubles are equal."),
    FP_LT("fp_lt", Type.LONG, List.of(Type.LONG, Type.LONG), "Whether a double is less than another."),
    FP_LE("fp_le", Type.LONG, List.of(Type.LONG, Type.LONG), "Whether a double is at most another."),
    FP_TO_LONG(
            "fp_to_long",
            Type.LONG,
            List.of(Type.LONG, Type.LONG, Type.LONG),
            "A double rounded to a number, by a mode from 0 to 6."),
    FP_TO_STRING(
            "fp_to_string",
            Type.STRING,
            List.of(Type.LONG, Type.LONG),
            "A double as decimal text, with digits behind the point."),
    LONG_TO_FP("long_to_fp", Type.LONG, List.of(Type.LONG), "A number as a double."),
    STRING_TO_FP("string_to_fp", Type.LONG, List.of(Type.STRING), "The double that a decimal text names."),
    FP32_TO_FP64("fp32_to_fp64", Type.LONG, List.of(Type.LONG), "A double from the bits of a float."),
    ERRNO_STR("errno_str", Type.STRING, List.of(Type.LONG), "Name of an error, as ENOENT for 2."),
    RETURN_STR(
            "return_str",
            Type.STRING,
            List.of(Type.LONG, Type.LONG),
            "A result with its error: decimal for 1, hexadecimal for 2, octal for 3."),
    SA_FLAGS_STR("sa_flags_str", Type.STRING, List.of(Type.LONG), "Names of the flags of a signal's action."),
    SIGSET_MASK_STR("sigset_mask_str", Type.STRING, List.of(Type.LONG), "Names of the signals in a mask."),
    OPEN_FLAG_STR("_sys_open_flag_str", Type.STRING, List.of(Type.LONG), "Names of the flags of open()."),
    PPFUNC("ppfunc", Type.STRING, List.of(Type.STRING), "Name of the function in the text of a probe point."),
    IP_NTOP("ip_ntop", Type.STRING, List.of(Type.LONG), "An address of IPv4 as text."),
    TCP_SOCKSTATE_STR("tcp_sockstate_str", Type.STRING, List.of(Type.LONG), "Name of a state of TCP."),
    /** Of a stack, the id of its process or 0 for the kernel's, and a number of frames. */
    STACK_ADDRESSES("backtrace", Type.STRING, List.of(Type.STRING, Type.LONG, Type.LONG)),
    /** As long as it is: only for printing. */
    STACK_LINES("print_backtrace", Type.STRING, List.of(Type.STRING, Type.LONG)),
    STACK_TEXT("sprint_backtrace", Type.STRING, List.of(Type.STRING, Type.LONG)),
    /** As long as it is: only for printing. */
    STACK_BRIEF("print_ubacktrace_brief", Type.STRING, List.of(Type.STRING, Type.LONG)),
    STACK_CALLER("caller", Type.STRING, List.of(Type.STRING, Type.LONG)),
    /** Of a stack, its process and the number of a frame. */
    STACK_ADDRESS("stack", Type.LONG, List.of(Type.STRING, Type.LONG, Type.LONG)),
    /** Of addresses as text and their process; as long as it is: only for printing. */
    ADDRESS_LINES("print_syms", Type.STRING, List.of(Type.STRING, Type.LONG)),
    ADDRESS_TEXT("sprint_syms", Type.STRING, List.of(Type.STRING, Type.LONG)),
    /** Of an address and its process. */
    ADDRESS_NAME("symname", Type.STRING, List.of(Type.LONG, Type.LONG)),
    ADDRESS_DATA("symdata", Type.STRING, List.of(Type.LONG, Type.LONG)),
    ADDRESS_MODULE("modname", Type.STRING, List.of(Type.LONG, Type.LONG));

    private final String word;
    private final Type result;
    private final List<Type> parameters;
    private final String documentation;

    LibraryFunction(String word, Type result, List<Type> parameters, String documentation) {
        this.word = word;
        this.result = result;
        this.parameters = parameters;
        this.documentation = documentation;
    }

    /** A function that scripts reach by others, which add what it needs of the hit. */
    LibraryFunction(String word, Type result, List<Type> parameters) {
        this(word, result, parameters, "");
    }

    /** Whether scripts call it by its name. */
    public boolean isPublic() {
        return !documentation.isEmpty();
    }

    /** The name in scripts. */
    public String word() {
        return word;
    }

    public Type result() {
        return result;
    }

    public List<Type> parameters() {
        return parameters;
    }

    /** One sentence for people. */
    public String documentation() {
        return documentation;
    }
}
