package io.stapscope.kernel.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.host.Host.Lookup.Found;
import io.stapscope.host.Host.Lookup.Missing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class ExecutableLookupTest {
    @TempDir
    Path directory;

    private ExecutableLookup lookup;

    @BeforeEach
    void makeFiles() throws IOException {
        directory = directory.toRealPath();
        lookup = new ExecutableLookup(directory, directory.resolve("bin") + ":/usr/bin:/bin");
        Files.createDirectory(directory.resolve("bin"));
        executable("bin/driver", "\u007fELF and so on");
        executable("bin/script", "#!" + directory.resolve("bin/driver") + " -x\nbody\n");
        executable("bin/viaenv", "#!/usr/bin/env driver\nbody\n");
        executable("bin/loop", "#!" + directory.resolve("bin/loop") + "\n");
        executable("bin/text", "hello");
        executable("bin/empty", "");
        Files.createSymbolicLink(directory.resolve("link"), Path.of("bin/driver"));
        Files.createSymbolicLink(directory.resolve("round"), Path.of("round"));
        assertThat(new ProcessBuilder("mkfifo", directory.resolve("fifo").toString())
                        .start()
                        .onExit()
                        .join()
                        .exitValue())
                .isZero();
    }

    private void executable(String name, String content) throws IOException {
        var file = Files.writeString(directory.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void patternsFindProgramsAndNoScripts() throws IOException {
        executable("bin/dragon", "\u007fELF too");
        executable("bin/.hidden", "\u007fELF too");
        var driver = directory.resolve("bin/driver").toString();
        var dragon = directory.resolve("bin/dragon").toString();

        assertThat(lookup.matching("bin/*")).containsExactly(dragon, driver);
        assertThat(lookup.matching(directory + "/b[a-k]n/dr?ver")).containsExactly(driver);
        assertThat(lookup.matching("dri*r")).containsExactly(driver);
        assertThat(lookup.matching("bin/x*")).isEmpty();
        assertThat(lookup.matching("bin/[")).isEmpty();
        assertThat(lookup.matching("*/{driver,dragon}*")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"driver", "./bin/driver", "bin/../bin/driver", "./link", "script", "bin/script", "viaenv"})
    void everyWayOfWritingTheDriverFindsIt(String written) throws IOException {
        var found = (Found) lookup.find(written);

        assertThat(found.path()).isEqualTo(directory.resolve("bin/driver").toString());
        assertThat(found.inode()).isEqualTo(Files.getAttribute(directory.resolve("bin/driver"), "unix:ino"));
    }

    @Test
    void absolutePathsDoNotDependOnTheWorkingDirectory() {
        assertThat(lookup.find(directory.resolve("link").toString())).isInstanceOf(Found.class);
        assertThat(lookup.find("/bin/sh")).isInstanceOf(Found.class);
    }

    @ParameterizedTest
    @CsvSource({
        "'', the path is empty",
        "./bin, is a directory",
        "./fifo, is no regular file",
        "/dev/null, is no regular file",
        "./round, too many levels of symbolic links",
        "./bin/driver/deeper, not a directory",
        "./bin/text, is neither an ELF program nor a script",
        "./bin/empty, is empty",
        "/proc/self/mem, is empty",
        "/proc/kmsg, is empty",
        "./nowhere, no such file",
        "zzyzx-nothing-like-it, no such command in $PATH"
    })
    void whatIsNoProgramIsSaidSo(String written, String reason) {
        assertThat(lookup.find(written)).isEqualTo(new Missing(reason, null));
    }

    @Test
    void odditiesOfPathsAreErrorsToo() {
        assertThat(lookup.find("a\0b")).isEqualTo(new Missing("the path holds a NUL byte", null));
        assertThat(lookup.find("./" + "x".repeat(5000))).isEqualTo(new Missing("file name too long", null));
        assertThat(lookup.find("x".repeat(5000))).isEqualTo(new Missing("no such command in $PATH", null));
        assertThat(lookup.find("loop")).isInstanceOfSatisfying(Missing.class, missing -> assertThat(missing.reason())
                .endsWith("too many times over"));
    }

    @Test
    void aSlipOfTheFingersIsGuessed() {
        assertThat(lookup.find("drivre")).isEqualTo(new Missing("no such command in $PATH", "driver"));
        assertThat(lookup.find("./bin/drver")).isEqualTo(new Missing("no such file", "./bin/driver"));
    }

    @Test
    void theDeviceIsTheKernelsOwn() {
        assertThat(FileIdentity.kernelDevice(0xfe00)).isEqualTo(0x0fe00000);
        assertThat(FileIdentity.kernelDevice(0x12345678L)).isEqualTo(0x456L << 20 | 0x12378);
    }
}
