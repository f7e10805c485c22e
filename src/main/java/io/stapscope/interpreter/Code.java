package io.stapscope.interpreter;

import java.util.List;

/** What IR is compiled to once, and run at each hit: one function object per node. */
final class Code {
    private Code() {}

    interface Number {
        long value(Frame frame);
    }

    interface Text {
        String value(Frame frame);
    }

    interface Keys {
        List<Object> value(Frame frame);
    }

    /** A key part, which is null where the script has a {@code *}. */
    interface Pattern {
        boolean matches(List<Object> keys);
    }

    /** Evaluates the parts of a pattern once. */
    interface Slice {
        Pattern value(Frame frame);
    }

    interface Step {
        Flow run(Frame frame);
    }

    /** Where execution goes after a statement. */
    enum Flow {
        ON,
        BREAK,
        CONTINUE,
        /** Out of the function. */
        RETURN,
        /** Out of the handler. */
        NEXT
    }
}
