#!/usr/bin/env python3
"""Writes tools.json: the command line of every tool for every test, for run.py.

Environment: STAPSCOPE (our launcher), BPFTRACE (the peer), FLOOR and FLOOR_O (the hand-written lower bound and its
object file; its rows are left out when unset). In a command {pid} {exe} {out} are replaced by run.py.
"""
import json
import os

HERE = os.path.dirname(os.path.abspath(__file__))


def bpftrace(script, *options):
    return ["$BPFTRACE", *options, "-e", script]


def ours(script, *options):
    return ["$STAPSCOPE", "run", *options, "-e", script]


def floor(programs, *options):
    return ["$FLOOR", *options, "$FLOOR_O", programs]


LATENCY_PEER = (
    "tracepoint:raw_syscalls:sys_enter /pid == {pid}/ { @s[tid] = nsecs; } "
    "tracepoint:raw_syscalls:sys_exit /pid == {pid} && @s[tid]/ "
    "{ @h[pid, args->id] = hist(nsecs - @s[tid]); delete(@s[tid]); }"
)
LATENCY_OURS = (
    "global h probe process({pid}).syscall.return "
    "{ h[pid(), $syscall] <<< gettimeofday_ns() - @entry(gettimeofday_ns()) } "
    "probe end { print(@hist_log(h[{pid}, 110])) }"
)
STREAM_PEER = (
    "tracepoint:syscalls:sys_enter_lseek /pid == {pid}/ "
    '{ printf("EV %llu %d %s %d\\n", nsecs, pid, comm, args->offset); }'
)
STREAM_OURS = (
    "probe process({pid}).syscall "
    '{ if ($syscall == 8) printf("EV %d %d %s %d\\n", gettimeofday_ns(), pid(), execname(), $arg2) }'
)

FUNCTION_PEER = (
    "uprobe:{exe}:{fn} { @s[tid] = nsecs; } "
    "uretprobe:{exe}:{fn} /@s[tid]/ { @h[pid] = hist(nsecs - @s[tid]); delete(@s[tid]); }"
)
FUNCTION_PAIR = (
    'global s, h probe process("{exe}").function("{fn}").call { s[tid()] = gettimeofday_ns() } '
    'probe process("{exe}").function("{fn}").return '
    "{ t = tid() if (t in s) { h[pid()] <<< gettimeofday_ns() - s[t]; delete s[t] } } "
    "probe end { print(@hist_log(h[{pid}])) }"
)
FUNCTION_ENTRY = (
    'global h probe process("{exe}").function("{fn}").return '
    "{ h[pid()] <<< gettimeofday_ns() - @entry(gettimeofday_ns()) } "
    "probe end { print(@hist_log(h[{pid}])) }"
)

TESTS = {
    "syscount": {
        "mode": "syscall", "iters": 200000, "rounds": 7,
        "tools": {
            "none": {},
            "floor: count by comm": {"cmd": floor("c_enter")},
            "bpftrace": {"cmd": bpftrace("tracepoint:raw_syscalls:sys_enter { @[comm] = count(); }")},
            # A starting JVM slows the other hyperthread, which the driver takes for the tracer: settle well past it.
            "stapscope": {"settle": 3000, "cmd": ours("global c probe process.syscall { c[execname()]++ }")},
        },
    },
    "syslat": {
        "mode": "syscall", "iters": 200000, "rounds": 7,
        "tools": {
            "none": {},
            "floor: empty pair": {"cmd": floor("b_enter,b_exit")},
            "floor: cached slot": {"cmd": floor("lc_enter,lc_exit", "-p", "{pid}")},
            "floor: per-CPU hash": {"cmd": floor("lt_enter,lt_exit", "-p", "{pid}")},
            "bpftrace": {"cmd": bpftrace(LATENCY_PEER)},
            "stapscope": {"settle": 3000, "cmd": ours(LATENCY_OURS)},
        },
    },
    # A function that begins with a push: the kernel emulates that, and the probe costs one trap.
    "ufunc": {
        # In short batches, of which the least counts, as other work on the machine does not reach into all of them.
        "mode": "push", "iters": 2000, "rounds": 300,
        "tools": {
            "none": {},
            "bpftrace": {"cmd": bpftrace(FUNCTION_PEER)},
            "stapscope: @entry": {"settle": 3000, "cmd": ours(FUNCTION_ENTRY)},
            "stapscope: .call and .return": {"settle": 3000, "cmd": ours(FUNCTION_PAIR)},
        },
    },
    "stream": {
        "mode": "stream", "iters": 1000000,
        "tools": {
            "none": {},
            "floor: ring to file": {"cmd": floor("s_enter", "-p", "{pid}", "-o", "{out}"), "count": r"^delivered (\d+)"},
            "bpftrace": {"cmd": bpftrace(STREAM_PEER, "-o", "{out}"), "count": "^EV"},
            "stapscope": {"settle": 3000, "cmd": ours(STREAM_OURS, "-o", "{out}"), "count": "^EV"},
        },
    },
    # As many lines as must pass for a while without a loss, not only in a burst that the ring can hold.
    "lines": {
        "mode": "stream", "iters": 4000000, "rate": 800000,
        "tools": {
            "none": {},
            "bpftrace": {"cmd": bpftrace(STREAM_PEER, "-o", "{out}"), "count": "^EV"},
            "stapscope": {"settle": 3000, "cmd": ours(STREAM_OURS, "-s", "16", "-o", "{out}"), "count": "^EV"},
        },
    },
}
if not os.environ.get("FLOOR"):
    for test in TESTS.values():
        test["tools"] = {tool: row for tool, row in test["tools"].items() if not tool.startswith("floor")}

json.dump(TESTS, open(os.path.join(HERE, "tools.json"), "w"), indent=1)
