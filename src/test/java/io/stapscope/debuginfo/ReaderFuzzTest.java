package io.stapscope.debuginfo;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.debuginfo.SeedFiles.SeedFile;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Damaged programs: each is read, or refused in words, in time and heap that its size allows. */
class ReaderFuzzTest {
    private static final int FILES = 20_000;
    /** So that a machine with much else to do tells of that, too. */
    private static final Duration TIME = Duration.ofMinutes(5);

    @Test
    @Timeout(400)
    void twenty_thousand_damaged_programs_are_read_or_refused_in_words() throws InterruptedException {
        var fuzz = new ReaderFuzz(Readers.ALL);
        int programs = fuzz.run(0, FILES, 7, TIME);
        assertThat(fuzz.failures()).isEmpty();
        assertThat(programs).as("programs").isGreaterThanOrEqualTo(12);
        assertThat(fuzz.files()).isEqualTo(FILES);
        assertThat(fuzz.refused()).as("files in which damage was found").isGreaterThan(FILES / 10);
    }

    @Test
    void programs_of_all_kinds_come_along() {
        assertThat(SeedFiles.find())
                .extracting(SeedFile::name)
                .contains(
                        "go",
                        "go-stripped",
                        "rust",
                        "rust-v0",
                        "rust-stripped",
                        "c-static",
                        "c-stripped",
                        "c-narrow",
                        "dwz",
                        "dwz-common");
    }

    /** What is cut down still has what it is kept for. */
    @ParameterizedTest
    @CsvSource({
        "go,runtime.memequal",
        "rust,bucket_mask_to_capacity",
        "rust-v0,bucket_mask_to_capacity",
        "c-static,descend",
        "c-narrow,visit",
        "dwz,descend"
    })
    void kept_programs_have_their_functions(String program, String function) {
        var file = SeedFiles.find().stream()
                .filter(each -> each.name().equals(program))
                .findFirst()
                .orElseThrow();
        var functions =
                DwarfReaders.open(file.seed().program(file.content().length)).functions();
        assertThat(functions.named(function)).isNotEmpty();
    }

    @Test
    void a_reader_that_fails_otherwise_is_told() throws InterruptedException {
        Consumer<Damaged> careless =
                damaged -> damaged.file().get(damaged.file().limit());
        var fuzz = new ReaderFuzz(Map.of("careless", careless));
        fuzz.run(0, 10, 1, TIME);
        assertThat(fuzz.failures().keySet())
                .singleElement()
                .asString()
                .startsWith("careless: IndexOutOfBoundsException at ReaderFuzzTest");
    }
}
