package io.stapscope.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.Compile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ListingTest {
    private static final String SCRIPT = """
            global n
            probe process.syscall {
              n[pid()]++
              if ($syscall == 39)
                printf("%d\\n", tid())
            }
            """;

    private static Listing listing(String script) {
        var plan = Compile.plan(script);
        return Listing.of(CodeGenerator.generate(plan, new FixedHost()), plan.script());
    }

    @Test
    void instructionsStandBelowTheLineTheyWereMadeFor() {
        var program = listing(SCRIPT).programs().getFirst();
        assertThat(program.hook()).isEqualTo("BTF raw tracepoint sys_enter");
        assertThat(program.lines().stream().filter(group -> group.line() > 0).map(Listing.Lines::text))
                .contains("n[pid()]++", "if ($syscall == 39)", "printf(\"%d\\n\", tid())");
        var update = program.lines().stream()
                .filter(group -> group.line() == 3)
                .flatMap(group -> group.instructions().stream())
                .collect(Collectors.joining("\n"));
        assertThat(update).contains("map a0").contains("call map_lookup_elem");
    }

    @Test
    void nothingOfAProgramIsLeftOutAndJumpsHaveTheirLabels() {
        var plan = Compile.plan(SCRIPT);
        var generated = CodeGenerator.generate(plan, new FixedHost());
        var lines = Listing.of(generated, plan.script()).programs().getFirst().lines().stream()
                .flatMap(group -> group.instructions().stream())
                .toList();
        assertThat(lines.stream().filter(line -> !line.endsWith(":")))
                .hasSameSizeAs(generated.programs().getFirst().instructions());
        for (var line : lines) {
            int target = line.indexOf("goto ");
            if (target >= 0) {
                assertThat(lines).contains(line.substring(target + 5) + ":");
            }
        }
    }

    @Test
    void theTextNamesMapsAndPrograms() {
        assertThat(listing(SCRIPT).text())
                .contains("map a0: hash, key 8 bytes")
                .contains("map events: ringbuf of 16777216 bytes")
                .contains("\nprogram sys_enter0 on BTF raw tracepoint sys_enter\n")
                .contains("\n   3  n[pid()]++\n");
    }

    @Test
    void aScriptOfUserSpaceHasNoPrograms() {
        assertThat(listing("probe begin { exit() }").programs()).isEmpty();
    }
}
