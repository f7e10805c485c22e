package io.stapscope.interpreter;

import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.ProbeFunction;
import io.stapscope.compiler.ir.SoftErrorText;
import io.stapscope.interpreter.library.FloatingPoint;
import io.stapscope.interpreter.library.LibraryException;
import io.stapscope.interpreter.library.Network;
import io.stapscope.interpreter.library.QuotedText;
import io.stapscope.interpreter.library.Sizes;
import io.stapscope.interpreter.library.Strings;
import io.stapscope.interpreter.library.SystemNames;
import io.stapscope.interpreter.library.Times;
import java.time.ZoneId;

/** Library functions without effects, by their result. */
final class LibraryCalls {
    private static final long PAGE = 4096;

    private LibraryCalls() {}

    static Code.Number number(Expression.Library call, ArgumentList arguments) {
        return frame -> {
            var values = arguments.evaluate(frame);
            try {
                return number(call, values.numbers(), values.texts(), frame);
            } catch (LibraryException e) {
                throw failed(call, e);
            }
        };
    }

    static Code.Text text(Expression.Library call, ArgumentList arguments, int maxStringLength) {
        int most = maxStringLength - 1;
        return frame -> {
            var values = arguments.evaluate(frame);
            try {
                var text = text(call, values.numbers(), values.texts(), frame, maxStringLength);
                return text.length() > most ? text.substring(0, most) : text;
            } catch (LibraryException e) {
                throw failed(call, e);
            }
        };
    }

    private static SoftError failed(Expression.Library call, LibraryException e) {
        return new SoftError(SoftErrorText.library(e.text(), call.function().word(), call.span()), call.span());
    }

    private static long number(Expression.Library call, long[] numbers, String[] texts, Frame frame) {
        return switch (call.function()) {
            case STRPOS -> Strings.strpos(texts[0], texts[1]);
            case ISINSTR -> Strings.isinstr(texts[0], texts[1]);
            case STRINGAT -> Strings.stringat(texts[0], numbers[1]);
            case STRTOL -> Strings.strtol(texts[0], numbers[1]);
            case ISDIGIT -> Strings.isdigit(texts[0]);
            case NGROUPS -> frame.hit.library.ngroups();
            case TZ_GMTOFF -> Times.tzGmtoff(now(), ZoneId.systemDefault());
            case FP_ADD -> FloatingPoint.add(numbers[0], numbers[1]);
            case FP_SUB -> FloatingPoint.subtract(numbers[0], numbers[1]);
            case FP_MUL -> FloatingPoint.multiply(numbers[0], numbers[1]);
            case FP_DIV -> FloatingPoint.divide(numbers[0], numbers[1]);
            case FP_REM -> FloatingPoint.remainder(numbers[0], numbers[1]);
            case FP_SQRT -> FloatingPoint.squareRoot(numbers[0]);
            case FP_EQ -> FloatingPoint.equal(numbers[0], numbers[1]);
            case FP_LT -> FloatingPoint.less(numbers[0], numbers[1]);
            case FP_LE -> FloatingPoint.lessOrEqual(numbers[0], numbers[1]);
            case FP_TO_LONG -> FloatingPoint.toLong(numbers[0], numbers[1]);
            case LONG_TO_FP -> FloatingPoint.ofLong(numbers[0]);
            case STRING_TO_FP -> FloatingPoint.ofText(texts[0]);
            case FP32_TO_FP64 -> FloatingPoint.ofFloat(numbers[0]);
            case ERRNO_STR,
                    RETURN_STR,
                    SA_FLAGS_STR,
                    SIGSET_MASK_STR,
                    OPEN_FLAG_STR,
                    PPFUNC,
                    STR_REPLACE,
                    TEXT_STR,
                    TEXT_STRN,
                    STRING_QUOTED,
                    MATCHED,
                    CTIME,
                    TZ_CTIME,
                    TZ_NAME,
                    MSECS_TO_STRING,
                    USECS_TO_STRING,
                    NSECS_TO_STRING,
                    BYTES_TO_STRING,
                    PAGES_TO_STRING,
                    FP_TO_STRING,
                    IP_NTOP,
                    STACK_ADDRESSES,
                    STACK_LINES,
                    STACK_TEXT,
                    STACK_BRIEF,
                    STACK_CALLER,
                    STACK_ADDRESS,
                    ADDRESS_LINES,
                    ADDRESS_TEXT,
                    ADDRESS_NAME,
                    ADDRESS_DATA,
                    ADDRESS_MODULE,
                    TCP_SOCKSTATE_STR ->
                throw new IllegalArgumentException(call.function().word() + " gives a string");
        };
    }

