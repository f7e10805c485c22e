package io.stapscope.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarReaderTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream archive = new ByteArrayOutputStream();

    @Test
    void unpacksFilesFoldersAndLinks() throws IOException {
        entry("bin/", '5', "", "");
        entry("bin/tool", '0', "content", "");
        entry("bin/same", '2', "", "tool");
        unpack(2 * 512);
        assertThat(folder.resolve("bin/tool")).hasContent("content").isExecutable();
        assertThat(Files.readSymbolicLink(folder.resolve("bin/same"))).isEqualTo(Path.of("tool"));
    }

    @Test
    void readsLongNames() throws IOException {
        String name = "a".repeat(90) + "/" + "b".repeat(90);
        entry("@LongLink", 'L', name + "\0", "");
        entry(name.substring(0, 99), '0', "x", "");
        unpack(2 * 512);
        assertThat(folder.resolve(name)).hasContent("x");
    }

    @Test
    void writesNothingOutside() throws IOException {
        entry("../escaped", '0', "x", "");
        assertThatThrownBy(() -> unpack(2 * 512)).hasMessageContaining("leaves the destination");
        archive.reset();
        entry("link", '2', "", "../../etc");
        assertThatThrownBy(() -> unpack(2 * 512)).hasMessageContaining("leaves the destination");
        assertThat(folder.resolveSibling("escaped")).doesNotExist();
    }

    @Test
    void refusesACutArchive() throws IOException {
        entry("file", '0', "content", "");
        assertThatThrownBy(() -> unpack(0)).isInstanceOf(EOFException.class);
    }

    private void unpack(int zeros) throws IOException {
        byte[] bytes = Arrays.copyOf(archive.toByteArray(), archive.size() + zeros);
        new TarReader(new ByteArrayInputStream(bytes), folder).unpack();
    }

    private void entry(String name, char type, String content, String link) throws IOException {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, "0000755\0");
        put(header, 124, String.format("%011o\0", content.length()));
        header[156] = (byte) type;
        put(header, 157, link);
        archive.write(header);
        archive.write(Arrays.copyOf(content.getBytes(StandardCharsets.US_ASCII), (content.length() + 511) / 512 * 512));
    }

    private static void put(byte[] header, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }
}
