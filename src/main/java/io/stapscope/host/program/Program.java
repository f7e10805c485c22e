package io.stapscope.host.program;

import io.stapscope.host.ctype.CType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One ELF program or library. Everything is read when it is asked for; answers do not change. Unreadable parts of its debug
 * information are left out and told by {@link #debug()}: a broken file is a remark, never an exception.
 */
public interface Program {
    /** Canonical and absolute. */
    String path();

    /** The kernel's dev_t of the file: major << 20 | minor. */
    long device();

    long inode();

    /** Hexadecimal digits; empty when the file has none. */
    String buildId();

    /** As {@code uname -m} names it: {@code x86_64}, {@code aarch64}, {@code i386}. */
    String machine();

    /** Where names of variables, lines and types come from, or why there are none. */
    DebugRemark debug();

    /**
     * Functions by a pattern with {@code * ? []} on their source or linkage names, sorted by address. With debug
     * information those it tells of, inlined ones too; functions that only the symbol tables know follow the same order.
     */
    List<Function> functions(String pattern);

    /** Functions whose place of declaration is in a source file that a pattern matches, by the last parts of its path. */
    List<Function> functions(String pattern, String filePattern);

    /** Canonical names of the source files, sorted; empty without debug information. */
    List<String> sources();

    /**
     * Code that begins a statement of a line; empty when no code begins there.
     *
     * @param filePattern matches the last parts of the path of a source file
     */
    List<Line> lines(String filePattern, int first, int last);

    /** Labels of a function. @param pattern with {@code * ? []} */
    List<Label> labels(Function function, String pattern);

    /** What can be named where execution is at an address of a function: innermost names first, one of each name. */
    Scope scope(Function function, long address);

    /** Functions that a function calls directly, as its debug information tells; by name. */
    List<Function> callees(Function function, String pattern);

    /** Statically defined marks (stapsdt notes) in the order of the file. */
    List<Mark> marks();

    /** Entries of the procedure linkage table. */
    List<PltEntry> linkage();

    /** Libraries it is linked with, canonical paths, those of its libraries too. */
    List<String> libraries();

    /** A global variable of the program: {@code name} or {@code name@file.c}. */
    Optional<Variable> global(String name, String filePattern);

    /** The global variable that a name means in the code of a function. */
    Optional<Variable> visible(String name, Function function);

    /** What a written type means in this program: {@code struct point}, {@code point_t *}. */
    Optional<CType> type(String written);

    /** Value of a constant of an enumeration. */
    OptionalLong enumerator(String name);

    /**
     * Where best to put a probe that is meant for an address: the same place, or a little behind it where that costs less and
     * nothing that a probe can see has changed.
     */
    Site site(long address);

    /** The same for a probe of which is known that it looks at less, which may be put where it costs less. */
    default Site site(long address, Site.Sight sight) {
        return site(address);
    }

    /** Whether a probe with that sight sees at an address of a function what it would see at its first instruction. */
    default boolean isLikeEntry(long entry, long address, Site.Sight sight) {
        return address == entry;
    }

    /** Why the return of a function of that linkage name cannot be probed, a clause; null when it can. */
    default @Nullable String returnProblem(String function) {
        return null;
    }

    /**
     * Where variables, lines and types come from.
     *
     * @param available whether there is any
     * @param text a clause: {@code /usr/lib/debug/.build-id/ab/cdef.debug}, or {@code no debug information: install ...}
     */
    record DebugRemark(boolean available, String text) {}
}
