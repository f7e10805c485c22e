package io.stapscope.bpf;

/** A place in a program being assembled; belongs to one {@link Assembler}. */
public final class Label {
    private static final int UNPLACED = -1;

    private final String name;
    private int index = UNPLACED;

    Label(String name) {
        this.name = name;
    }

    boolean isPlaced() {
        return index != UNPLACED;
    }

    int index() {
        if (!isPlaced()) {
            throw new IllegalStateException("label " + name + " was never placed");
        }
        return index;
    }

    void place(int at) {
        if (isPlaced()) {
            throw new IllegalStateException("label " + name + " placed twice");
        }
        index = at;
    }

    @Override
    public String toString() {
        return name;
    }
}
