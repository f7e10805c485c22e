package io.stapscope.syscalls;

import io.stapscope.host.SyscallTable;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All system calls of one kernel. */
public final class SyscallTables {
    private static @Nullable SyscallTables latest;

    private final SyscallTable numbers;
    private final String architecture;

    private SyscallTables(SyscallTable numbers, String architecture) {
        this.numbers = numbers;
        this.architecture = architecture;
    }

    /**
     * Nothing is read before something is asked for.
     *
     * @param architecture as {@code uname -m}
     */
    public static synchronized SyscallTables of(SyscallTable numbers, String architecture) {
        // Asked for once for every call that a wildcard stands for.
        if (latest == null || latest.numbers != numbers || !latest.architecture.equals(architecture)) {
            latest = new SyscallTables(numbers, architecture);
        }
        return latest;
    }

    /** Of a kernel about which nothing is known. */
    public static SyscallTables nameless() {
        return of(
                new SyscallTable() {
                    @Override
                    public String name(long number) {
                        return "syscall_" + number;
                    }

                    @Override
                    public OptionalInt number(String name) {
                        return OptionalInt.empty();
                    }

                    @Override
                    public SortedMap<Integer, String> all() {
                        return new TreeMap<>();
                    }
                },
                "x86_64");
    }

    public Constants constants() {
        return Constants.of(architecture);
    }

    /** What is known about a number; six numbers in hexadecimal for one that is not known. */
    public SyscallDescription describe(long number) {
        return Descriptions.of(architecture).find(numbers.name(number));
    }

    /** A number by the name that the kernel or that scripts use. */
    public OptionalInt number(String name) {
        var number = numbers.number(name);
        if (number.isPresent()) {
            return number;
        }
        var real = Descriptions.of(architecture).alias(name);
        return real == null ? OptionalInt.empty() : numbers.number(real);
    }

    public String name(long number) {
        return numbers.name(number);
    }

    /** Names by numbers. */
    public SortedMap<Integer, String> names() {
        return numbers.all();
    }
}
