package io.stapscope.compiler.ir;

import io.stapscope.compiler.source.Span;
import java.util.Locale;

/**
 * What soft errors say, after {@code ERROR: }: the same words and the same place, whichever back end meets them. Not for
 * {@code error("...")}, which says only what the script says.
 */
public final class SoftErrorText {
    private SoftErrorText() {}

    /** What {@code catch (message)} gives: an error's text up to where it tells its place. */
    public static String withoutPlace(String text) {
        int place = text.indexOf(" near ");
        return place < 0 ? text : text.substring(0, place);
    }

    /** Of {@link Expression.BinaryOperator#DIVIDE} and {@link Expression.BinaryOperator#MODULO}. */
    public static String divisionByZero(Expression.Binary division) {
        String sign = division.operator() == Expression.BinaryOperator.MODULO ? "%" : "/";
        var source = division.span().source();
        // The operator stands somewhere between its operands; `x /= y` has it after x, too.
        int from = Math.min(division.left().span().end(), division.span().end());
        int at = source.text().indexOf(sign, from);
        if (at < 0 || at >= division.span().end()) {
            // Of `x /= y` the left operand may have the place of the whole assignment.
            at = source.text().indexOf(sign, division.span().start());
        }
        if (at < 0 || at >= division.span().end()) {
            return "division by 0 near operator '" + sign + "' at " + division.span();
        }
        boolean assigns = source.text().startsWith("=", at + 1);
        return "division by 0 near operator '" + sign + (assigns ? "=" : "") + "' at " + new Span(source, at, at + 1);
    }

    /** An array without room for another element. */
    public static String arrayOverflow(Global global, Span span, Limits limits) {
        String limit = global.capacity() == limits.maxMapEntries()
                ? "MAXMAPENTRIES"
                : "size limit (" + global.capacity() + ")";
        return "Array overflow, check " + limit + near(global.name(), span);
    }

    /** An extractor that needs at least one value. */
    public static String emptyAggregate(Expression.Extract extract) {
        String word =
                switch (extract.extractor()) {
                    case COUNT -> "@count";
                    case SUM -> "@sum";
                    case MIN -> "@min";
                    case MAX -> "@max";
                    case AVERAGE -> "@avg";
                    case VARIANCE -> "@variance";
                };
        return "empty aggregate" + near(word, extract.span());
    }

    /** A histogram to print that has no values. */
    public static String emptyHistogram(Statement.PrintHistogram print) {
        return "empty aggregate" + near(print.linear() ? "@hist_linear" : "@hist_log", print.span());
    }

    /** A bucket of a histogram that has no values. */
    public static String emptyBucket(Expression.Bucket bucket) {
        return "empty aggregate" + near(bucket.linear() ? "@hist_linear" : "@hist_log", bucket.span());
    }

    /** A number that no bucket has. */
    public static String noSuchBucket(Expression.Bucket bucket) {
        return "histogram index out of range" + near(bucket.linear() ? "@hist_linear" : "@hist_log", bucket.span());
    }

    /** What a library function complains of. */
    public static String library(String complaint, String function, Span span) {
        return complaint + near(function, span);
    }

    /** An address of a user process that cannot be read. */
    public static String readFault(long address, Span span) {
        return String.format(Locale.ROOT, "read fault at 0x%016x", address) + near("user_string", span);
    }

    /** An address that cannot be read, named by what stands at the span. */
    public static String loadFault(long address, Span span) {
        var identifier = leadingName(span);
        // What a C type led to is documented under this name.
        var page = identifier.startsWith("user_") || identifier.startsWith("kernel_") ? "" : " [man error::fault]";
        return String.format(Locale.ROOT, "read fault%s at 0x%016x", page, address) + near(identifier, span);
    }

    /** Memory that user space would have to read after the hit, or outside of any. */
    public static String memoryIsGone(Span span) {
        return "memory can be read only at a hit" + near(leadingName(span), span);
    }

    /** The name that what stands at a span begins with. */
    private static String leadingName(Span span) {
        var text = span.text();
        int start = text.startsWith("&") ? 1 : 0;
        int end = start;
        while (end < text.length()
                && (Character.isLetterOrDigit(text.charAt(end)) || "_$@".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        return end == start ? "user_string" : text.substring(start, end);
    }

    /** More statements than MAXACTION or MAXACTION_INTERRUPTIBLE allows. */
    public static String tooManyStatements(Span span) {
        return "MAXACTION exceeded at " + span;
    }

    /** More calls inside each other than MAXNESTING allows. */
    public static String tooDeep(String function, Span span) {
        return "MAXNESTING exceeded" + near(function, span);
    }

    private static String near(String identifier, Span span) {
        return " near identifier '" + identifier + "' at " + span;
    }
}