    private static String text(
            Expression.Library call, long[] numbers, String[] texts, Frame frame, int maxStringLength) {
        return switch (call.function()) {
            case STR_REPLACE -> Strings.strReplace(texts[0], texts[1], texts[2]);
            case TEXT_STR -> QuotedText.of(texts[0], 0, false, maxStringLength);
            case TEXT_STRN -> QuotedText.of(texts[0], numbers[1], numbers[2] != 0, maxStringLength);
            case STRING_QUOTED -> QuotedText.of(texts[0], 0, true, maxStringLength);
            case MATCHED -> frame.hit.library.matched(numbers[0]);
            case CTIME -> Times.ctime(numbers[0]);
            case TZ_CTIME -> Times.tzCtime(numbers[0], ZoneId.systemDefault());
            case TZ_NAME -> Times.tzName(now(), ZoneId.systemDefault());
            case MSECS_TO_STRING -> Times.minutes(numbers[0], 1_000);
            case USECS_TO_STRING -> Times.minutes(numbers[0], 1_000_000);
            case NSECS_TO_STRING -> Times.minutes(numbers[0], 1_000_000_000);
            case BYTES_TO_STRING -> Sizes.bytes(numbers[0]);
            case PAGES_TO_STRING -> Sizes.bytes(numbers[0] * PAGE);
            case FP_TO_STRING -> FloatingPoint.toText(numbers[0], numbers[1]);
            case ERRNO_STR -> SystemNames.error(numbers[0]);
            case RETURN_STR -> SystemNames.result(numbers[0], numbers[1]);
            case SA_FLAGS_STR -> SystemNames.actionFlags(numbers[0]);
            case SIGSET_MASK_STR -> SystemNames.signals(numbers[0]);
            case OPEN_FLAG_STR -> SystemNames.openFlags(numbers[0]);
            case PPFUNC -> ProbeFunction.of(texts[0]);
            case IP_NTOP -> Network.ipv4(numbers[0]);
            case TCP_SOCKSTATE_STR -> Network.tcpState(numbers[0]);
            case STRPOS,
                    ISINSTR,
                    STRINGAT,
                    STRTOL,
                    ISDIGIT,
                    NGROUPS,
                    TZ_GMTOFF,
                    FP_ADD,
                    FP_SUB,
                    FP_MUL,
                    FP_DIV,
                    FP_REM,
                    FP_SQRT,
                    FP_EQ,
                    FP_LT,
                    FP_LE,
                    FP_TO_LONG,
                    LONG_TO_FP,
                    STRING_TO_FP,
                    STACK_ADDRESSES,
                    STACK_LINES,
                    STACK_TEXT,
                    STACK_BRIEF,
                    STACK_CALLER,
                    STACK_ADDRESS,
                    ADDRESS_LINES,
                    ADDRESS_TEXT,
                    ADDRESS_NAME,
                    ADDRESS_DATA,
                    ADDRESS_MODULE,
                    FP32_TO_FP64 ->
                throw new IllegalArgumentException(call.function().word() + " gives a number");
        };
    }

    private static long now() {
        return System.currentTimeMillis() / 1000;
    }
}
