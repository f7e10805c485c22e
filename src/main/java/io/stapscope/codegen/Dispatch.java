package io.stapscope.codegen;

import io.stapscope.bpf.Arithmetic;
import io.stapscope.bpf.Condition;
import io.stapscope.bpf.Label;
import io.stapscope.bpf.Register;
import io.stapscope.bpf.Width;
import io.stapscope.codegen.ProgramWriter.Part;
import io.stapscope.codegen.layout.MapNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Leads a system call to the handlers that asked for its number: a few numbers are compared, many are looked up in a
 * constant bitmap, and neighbouring handlers of one number each share a tree of comparisons.
 */
final class Dispatch {
    /** Up to here comparing is cheaper than looking up. */
    private static final int FEW = 3;

    private final Emitter emitter;

    Dispatch(Emitter emitter) {
        this.emitter = emitter;
    }

    /** How many handlers one hit may pass through: those of different numbers exclude each other. */
    static int longestPath(List<Part> parts) {
        int sum = 0;
        for (int from = 0; from < parts.size(); ) {
            int to = endOfRun(parts, from);
            sum += byNumber(parts.subList(from, to)).values().stream()
                    .mapToInt(List::size)
                    .max()
                    .orElse(1);
            from = to;
        }
        return sum;
    }

    /** Numbers that at least one part wants; null when one wants all. */
    static @Nullable SortedSet<Integer> wanted(List<Part> parts) {
        var all = new TreeSet<Integer>();
        for (var part : parts) {
            var numbers = part.numbers();
            if (numbers == null) {
                return null;
            }
            all.addAll(numbers);
        }
        return all;
    }

    /**
     * Writes the parts in order.
     *
     * @param known numbers that the call's number is already known to be among; null when it may be any
     * @param between written before each part but the first
     * @param write writes one part
     */
    void write(
            List<Part> parts, @Nullable Set<Integer> known, Runnable between, java.util.function.Consumer<Part> write) {
        for (int from = 0; from < parts.size(); ) {
            int to = endOfRun(parts, from);
            if (from > 0) {
                between.run();
            }
            var run = parts.subList(from, to);
            var end = emitter.label("end of dispatch");
            if (run.size() == 1) {
                var numbers = run.getFirst().numbers();
                if (numbers != null && !numbers.equals(known)) {
                    jumpUnlessIn(numbers, end);
                }
                write.accept(run.getFirst());
            } else {
                emitter.code.load(Width.DOUBLE, Register.R0, Emitter.FRAME, Frame.NUMBER);
                var leaves = List.copyOf(byNumber(run).entrySet());
                new Tree(
                                leaves.stream().map(leaf -> leaf.getKey()).toList(),
                                leaves.stream().map(leaf -> leaf.getValue()).toList(),
                                between,
                                write,
                                end)
                        .write(0, leaves.size());
            }
            emitter.code.place(end);
            from = to;
        }
    }

    /** Neighbours that each want one number. */
    private static int endOfRun(List<Part> parts, int from) {
        int to = from;
        while (to < parts.size() && isSingle(parts.get(to))) {
            to++;
        }
        return Math.max(to, from + 1);
    }

    private static boolean isSingle(Part part) {
        var numbers = part.numbers();
        return numbers != null && numbers.size() == 1;
    }

    private static SortedMap<Integer, List<Part>> byNumber(List<Part> run) {
        var found = new TreeMap<Integer, List<Part>>();
        for (var part : run) {
            var numbers = part.numbers();
            int number = numbers == null || numbers.isEmpty()
                    ? 0
                    : numbers.iterator().next();
            found.computeIfAbsent(number, _ -> new ArrayList<>()).add(part);
        }
        return found;
    }

    /** Changes R0 to R2. */
    void jumpUnlessIn(Set<Integer> numbers, Label otherwise) {
        var code = emitter.code;
        code.load(Width.DOUBLE, Register.R0, Emitter.FRAME, Frame.NUMBER);
        if (numbers.size() > FEW) {
            lookUp(new TreeSet<>(numbers), otherwise);
            return;
        }
        var found = emitter.label("number is wanted");
        var rest = new ArrayList<>(numbers);
        while (rest.size() > 1) {
            code.jump(Condition.EQUAL, Register.R0, rest.removeLast(), found);
        }
        if (rest.isEmpty()) {
            code.jump(otherwise);
        } else {
            code.jump(Condition.NOT_EQUAL, Register.R0, rest.getFirst(), otherwise);
        }
        code.place(found);
    }

    private void lookUp(SortedSet<Integer> numbers, Label otherwise) {
        var code = emitter.code;
        var words = new long[numbers.last() / Long.SIZE + 1];
        numbers.forEach(number -> words[number / Long.SIZE] |= 1L << (number % Long.SIZE));
        code.jump(Condition.ABOVE_OR_EQUAL, Register.R0, words.length * Long.SIZE, otherwise);
        code.loadMapValue(Register.R1, MapNames.CONSTANTS, emitter.constants.add(words));
        code.move(Register.R2, Register.R0);
        code.arithmetic(Arithmetic.SHIFT_RIGHT_UNSIGNED, Register.R2, 6);
        code.arithmetic(Arithmetic.SHIFT_LEFT, Register.R2, 3);
        code.arithmetic(Arithmetic.ADD, Register.R1, Register.R2);
        code.load(Width.DOUBLE, Register.R1, Register.R1, 0);
        code.arithmetic(Arithmetic.AND, Register.R0, Long.SIZE - 1);
        code.arithmetic(Arithmetic.SHIFT_RIGHT_UNSIGNED, Register.R1, Register.R0);
        code.arithmetic(Arithmetic.AND, Register.R1, 1);
        code.jump(Condition.EQUAL, Register.R1, 0, otherwise);
    }

    /** A tree of comparisons of R0 whose leaves are the parts of one number. */
    private final class Tree {
        private final List<Integer> numbers;
        private final List<List<Part>> leaves;
        private final Runnable between;
        private final java.util.function.Consumer<Part> write;
        private final Label end;

        Tree(
                List<Integer> numbers,
                List<List<Part>> leaves,
                Runnable between,
                java.util.function.Consumer<Part> write,
                Label end) {
            this.numbers = numbers;
            this.leaves = leaves;
            this.between = between;
            this.write = write;
            this.end = end;
        }

        void write(int from, int to) {
            if (to - from == 1) {
                emitter.code.jump(Condition.NOT_EQUAL, Register.R0, numbers.get(from), end);
                var parts = leaves.get(from);
                for (int i = 0; i < parts.size(); i++) {
                    if (i > 0) {
                        between.run();
                    }
                    write.accept(parts.get(i));
                }
                emitter.code.jump(end);
                return;
            }
            int middle = (from + to) / 2;
            var upper = emitter.label("number at least " + numbers.get(middle));
            emitter.code.jump(Condition.GREATER_OR_EQUAL, Register.R0, numbers.get(middle), upper);
            write(from, middle);
            emitter.code.place(upper);
            write(middle, to);
        }
    }
}
