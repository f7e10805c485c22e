package io.stapscope.debuginfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Damaged programs: each is read, or refused in words, in time and heap that its size allows. */
class ReaderFuzzTest {
    private static final Duration TIME = Duration.ofSeconds(30);

    /** All of them where nobody else is at work; else as many as there is time for. */
    @Test
    @Timeout(180)
    void twenty_thousand_damaged_programs_are_read_or_refused_in_words() throws InterruptedException {
        assumeFalse(SeedFiles.find().isEmpty(), "no compiler and no program on this machine");
        var fuzz = new ReaderFuzz(Readers.ALL);
        fuzz.run(0, 20_000, 7, TIME);
        assertThat(fuzz.failures()).isEmpty();
        assertThat(fuzz.files()).isBetween(200L, 20_000L);
        assertThat(fuzz.refused()).as("damage that was found").isGreaterThan(fuzz.files() / 4);
    }

    @Test
    void a_reader_that_fails_otherwise_is_told() throws InterruptedException {
        assumeFalse(SeedFiles.find().isEmpty(), "no compiler and no program on this machine");
        Consumer<ByteBuffer> careless = file -> file.get(file.limit());
        var fuzz = new ReaderFuzz(Map.of("careless", careless));
        fuzz.run(0, 10, 1, TIME);
        assertThat(fuzz.failures().keySet())
                .singleElement()
                .asString()
                .startsWith("careless: IndexOutOfBoundsException at ReaderFuzzTest");
    }
}
