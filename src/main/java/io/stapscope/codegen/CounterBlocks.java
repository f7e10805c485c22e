package io.stapscope.codegen;

import io.stapscope.codegen.layout.CounterLayout;
import io.stapscope.codegen.layout.CounterLayout.Block;
import java.util.ArrayList;
import java.util.List;

/** Which rows of counters each program adds to: all to the same, or each to its own where one may interrupt another. */
final class CounterBlocks {
    private final int cpus;
    private final boolean own;
    private final List<Block> blocks = new ArrayList<>();

    /**
     * @param own whether each program needs rows of its own
     * @param handlers all that are in the kernel
     */
    CounterBlocks(int cpus, boolean own, List<Integer> handlers) {
        this.cpus = cpus;
        this.own = own;
        if (!own) {
            blocks.add(new Block(0, handlers));
        }
    }

    /** The rows of the program written next. */
    Block next(List<Integer> handlers) {
        return own ? new Block(blocks.isEmpty() ? 0 : layout().size(), handlers) : blocks.getFirst();
    }

    /** That program is finished. */
    void add(Block block) {
        if (own) {
            blocks.add(block);
        }
    }

    CounterLayout layout() {
        return new CounterLayout(cpus, blocks.isEmpty() ? List.of(next(List.of())) : blocks);
    }
}
