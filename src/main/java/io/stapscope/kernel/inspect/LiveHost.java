package io.stapscope.kernel.inspect;

import io.stapscope.host.Features;
import io.stapscope.host.Host;
import io.stapscope.host.KernelTypes;
import io.stapscope.host.SyscallTable;
import io.stapscope.kernel.feature.FeatureProbe;
import io.stapscope.kernel.syscall.PossibleCpus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The machine we run on. Types and features are found at the first question and kept: make one and share it between
 * threads.
 */
public final class LiveHost implements Host {
    private static final Path RELEASE = Path.of("/proc/sys/kernel/osrelease");

    private final String release;
    private final String architecture;
    private final SyscallTable syscalls;
    private final ExecutableLookup executables;
    private final LivePrograms programs = new LivePrograms(Path.of("/proc"));
    private @Nullable KernelTypes types;
    private @Nullable Features features;
    private @Nullable KernelConfig config;

    /** @param searchPath directories as in $PATH */
    public LiveHost(Path workingDirectory, String searchPath) {
        release = read(RELEASE);
        architecture = architectureOf(System.getProperty("os.arch", ""));
        syscalls = ArchitectureSyscalls.of(architecture);
        executables = new ExecutableLookup(workingDirectory, searchPath);
    }

    /** With the working directory and the $PATH of this process. */
    public static LiveHost ofThisProcess() {
        var searchPath = System.getenv("PATH");
        return new LiveHost(Path.of(""), searchPath == null ? "/usr/bin:/bin" : searchPath);
    }

    @Override
    public String kernelRelease() {
        return release;
    }

    @Override
    public String architecture() {
        return architecture;
    }

    @Override
    public synchronized String kernelConfig(String name) {
        if (config == null) {
            config = KernelConfig.ofRunningKernel(release);
        }
        return config.value(name);
    }

    @Override
    public int possibleCpus() {
        return PossibleCpus.count();
    }

    @Override
    public synchronized KernelTypes types() {
        if (types == null) {
            types = LiveKernelTypes.read();
        }
        return types;
    }

    @Override
    public synchronized Features features() {
        if (features == null) {
            features = new FeatureProbe(LiveKernelTypes.available() ? types() : null).features();
        }
        return features;
    }

    @Override
    public SyscallTable syscalls() {
        return syscalls;
    }

    @Override
    public Lookup executable(String path) {
        return executables.find(path);
    }

    @Override
    public List<String> executables(String pattern) {
        return executables.matching(pattern);
    }

    @Override
    public ProgramLookup program(String path) {
        return programs.open(path);
    }

    @Override
    public Optional<String> executableOf(int pid) {
        return programs.executableOf(pid);
    }

    @Override
    public boolean processExists(int pid) {
        return ProcessIdentity.of(pid) != null;
    }

    /** Java's name -> the kernel's. */
    private static String architectureOf(String java) {
        return java.equals("amd64") ? "x86_64" : java;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
