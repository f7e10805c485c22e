package io.stapscope.compiler.builtin;

import java.util.HashMap;
import java.util.Map;

/** Functions of SystemTap's library that are often used and not here yet, each with what to do instead. */
final class UnsupportedFunctions {
    private UnsupportedFunctions() {}

    static Map<String, String> all() {
        var all = new HashMap<String, String>();
        put(all, "use pp(), the text of the probe point", "probefunc", "ppfunc", "pn", "probemod");
        put(all, "print the number of gettimeofday_s() and format it elsewhere", "ctime", "tz_ctime", "tz_gmtoff");
        put(all, "keep numbers as numbers: sprintf() makes a string of one", "strtol");
        put(all, "use strlen() and substr()", "isinstr", "strpos", "tokenize", "stringat", "str_replace", "strcmp");
        put(all, "use user_string(address)", "user_string_quoted");
        put(all, "use user_string(address, \"\")", "user_string_warn", "user_string_n_warn");
        put(all, "use pid(), tid(), execname() and the like of the current thread", "task_pid");
        put(all, "use pid(), tid(), execname() and the like of the current thread", "task_execname", "pid2execname");
        put(all, "use ppid()", "pexecname", "task_parent");
        put(all, "use uid()", "euid", "suid");
        put(all, "use gid()", "egid", "sgid");
        put(all, "use pid() and tid()", "ns_pid", "ns_tid", "pgrp", "sid");
        put(all, "print the number of the error", "errno_str", "errno_p", "returnstr", "return_str");
        put(all, "print $syscall, the number", "syscall_name");
        put(all, "print a tab for each level yourself", "thread_indent", "indent", "thread_timestamp");
        put(all, "stack traces are not there yet", "backtrace", "print_backtrace", "ubacktrace", "print_ubacktrace");
        put(all, "stack traces are not there yet", "sprint_backtrace", "sprint_ubacktrace", "caller");
        put(all, "use exit() or error()", "abort");
        put(all, "use gettimeofday_ns()", "get_cycles", "jiffies", "local_clock_ns", "local_clock_us", "cpu_clock_ns");
        put(all, "print the escape sequence yourself", "ansi_clear_screen", "ansi_set_color", "ansi_reset_color");
        put(all, "compare pid() with target()", "target_set_pid", "target_set_report");
        put(all, "all probes of process.* points are in user mode", "user_mode", "is_return");
        return all;
    }

    private static void put(Map<String, String> all, String hint, String... names) {
        for (var name : names) {
            all.put(name, hint);
        }
    }
}
