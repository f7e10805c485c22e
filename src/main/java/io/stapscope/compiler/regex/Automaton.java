package io.stapscope.compiler.regex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A deterministic automaton that tells whether a pattern occurs anywhere in a text. Bytes that no state tells apart share
 * a column. State 0 is the start; {@link #ACCEPTED} is final and absorbs.
 */
public final class Automaton {
    /** The state behind a match. */
    public static final int ACCEPTED = -1;

    private static final int MOST_STATES = 2000;

    private final byte[] columns = new byte[256];
    private int columnCount;
    private int[][] next = new int[0][];
    private final BitSet acceptsAtEnd = new BitSet();
    private final boolean acceptsAll;

    private final Program program;
    private final Map<BitSet, Integer> numbers = new HashMap<>();
    private final List<BitSet> sets = new ArrayList<>();

    Automaton(Program program, int patternLength) throws RegexException {
        this.program = program;
        classify();
        var first = new BitSet();
        acceptsAll = close(program.start(), first, true, false);
        List<int[]> rows = new ArrayList<>();
        number(first);
        for (int state = 0; state < sets.size(); state++) {
            if (state >= MOST_STATES) {
                throw new RegexException(
                        patternLength, "the pattern needs more than " + MOST_STATES + " states; make it simpler");
            }
            rows.add(row(sets.get(state)));
            if (acceptsAtEnd(sets.get(state), state == 0)) {
                acceptsAtEnd.set(state);
            }
        }
        next = rows.toArray(int[][]::new);
        numbers.clear();
    }

    /** Whether the pattern occurs in the text. */
    public boolean occursIn(String text) {
        if (acceptsAll) {
            return true;
        }
        int state = 0;
        for (int i = 0; i < text.length(); i++) {
            state = next[state][columns[text.charAt(i) & 0xFF] & 0xFF];
            if (state == ACCEPTED) {
                return true;
            }
        }
        return acceptsAtEnd.get(state);
    }

    /** Number of states. */
    public int states() {
        return next.length;
    }

    private int[] row(BitSet set) {
        var row = new int[columnCount];
        for (int column = 0; column < columnCount; column++) {
            row[column] = target(set, column);
        }
        return row;
    }

    private int target(BitSet set, int column) {
        int sample = 0;
        while ((columns[sample] & 0xFF) != column) {
            sample++;
        }
        var target = new BitSet();
        for (int at = set.nextSetBit(0); at >= 0; at = set.nextSetBit(at + 1)) {
            if (program.ops.get(at) instanceof Program.Op.Bytes bytes
                    && bytes.set().get(sample)
                    && close(bytes.next(), target, false, false)) {
                return ACCEPTED;
            }
        }
        // A match may begin at any byte.
        if (close(program.start(), target, false, false)) {
            return ACCEPTED;
        }
        return number(target);
    }

    private int number(BitSet set) {
        return numbers.computeIfAbsent(set, s -> {
            sets.add(s);
            return sets.size() - 1;
        });
    }

    private boolean acceptsAtEnd(BitSet set, boolean atStart) {
        var closed = new BitSet();
        for (int at = set.nextSetBit(0); at >= 0; at = set.nextSetBit(at + 1)) {
            if (close(at, closed, atStart, true)) {
                return true;
            }
        }
        return false;
    }

    /** Adds what is reached without a byte; true when the accepting state is. Waits at {@code $} until the end. */
    private boolean close(int from, BitSet set, boolean atStart, boolean atEnd) {
        var open = new ArrayList<Integer>(List.of(from));
        boolean accepts = false;
        while (!open.isEmpty()) {
            int at = open.removeLast();
            if (set.get(at)) {
                continue;
            }
            set.set(at);
            switch (program.ops.get(at)) {
                case Program.Op.Accept _ -> accepts = true;
                case Program.Op.Split split -> {
                    open.add(split.first());
                    open.add(split.second());
                }
                case Program.Op.Tag tag -> open.add(tag.next());
                case Program.Op.Start start -> {
                    if (atStart) {
                        open.add(start.next());
                    }
                }
                case Program.Op.End end -> {
                    if (atEnd) {
                        open.add(end.next());
                    }
                }
                case Program.Op.Bytes _ -> {}
            }
        }
        return accepts;
    }

    /** Splits the bytes into columns: two bytes share one when every set of the program holds both or neither. */
    private void classify() {
        columnCount = 1;
        for (var op : program.ops) {
            if (op instanceof Program.Op.Bytes bytes) {
                refine(bytes.set());
            }
        }
    }

    private void refine(BitSet set) {
        var renamed = new int[512];
        Arrays.fill(renamed, -1);
        int count = 0;
        var after = new byte[256];
        for (int b = 0; b < 256; b++) {
            int pair = (columns[b] & 0xFF) * 2 + (set.get(b) ? 1 : 0);
            if (renamed[pair] < 0) {
                renamed[pair] = count++;
            }
            after[b] = (byte) renamed[pair];
        }
        System.arraycopy(after, 0, columns, 0, 256);
        columnCount = count;
    }
}
