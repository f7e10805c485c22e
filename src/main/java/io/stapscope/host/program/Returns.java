package io.stapscope.host.program;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Functions whose returns cannot be probed. The kernel puts an address of its own where the function returns to; that must not be
 * kept, moved or taken for something else.
 */
final class Returns {
    /** What C libraries put before the names of their functions for their own use. */
    private static final Pattern PREFIX = Pattern.compile("_*(GI_+)?");

    /** Without such a prefix. They keep the address that they return to, to return there again. */
    private static final Set<String> TWICE = Set.of("setjmp", "sigsetjmp", "getcontext", "swapcontext", "savectx");

    /** They are jumped to; what lies where others return to is something else. */
    private static final Set<String> NOT_CALLED = Set.of(
            "start",
            "dl_start_user",
            "restore_rt",
            "start_context",
            "dl_runtime_resolve",
            "dl_runtime_resolve_fxsave",
            "dl_runtime_resolve_xsave",
            "dl_runtime_resolve_xsavec",
            "dl_runtime_profile",
            "dl_runtime_profile_sse",
            "dl_runtime_profile_avx",
            "dl_runtime_profile_avx512");

    private Returns() {}

    /** Why not, a clause; null when nothing is known against it. */
    static @Nullable String problem(String name, boolean movesStacks) {
        if (movesStacks) {
            return "Go moves its stacks, and would lose its way at a return that is probed";
        }
        var bare = PREFIX.matcher(name).replaceFirst("");
        if (TWICE.contains(bare)) {
            return "it may return more than once, and to nowhere when its return is probed";
        }
        return NOT_CALLED.contains(bare) && name.startsWith("_") ? "it is not called and does not return" : null;
    }
}
