package io.stapscope.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.capture.Flame.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlameTest {
    private static final Part PROGRAM = new Part("execname", "app");

    private static Part user(String folded) {
        return new Part("ustack", folded);
    }

    private static Flame leaf(String name, long value) {
        return new Flame(name, value, List.of());
    }

    @Test
    void stacksWithTheSameFunctionsAreOneAndValuesAddUpTowardsTheRoot() {
        var tree = new Flame.Builder()
                .add(List.of(user("main;run;work")), 3)
                .add(List.of(user("main;run")), 2)
                .add(List.of(user("main;run;work")), 4)
                .add(List.of(user("main;idle")), 1)
                .build(10);

        assertThat(tree)
                .isEqualTo(new Flame(
                        "all",
                        10,
                        List.of(new Flame(
                                "main", 10, List.of(leaf("idle", 1), new Flame("run", 9, List.of(leaf("work", 7))))))));
    }

    @Test
    void otherPartsStandAroundTheStacksAndTheKernelIsCalledFromTheProcess() {
        var key = List.of(new Part("stack", "entry;do_read"), PROGRAM, user("main"));
        var tree = new Flame.Builder().add(key, 5).build(5);

        assertThat(tree.children())
                .containsExactly(new Flame(
                        "app",
                        5,
                        List.of(new Flame("main", 5, List.of(new Flame("entry", 5, List.of(leaf("do_read", 5))))))));
    }

    @Test
    void whatIsInNoStackThatIsShownIsTold() {
        var tree = new Flame.Builder().add(List.of(user("main")), 5).build(12);

        assertThat(tree).isEqualTo(new Flame("all", 12, List.of(leaf("(other)", 7), leaf("main", 5))));
    }

    @Test
    void aStackWithoutFramesIsKeptAndNothingNegativeIsDrawn() {
        var tree = new Flame.Builder()
                .add(List.of(user("")), 5)
                .add(List.of(user("main")), -5)
                .build(5);

        assertThat(tree).isEqualTo(new Flame("all", 5, List.of(leaf("?", 5))));
    }
}
