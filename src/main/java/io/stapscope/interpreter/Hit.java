package io.stapscope.interpreter;

import io.stapscope.compiler.ir.SoftErrorText;
import io.stapscope.compiler.source.Span;
import io.stapscope.interpreter.format.ByteSink;

/** What all activations of one run of a handler share. */
final class Hit {
    /** Output is passed on at the end of the handler, or when it gets longer than this. */
    private static final int MOST_OUTPUT = 64 * 1024;

    final HitContext context;
    final ByteSink out;
    final ByteSink scratch;
    private final Console console;
    private final int most;
    private int statements;
    private int depth;
    boolean exit;
    final HitLibrary library = new HitLibrary();

    /** The sinks are lent for this run. */
    Hit(HitContext context, Console console, ByteSink out, ByteSink scratch, int most) {
        this.context = context;
        this.console = console;
        this.out = out;
        this.scratch = scratch;
        this.most = most;
        out.clear();
    }

    /** Counts a statement against the budget of the hit. */
    void charge(Span span) {
        if (++statements > most) {
            throw SoftError.last(SoftErrorText.tooManyStatements(span), span);
        }
    }

    void enter(String function, Span span, int maxNesting) {
        if (++depth > maxNesting) {
            throw new SoftError(SoftErrorText.tooDeep(function, span), span);
        }
    }

    int depth() {
        return depth;
    }

    /** Back in the call that caught an error. */
    void leaveTo(int caller) {
        depth = caller;
    }

    void leave() {
        depth--;
    }

    void printed() {
        if (out.size() > MOST_OUTPUT) {
            flush();
        }
    }

    Console console() {
        return console;
    }

    void warn(String message) {
        flush();
        console.warn(message);
    }

    void flush() {
        if (out.size() > 0) {
            var text = out.toString();
            out.clear();
            console.print(text);
        }
    }
}
