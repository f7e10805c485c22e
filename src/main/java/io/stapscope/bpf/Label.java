package io.stapscope.bpf;

/** A place in a program being assembled; belongs to one {@link Assembler}. */
public final class Label {
    private static final int UNPLACED = -1;

    private final String name;
    private int slot = UNPLACED;

    Label(String name) {
        this.name = name;
    }

    boolean isPlaced() {
        return slot != UNPLACED;
    }

    int slot() {
        if (!isPlaced()) {
            throw new IllegalStateException("label " + name + " was never placed");
        }
        return slot;
    }

    void place(int at) {
        if (isPlaced()) {
            throw new IllegalStateException("label " + name + " placed twice");
        }
        slot = at;
    }

    @Override
    public String toString() {
        return name;
    }
}
