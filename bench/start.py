#!/usr/bin/env python3
"""Start and stop times, interleaved: a warm service of ours against bpftrace. start.py ROUNDS

attached: from the request (POST /runs) to its answer, which comes when every probe is attached and the gate is open; for
bpftrace from exec to the output of its BEGIN probe, which runs when everything is attached. stopped: from the request
(DELETE /runs/ID) until the run's state is stopped; for bpftrace from SIGINT to its exit. compiled: from the request (POST
/check with hundred.stp) to its answer, after the compiler has warmed up.
"""
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 5
SCRIPT = (
    "global lat probe process.syscall.return "
    "{ lat[pid(), $syscall] <<< gettimeofday_ns() - @entry(gettimeofday_ns()) }"
)
PEER = (
    'BEGIN { printf("attached\\n"); } tracepoint:raw_syscalls:sys_enter { @s[tid] = nsecs; } '
    "tracepoint:raw_syscalls:sys_exit /@s[tid]/ { @h[pid, args->id] = hist(nsecs - @s[tid]); delete(@s[tid]); }"
)
PORT = 18097
PATIENCE = 20  # seconds until a tool that should end counts as stuck
HUNDRED_LINES = open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "hundred.stp")).read()


class Service:
    def __init__(self):
        self.state = tempfile.mkdtemp(prefix="stapscope-bench", dir="/var/tmp")
        os.chmod(self.state, 0o755)
        env = dict(os.environ, STAPSCOPE_STATE=self.state)
        self.process = subprocess.Popen(
            [os.environ["STAPSCOPE"], "up", "--port", str(PORT)], stdout=subprocess.PIPE, text=True, env=env)
        for line in self.process.stdout:
            found = re.search(r"/login#(\S+)", line)
            if found:
                break
        self.cookie = ""
        _, headers = self.call("POST", "/login", {"token": found.group(1)})
        self.cookie = headers["Set-Cookie"].split(";")[0]

    def call(self, method, path, body=None):
        request = urllib.request.Request(
            f"http://127.0.0.1:{PORT}/api/v1{path}", method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "X-Requested-By": "stapscope", "Cookie": self.cookie})
        with urllib.request.urlopen(request) as answer:
            text = answer.read()
            return (json.loads(text) if text else None), answer.headers

    def once(self):
        began = time.monotonic()
        run, _ = self.call("POST", "/runs", {"script": SCRIPT})
        attached = time.monotonic() - began
        time.sleep(0.3)
        began = time.monotonic()
        self.call("DELETE", f"/runs/{run['id']}")
        while self.call("GET", f"/runs/{run['id']}")[0]["state"] != "stopped":
            time.sleep(0.002)
        return attached * 1000, (time.monotonic() - began) * 1000

    def compile(self):
        began = time.monotonic()
        answer, _ = self.call("POST", "/check", {"script": HUNDRED_LINES})
        taken = time.monotonic() - began
        if not answer["ok"]:
            sys.exit("hundred.stp does not compile: " + json.dumps(answer["diagnostics"]))
        return taken * 1000

    def close(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(30)
        shutil.rmtree(self.state, ignore_errors=True)


def peer():
    began = time.monotonic()
    process = subprocess.Popen([os.environ["BPFTRACE"], "-e", PEER], stdout=subprocess.PIPE, text=True)
    for line in process.stdout:
        if line.startswith("attached"):
            break
    attached = time.monotonic() - began
    time.sleep(0.3)
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    try:
        process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        # Now and then it does not end by itself: this round tells nothing about it.
        process.kill()
        process.communicate()
        return None
    return attached * 1000, (time.monotonic() - began) * 1000


def row(name, pairs):
    started, stopped = zip(*pairs)
    print(f"| {name} | {len(pairs)} | {statistics.median(started):.0f} | {min(started):.0f} | {max(started):.0f} "
          f"| {statistics.median(stopped):.0f} |", flush=True)


service = Service()
try:
    for _ in range(300):
        service.compile()
    compiled = [service.compile() for _ in range(100)]
    for _ in range(10):
        service.once()
    ours, theirs = [], []
    for _ in range(ROUNDS * 2):
        ours.append(service.once())
        theirs.append(peer())
    stuck = theirs.count(None)
    theirs = [each for each in theirs if each]
finally:
    service.close()
print("## start: latency by (pid, syscall), every process\n| tool | n | attached ms (median) | min | max | stopped ms |\n|---|---|---|---|---|---|")
row("stapscope, warm service", ours)
row("bpftrace", theirs)
if stuck:
    print(f"\nbpftrace did not end on SIGINT within {PATIENCE} s in {stuck} more rounds, which are left out.")
print("\n## compile: a hundred lines, warm service\n| n | ms (median) | min | max |\n|---|---|---|---|")
print(f"| {len(compiled)} | {statistics.median(compiled):.1f} | {min(compiled):.1f} | {max(compiled):.1f} |", flush=True)
