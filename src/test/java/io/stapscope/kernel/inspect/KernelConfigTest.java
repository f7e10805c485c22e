package io.stapscope.kernel.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelConfigTest {
    private static final String TEXT = """
            #
            # Linux/x86 6.18.0 Kernel Configuration
            CONFIG_SMP=y
            CONFIG_HZ=250
            # CONFIG_KPROBES is not set
            CONFIG_LOCALVERSION="-test"
            """;

    @TempDir
    Path folder;

    @Test
    void theFirstReadableFileIsTaken() throws IOException {
        Path plain = Files.writeString(folder.resolve("config-6.18.0"), TEXT);
        var config = KernelConfig.firstOf(List.of(folder.resolve("missing.gz"), plain));
        assertThat(config.value("CONFIG_SMP")).isEqualTo("y");
        assertThat(config.value("CONFIG_HZ")).isEqualTo("250");
        assertThat(config.value("CONFIG_KPROBES")).isEmpty();
        assertThat(config.value("CONFIG_LOCALVERSION")).isEqualTo("-test");
    }

    @Test
    void packedFilesAreRead() throws IOException {
        Path packed = folder.resolve("config.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(TEXT.getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(KernelConfig.firstOf(List.of(packed)).value("CONFIG_SMP")).isEqualTo("y");
    }

    @Test
    void withoutAFileNothingIsSet() {
        assertThat(KernelConfig.firstOf(List.of()).value("CONFIG_SMP")).isEmpty();
    }
}
