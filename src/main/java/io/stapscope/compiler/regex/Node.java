package io.stapscope.compiler.regex;

import java.util.BitSet;
import java.util.List;

/** The tree of a pattern. */
sealed interface Node {
    record Empty() implements Node {}

    /** One byte of a set. */
    record OneOf(BitSet bytes) implements Node {}

    record Sequence(List<Node> parts) implements Node {}

    record Choice(List<Node> arms) implements Node {}

    /** {@code most} is -1 for no limit. */
    record Repeat(Node body, int least, int most) implements Node {}

    record Group(int index, Node body) implements Node {}

    /** {@code ^}: only at the first byte. */
    record Start() implements Node {}

    /** {@code $}: only behind the last byte. */
    record End() implements Node {}
}
