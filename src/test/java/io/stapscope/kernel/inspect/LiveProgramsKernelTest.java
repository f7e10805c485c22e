package io.stapscope.kernel.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.host.Host.ProgramLookup;
import io.stapscope.host.program.Program;
import io.stapscope.host.program.Site;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("kernel")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LiveProgramsKernelTest {
    private final LivePrograms programs = new LivePrograms(Path.of("/proc"));

    private Program read(String path) {
        assertThat(programs.open(path)).as(path).isInstanceOf(ProgramLookup.Read.class);
        return ((ProgramLookup.Read) programs.open(path)).program();
    }

    private String ourJava() {
        return programs.executableOf((int) ProcessHandle.current().pid()).orElseThrow();
    }

    @Test
    void tellsTheExecutableOfAProcess() {
        assertThat(ourJava()).endsWith("/bin/java");
        assertThat(programs.executableOf(Integer.MAX_VALUE)).isEmpty();
    }

    @Test
    void findsTheLibrariesOfAProgramAndTheirFunctions() {
        var libc = read(ourJava()).libraries().stream()
                .filter(each -> each.contains("libc.so"))
                .findFirst()
                .orElseThrow();

        var program = read(libc);
        assertThat(program.functions("malloc")).singleElement().satisfies(malloc -> {
            assertThat(malloc.exported()).isTrue();
            long entry = malloc.places().getFirst().entry();
            assertThat(program.site(entry)).isInstanceOf(Site.At.class);
        });
        assertThat(program.functions("mallo[c-d]")).hasSameSizeAs(program.functions("malloc"));
        assertThat(program.functions("*")).hasSizeGreaterThan(1_000);
    }

    @Test
    void putsNoProbeInsideAnInstruction() {
        var program = read(read(ourJava()).libraries().stream()
                .filter(each -> each.contains("libc.so"))
                .findFirst()
                .orElseThrow());
        var place = program.functions("qsort_r").getFirst().places().getFirst();

        long refused = 0;
        for (long address = place.entry(); address < place.end(); address++) {
            refused += program.site(address) instanceof Site.Refused ? 1 : 0;
        }
        assertThat(refused).isBetween((place.end() - place.entry()) / 4, place.end() - place.entry() - 2);
    }

    @Test
    void readsAFileAgainWhenItHasChanged(@TempDir Path directory) throws Exception {
        var file = directory.resolve("program");
        Files.copy(Path.of(ourJava()), file);
        var first = read(file.toString());

        assertThat(read(file.toString())).isSameAs(first);
        Files.delete(file);
        Files.copy(Path.of(first.libraries().getFirst()), file);
        assertThat(read(file.toString())).isNotSameAs(first);
    }

    @Test
    void tellsWhyAFileIsNoProgram(@TempDir Path directory) throws Exception {
        var text = Files.writeString(directory.resolve("text"), "x".repeat(100));

        assertThat(programs.open(text.toString())).isEqualTo(new ProgramLookup.Unreadable("is no ELF file"));
        assertThat(programs.open(directory.toString())).isEqualTo(new ProgramLookup.Unreadable("is no regular file"));
        assertThat(programs.open(directory + "/nothing")).isEqualTo(new ProgramLookup.Unreadable("no such file"));
    }
}
