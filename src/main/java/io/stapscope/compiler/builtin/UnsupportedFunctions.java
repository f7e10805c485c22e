package io.stapscope.compiler.builtin;

import java.util.HashMap;
import java.util.Map;

/** Functions of SystemTap's library that are often used and not here yet, each with what to do instead. */
final class UnsupportedFunctions {
    private UnsupportedFunctions() {}

    static Map<String, String> all() {
        var all = new HashMap<String, String>();
        put(all, "use pp(), the text of the probe point", "probemod");
        put(all, "compare strings with == and <", "strcmp", "strncmp");
        put(all, "use uid()", "suid");
        put(all, "use gid()", "sgid");
        put(all, "print $syscall, the number", "syscall_name");
        put(all, "leave the waiting out: it would hold up the host", "mdelay", "udelay");
        put(all, "leave it out: scripts look at the host and do not break it", "panic", "ftrace", "dump_stack");
        put(all, "leave it out: memory is only read", "set_kernel_char", "set_kernel_int", "set_kernel_long");
        put(all, "leave it out: memory is only read", "set_kernel_pointer", "set_kernel_short", "set_kernel_string");
        put(all, "leave it out: memory is only read", "set_kernel_string_n", "set_user_char", "set_user_int");
        put(all, "leave it out: memory is only read", "set_user_long", "set_user_pointer", "set_user_short");
        put(all, "leave it out: memory is only read", "set_user_string", "set_user_string_n", "set_user_string_arg");
        put(all, "use gettimeofday_ns()", "get_cycles", "jiffies");
        put(all, "use target_set_pid(pid())", "target_set_report");
        put(all, "all probes of process.* points are in user mode", "is_return");
        return all;
    }

    private static void put(Map<String, String> all, String hint, String... names) {
        for (var name : names) {
            all.put(name, hint);
        }
    }
}
