package io.stapscope.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.tracer.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConsoleLinesTest {
    private final ConsoleLines console = new ConsoleLines(() -> 7, text -> text);

    @Test
    void fragmentsBecomeLines() {
        assertThat(lines("a\nb")).extracting(LogLine::text).containsExactly("a");
        assertThat(console.add(new Output(Output.Stream.ERROR, "WARNING: x\n")))
                .containsExactly(new LogBlock(2, 7, true, 1, "WARNING: x"));
        assertThat(lines("c\n")).extracting(LogLine::text).containsExactly("bc");
        assertThat(lines("end")).isEmpty();
        assertThat(console.finish()).containsExactly(new LogBlock(4, 7, false, 1, "end"));
    }

    @Test
    void linesThatComeTogetherAreOneBlock() {
        assertThat(console.add(new Output(Output.Stream.OUT, "a\n\nb\n")))
                .containsExactly(new LogBlock(1, 7, false, 3, "a\n\nb"));
        assertThat(console.add(new Output(Output.Stream.OUT, "\n"))).containsExactly(new LogBlock(4, 7, false, 1, ""));
        assertThat(console.lines()).isEqualTo(4);
    }

    @Test
    void aLineThatDoesNotEndIsCut() {
        var most = "x".repeat(ConsoleLines.LONGEST);

        assertThat(lines(most + "rest\n\n")).extracting(LogLine::text).containsExactly(most, "rest", "");
        assertThat(lines(most.substring(1))).isEmpty();
        assertThat(lines("yz\n")).extracting(LogLine::text).containsExactly(most.substring(1) + "y", "z");
    }

    /** Whether a line of full length goes on is known with the next character only. */
    @Test
    void aLineOfFullLengthIsOneLineThoughItsEndComesLater() {
        var most = "x".repeat(ConsoleLines.LONGEST);

        assertThat(lines(most)).isEmpty();
        assertThat(lines("\nnext\n")).extracting(LogLine::text).containsExactly(most, "next");
        assertThat(lines(most)).isEmpty();
        assertThat(lines("y")).extracting(LogLine::text).containsExactly(most);
        assertThat(lines("\n")).extracting(LogLine::text).containsExactly("y");
        assertThat(lines(most)).isEmpty();
        assertThat(console.finish()).containsExactly(new LogBlock(5, 7, false, 1, most));
    }

    /** However a text is cut into fragments, the lines are the same; no block is longer than its last line makes it. */
    @Test
    void linesDoNotDependOnTheFragments() {
        var random = new Random(5);
        var text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append("x"
                            .repeat(
                                    random.nextInt(40) == 0
                                            ? random.nextInt(3 * ConsoleLines.LONGEST)
                                            : random.nextInt(9)))
                    .append('\n');
        }
        var whole = lines(text.toString());
        assertThat(String.join("\n", whole.stream().map(LogLine::text).toList()) + "\n")
                .hasSizeGreaterThanOrEqualTo(text.length());
        for (int most : new int[] {10, 5_000, 3 * ConsoleLines.BLOCK}) {
            var other = new ConsoleLines(() -> 7, each -> each);
            var found = new ArrayList<LogLine>();
            for (int from = 0; from < text.length(); ) {
                int to = Math.min(text.length(), from + 1 + random.nextInt(most));
                for (var block : other.add(new Output(Output.Stream.OUT, text.substring(from, to)))) {
                    assertThat(block.text().length()).isLessThanOrEqualTo(ConsoleLines.BLOCK + ConsoleLines.LONGEST);
                    found.addAll(block.last(Integer.MAX_VALUE));
                }
                from = to;
            }
            assertThat(found).isEqualTo(whole);
        }
    }

    private List<LogLine> lines(String text) {
        return console.add(new Output(Output.Stream.OUT, text)).stream()
                .flatMap(block -> block.last(Integer.MAX_VALUE).stream())
                .toList();
    }
}
