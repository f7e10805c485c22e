package io.stapscope.compiler.regex;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A pattern as a nondeterministic automaton with tags. State 0 is the start; the last one accepts. Tag {@code 2n} marks
 * where group n begins and {@code 2n + 1} where it ends.
 */
final class Program {
    /** Intervals inside intervals multiply; more states than this are refused. */
    private static final int MOST_STATES = 4000;

    final List<Op> ops = new ArrayList<>();
    final int groups;

    private final int patternLength;

    private Program(int groups, int patternLength) {
        this.groups = groups;
        this.patternLength = patternLength;
    }

    sealed interface Op {
        record Bytes(BitSet set, int next) implements Op {}

        record Split(int first, int second) implements Op {}

        /**
         * Notes the position.
         *
         * @param lastInner greatest group inside the one that begins here, for whose last turn the tags are cleared
         */
        record Tag(int tag, int lastInner, int next) implements Op {}

        record Start(int next) implements Op {}

        record End(int next) implements Op {}

        record Accept() implements Op {}
    }

    static Program of(RegexParser.Parsed parsed, int patternLength) throws RegexException {
        var program = new Program(parsed.groups(), patternLength);
        // Built from the end: every piece knows where it continues.
        int accept = program.add(new Op.Accept());
        program.start = program.build(parsed.tree(), accept);
        return program;
    }

    private int start;

    int start() {
        return start;
    }

    private int add(Op op) throws RegexException {
        if (ops.size() >= MOST_STATES) {
            throw new RegexException(
                    patternLength, "the pattern is too big when its intervals are written out; use smaller intervals");
        }
        ops.add(op);
        return ops.size() - 1;
    }

    private int build(Node node, int next) throws RegexException {
        return switch (node) {
            case Node.Empty _ -> next;
            case Node.OneOf n -> add(new Op.Bytes(n.bytes(), next));
            case Node.Start _ -> add(new Op.Start(next));
            case Node.End _ -> add(new Op.End(next));
            case Node.Sequence n -> {
                int following = next;
                for (var part : n.parts().reversed()) {
                    following = build(part, following);
                }
                yield following;
            }
            case Node.Choice n -> {
                int entry = build(n.arms().getLast(), next);
                for (var arm : n.arms().reversed().subList(1, n.arms().size())) {
                    entry = add(new Op.Split(build(arm, next), entry));
                }
                yield entry;
            }
            case Node.Group n -> {
                int close = add(new Op.Tag(2 * n.index() + 1, n.index(), next));
                yield add(new Op.Tag(2 * n.index(), lastInner(n), build(n.body(), close)));
            }
            case Node.Repeat n -> repeat(n, next);
        };
    }

    private int repeat(Node.Repeat repeat, int next) throws RegexException {
        int following = next;
        if (repeat.most() < 0) {
            int loop = add(new Op.Split(next, next));
            ops.set(loop, new Op.Split(build(repeat.body(), loop), next));
            following = loop;
        } else {
            for (int i = repeat.least(); i < repeat.most(); i++) {
                following = add(new Op.Split(build(repeat.body(), following), next));
            }
        }
        for (int i = 0; i < repeat.least(); i++) {
            following = build(repeat.body(), following);
        }
        return following;
    }

    private static int lastInner(Node.Group group) {
        return Math.max(group.index(), last(group.body()));
    }

    private static int last(Node node) {
        return switch (node) {
            case Node.Empty _, Node.OneOf _, Node.Start _, Node.End _ -> 0;
            case Node.Sequence n ->
                n.parts().stream().mapToInt(Program::last).max().orElse(0);
            case Node.Choice n ->
                n.arms().stream().mapToInt(Program::last).max().orElse(0);
            case Node.Repeat n -> last(n.body());
            case Node.Group n -> lastInner(n);
        };
    }
}
