package io.stapscope.compiler.ir;

import io.stapscope.compiler.source.Span;
import java.util.List;

/**
 * What one resolved probe point does when it fires.
 *
 * @param span of the handler's braces
 * @param entries values computed when the call is entered and read at its return ({@code @entry}); only for
 *     {@link ProbePoint.Process} points of the event SYSCALL_RETURN, {@link ProbePoint.SystemCall} and
 *     {@link ProbePoint.Code} points at returns
 * @param captures with {@link Place#DEFERRED}: values computed in the kernel at the hit, which the body reads as
 *     {@link Expression.Capture}
 */
public record Handler(
        int id,
        Span span,
        ProbePoint point,
        Place place,
        List<Local> locals,
        List<Expression> entries,
        List<Expression> captures,
        Statement.Block body) {
    public Handler {
        locals = List.copyOf(locals);
        entries = List.copyOf(entries);
        captures = List.copyOf(captures);
    }

    /** Which back end runs a handler. */
    public enum Place {
        /** Compiled to BPF, runs at the hit. */
        KERNEL,
        /** The kernel sends the captured values at the hit; the body is interpreted in user space, in order. */
        DEFERRED,
        /** begin, end, error and timers: interpreted in user space. */
        USER
    }
}
