package io.stapscope.history.spill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpillLogTest {
    private static final UUID ONE = new UUID(1, 1);
    private static final UUID TWO = new UUID(2, 2);

    @TempDir
    Path folder;

    @Test
    void givesBackWhatWasAppendedInOrderAlsoToTheNextProcess() throws IOException {
        var written = new ArrayList<byte[]>();
        var random = new Random(1);
        var log = open(4_096);
        for (int i = 0; i < 300; i++) {
            var payload = new byte[random.nextInt(200)];
            random.nextBytes(payload);
            written.add(payload);
            log.append(i % 3 == 0 ? TWO : ONE, 2, payload);
        }
        assertThat(log.weight()).isEqualTo(600);
        assertThat(log.weight(TWO)).isEqualTo(200);
        // The process is killed: nothing is closed.
        var next = open(4_096);
        assertThat(next.weight()).isEqualTo(600);
        next.append(ONE, 1, new byte[] {7});
        written.add(new byte[] {7});

        var read = drain(next);
        assertThat(read).extracting(SpillRecord::payload).containsExactlyElementsOf(written);
        assertThat(read).extracting(SpillRecord::seq).isSorted().doesNotHaveDuplicates();
        assertThat(next.isEmpty()).isTrue();
        assertThat(next.bytes()).isZero();
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 20, 43, 44, 60, 99})
    void cutsATornTailAndGoesOn(int kept) throws IOException {
        var log = open(1 << 20);
        for (int i = 0; i < 5; i++) {
            log.append(ONE, 1, new byte[100]);
        }
        log.close();
        var file = onlyFile();
        var bytes = Files.readAllBytes(file);
        int whole = bytes.length - 144;
        Files.write(file, java.util.Arrays.copyOf(bytes, whole + kept));

        var next = open(1 << 20);
        assertThat(Files.size(file)).isEqualTo(whole);
        assertThat(next.weight(ONE)).isEqualTo(4);
        next.append(ONE, 1, new byte[] {1});
        var read = drain(next);
        assertThat(read).hasSize(5);
        assertThat(read.getLast().payload()).containsExactly(1);
    }

    @Test
    void damageCostsOnlyTheRecordsItHitAndTheyAreCounted() throws IOException {
        var log = open(64 << 10);
        for (int i = 0; i < 10_000; i++) {
            log.append(ONE, 1, Integer.toString(i).repeat(10).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        log.close();
        var random = new Random(5);
        var hit = new HashSet<String>();
        for (int i = 0; i < 1_000; i++) {
            hit.add(flip(random));
        }

        var next = open(64 << 10);
        long damaged = 0;
        var read = new ArrayList<SpillRecord>();
        for (var oldest = next.oldest(); oldest != null; oldest = next.oldest()) {
            damaged += oldest.damaged();
            read.addAll(oldest.records());
            next.dropOldest();
        }
        assertThat(damaged).isBetween(1L, 1_000L);
        assertThat(read.size() + damaged).isEqualTo(10_000);
        assertThat(read).allSatisfy(record -> assertThat(record.payload())
                .isEqualTo(
                        Long.toString(record.seq() - 1).repeat(10).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    /** Inverts a byte behind the header of a segment that is not the last. */
    private String flip(Random random) throws IOException {
        List<Path> files;
        try (var found = Files.list(folder)) {
            files = found.sorted().toList();
        }
        var file = files.get(random.nextInt(files.size() - 1));
        var bytes = Files.readAllBytes(file);
        int at = 8 + random.nextInt(bytes.length - 8);
        bytes[at] = (byte) ~bytes[at];
        Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
        return file + ":" + at;
    }

    @Test
    void leavesAFileOfAnotherVersionAlone() throws IOException {
        var stranger = folder.resolve("rows-0000000000000001.spill");
        Files.writeString(stranger, "STAPSPL9 something");
        var log = open(1 << 20);
        assertThat(log.isEmpty()).isTrue();
        assertThat(Files.readString(folder.resolve("rows-0000000000000001.spill.unknown")))
                .startsWith("STAPSPL9");
    }

    private SpillLog open(long segmentBytes) throws IOException {
        return SpillLog.open(folder, "rows", segmentBytes);
    }

    private Path onlyFile() throws IOException {
        try (var files = Files.list(folder)) {
            return files.findFirst().orElseThrow();
        }
    }

    private static List<SpillRecord> drain(SpillLog log) throws IOException {
        var all = new ArrayList<SpillRecord>();
        for (var oldest = log.oldest(); oldest != null; oldest = log.oldest()) {
            assertThat(oldest.damaged()).isZero();
            all.addAll(oldest.records());
            log.dropOldest();
        }
        return all;
    }
}
