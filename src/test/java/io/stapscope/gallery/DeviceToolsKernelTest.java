package io.stapscope.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The tools about disks and networks, against a driver that knows the truth. */
@Tag("kernel")
@Timeout(120)
class DeviceToolsKernelTest {
    @Test
    void fileOpensNamesEachFile() {
        var run = ToolRun.ofAll("file-opens", "open", "90", "/etc/hostname");
        assertThat(run.count("deeds", String.valueOf(run.driver()), "r", "/etc/hostname"))
                .isEqualTo(90);
        var failing = ToolRun.ofAll("file-opens", "fail", "5");
        assertThat(failing.count("deeds", "-2", "/no/such/file")).isEqualTo(5);
    }

    @Test
    void ioBytesAddsUpWhatWasReadAndWritten() {
        var run = ToolRun.ofAll("io-bytes", "move", "200", "3000");
        assertThat(run.numbers("deeds", "read", "600000").get(1)).isEqualTo(200);
        assertThat(run.numbers("deeds", "written", "600000").get(1)).isEqualTo(200);
    }

    @Test
    void connectionsNamesEachConnectAndAccept() {
        var run = ToolRun.ofAll("connections", "connect", "30");
        assertThat(run.lines().stream()
                        .filter(line ->
                                line.startsWith("deeds") && line.matches(".*connect\\(\\d+, .*127\\.0\\.0\\.1.*")))
                .hasSize(30);
        assertThat(run.count("deeds", "accept =")).isEqualTo(30);
    }

    @Test
    void packetsCountsWhatTheLoopbackCarries() {
        // A hundred bytes each, with the headers of UDP, IP and Ethernet.
        var run = ToolRun.ofAll("packets", "send", "400");
        var sent = run.numbers("lo", "sent");
        assertThat(sent.getFirst()).isGreaterThanOrEqualTo(400);
        assertThat(sent.get(1)).isGreaterThanOrEqualTo(400 * 142);
        assertThat(run.numbers("lo", "received").getFirst()).isGreaterThanOrEqualTo(400);
    }

    @Test
    void tcpStatesTellsTheCourseOfEachConnection() {
        var run = ToolRun.ofAll("tcp-states", "connect", "30");
        assertThat(run.count("deeds", "CLOSE -> SYN_SENT")).isEqualTo(30);
        assertThat(run.count("deeds", "SYN_SENT -> ESTABLISHED")).isEqualTo(30);
        assertThat(run.count("deeds", "CLOSE -> LISTEN")).isEqualTo(1);
    }

    @Test
    void blockIoCountsSyncedBlocks() {
        var file = Path.of("target/deeds.data").toAbsolutePath();
        var run = ToolRun.ofAll("block-io", "sync", "50", file.toString());
        assertThat(run.lines().stream()
                        .filter(line -> line.contains(" requests, mean "))
                        .mapToLong(line -> Long.parseLong(line.replaceAll(".*: (\\d+) requests.*", "$1")))
                        .sum())
                .isGreaterThanOrEqualTo(50);
    }
}
