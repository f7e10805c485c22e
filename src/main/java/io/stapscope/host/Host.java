package io.stapscope.host;

import io.stapscope.host.program.Program;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One kernel and its binaries. Answers do not change while a script is compiled. */
public interface Host {
    /** As {@code uname -r}. */
    String kernelRelease();

    /** As {@code uname -m}. */
    String architecture();

    /** The value of an option of the kernel's configuration, as {@code y}, {@code m} or {@code 250}; empty when not set. */
    String kernelConfig(String name);

    /** CPUs that may ever come online: the length of per-CPU values. */
    int possibleCpus();

    KernelTypes types();

    Features features();

    SyscallTable syscalls();

    /** The executable a written path means: relative to the working directory, absolute, or searched in $PATH. */
    Lookup executable(String path);

    /** Canonical paths of the programs that a path with {@code * ? []} matches, sorted; without scripts. */
    List<String> executables(String pattern);

    /**
     * What an ELF program or library offers to probes inside it.
     *
     * @param path canonical and absolute
     */
    default ProgramLookup program(String path) {
        return new ProgramLookup.Unreadable("cannot be looked into on this host");
    }

    /** Outcome of reading a program. */
    sealed interface ProgramLookup {
        record Read(Program program) implements ProgramLookup {}

        /** @param reason a clause that ends a sentence: "is no ELF file", "cannot be read" */
        record Unreadable(String reason) implements ProgramLookup {}
    }

    /** The executable of a running process; empty when there is no such process or it cannot be seen. */
    default Optional<String> executableOf(int pid) {
        return Optional.empty();
    }

    /** Whether a process with this id runs. */
    boolean processExists(int pid);

    /** Outcome of looking for an executable. */
    sealed interface Lookup {
        /**
         * @param path canonical and absolute
         * @param device the kernel's dev_t: major << 20 | minor
         */
        record Found(String path, long device, long inode) implements Lookup {}

        /**
         * @param reason a clause that ends a sentence: "no such file", "is a directory"
         * @param nearest an existing name that was probably meant, or null
         */
        record Missing(String reason, @Nullable String nearest) implements Lookup {}
    }
}
