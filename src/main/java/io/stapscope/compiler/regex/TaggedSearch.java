package io.stapscope.compiler.regex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One search for the leftmost-longest match with its groups: all ways through the automaton are followed at once, and of
 * two that meet in a state only the better one goes on. Better: the group with the lower number begins earlier, then
 * ends later; a group that took part beats one that did not.
 */
final class TaggedSearch {
    private final Program program;
    private final String text;
    private final int tags;
    private int[] @Nullable [] current;
    private int[] @Nullable [] following;
    private List<Integer> live = new ArrayList<>();
    private List<Integer> liveNext = new ArrayList<>();
    private int @Nullable [] best;

    TaggedSearch(Program program, String text) {
        this.program = program;
        this.text = text;
        this.tags = 2 * (program.groups + 1);
        this.current = new int[program.ops.size()][];
        this.following = new int[program.ops.size()][];
    }

    /** Positions: group n from {@code [2n]} to {@code [2n + 1]}, -1 for one that took no part; null without a match. */
    int @Nullable [] run() {
        for (int at = 0; at <= text.length(); at++) {
            if (best == null) {
                var fresh = new int[tags];
                Arrays.fill(fresh, -1);
                fresh[0] = at;
                follow(program.start(), fresh, at);
            }
            if (at == text.length() || live.isEmpty() && best != null) {
                break;
            }
            step(at);
        }
        return best;
    }

    private void step(int at) {
        var states = live;
        var reached = current;
        live = liveNext;
        current = following;
        for (int state : states) {
            var way = reached[state];
            reached[state] = null;
            if (way != null
                    && program.ops.get(state) instanceof Program.Op.Bytes bytes
                    && bytes.set().get(text.charAt(at) & 0xFF)
                    && (best == null || way[0] <= best[0])) {
                follow(bytes.next(), way, at + 1);
            }
        }
        states.clear();
        liveNext = states;
        following = reached;
    }

    /** Everything reached from a state without reading a byte. */
    private void follow(int from, int[] way, int at) {
        List<Step> open = new ArrayList<>(List.of(new Step(from, way)));
        while (!open.isEmpty()) {
            var step = open.removeLast();
            var before = current[step.state];
            if (before != null && !isBetter(step.way, before)) {
                continue;
            }
            if (before == null) {
                live.add(step.state);
            }
            current[step.state] = step.way;
            switch (program.ops.get(step.state)) {
                case Program.Op.Accept _ -> accept(step.way, at);
                case Program.Op.Split split -> {
                    open.add(new Step(split.second(), step.way));
                    open.add(new Step(split.first(), step.way));
                }
                case Program.Op.Tag tag -> open.add(new Step(tag.next(), marked(step.way, tag, at)));
                case Program.Op.Start start -> {
                    if (at == 0) {
                        open.add(new Step(start.next(), step.way));
                    }
                }
                case Program.Op.End end -> {
                    if (at == text.length()) {
                        open.add(new Step(end.next(), step.way));
                    }
                }
                case Program.Op.Bytes _ -> {}
            }
        }
    }

    private static int[] marked(int[] way, Program.Op.Tag tag, int at) {
        var marked = way.clone();
        if (tag.tag() % 2 == 0) {
            // A new turn of a group forgets the last one, and the groups inside.
            Arrays.fill(marked, tag.tag(), 2 * tag.lastInner() + 2, -1);
        }
        marked[tag.tag()] = at;
        return marked;
    }

    private void accept(int[] way, int at) {
        var match = way.clone();
        match[1] = at;
        if (best == null || match[0] < best[0] || match[0] == best[0] && (at > best[1] || isBetter(match, best))) {
            best = match;
        }
    }

    private static boolean isBetter(int[] way, int[] other) {
        for (int tag = 0; tag < way.length; tag++) {
            if (way[tag] != other[tag]) {
                if (way[tag] < 0 || other[tag] < 0) {
                    return other[tag] < 0;
                }
                return tag % 2 == 0 ? way[tag] < other[tag] : way[tag] > other[tag];
            }
        }
        return false;
    }

    private record Step(int state, int[] way) {}
}
