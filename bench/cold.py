#!/usr/bin/env python3
"""From the exec of a command line tool to its first printed event, interleaved, nothing of it running before: cold.py ROUNDS

The traced program makes a call each millisecond and is idle otherwise: the first event comes at most that much after the probe
is in place. One that calls without pause would keep a processor, or its twin thread, from the tool that is measured. "floor" is
the launcher's own Java with --version: what starting a JVM costs here.
"""
import os
import signal
import statistics
import subprocess
import sys
import time

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 5
STAPSCOPE = os.environ["STAPSCOPE"]
PEER = os.environ["BPFTRACE"]
VICTIM = [sys.executable, "-c", "import time\nwhile True: time.sleep(0.001)"]


def first_line(command):
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    line = process.stdout.readline()
    while line.startswith(b"Attach"):
        line = process.stdout.readline()
    taken = (time.monotonic() - began) * 1000
    process.send_signal(signal.SIGINT)
    process.communicate()
    if not line:
        sys.exit(f"{command[0]} printed nothing")
    return taken


def main():
    victim = subprocess.Popen(VICTIM, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    tools = {
        "floor: a JVM": [STAPSCOPE, "--version"],
        "stapscope": [STAPSCOPE, "run", "-x", str(victim.pid), "-e",
                      'probe process.syscall { if (pid() == target()) { println("event"); exit() } }'],
        "bpftrace": [PEER, "-q", "-e",
                     f'tracepoint:raw_syscalls:sys_enter /pid == {victim.pid}/ {{ printf("event\\n"); exit(); }}'],
    }
    found = {name: [] for name in tools}
    try:
        for command in tools.values():
            first_line(command)
        for _ in range(ROUNDS):
            for name, command in tools.items():
                found[name].append(first_line(command))
    finally:
        victim.kill()
        victim.wait()
    print("## cold: exec to first event\n| tool | n | ms (median) | min | max |\n|---|---|---|---|---|")
    for name, times in found.items():
        print(f"| {name} | {len(times)} | {statistics.median(times):.0f} | {min(times):.0f} | {max(times):.0f} |")


main()
