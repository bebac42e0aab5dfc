"""Runs the commands of the README's tours against a fresh runner and compares what they print.

In a block that begins with ```console a line `$ command` is typed and the lines below it are what it prints; `…` stands
for anything. Start and memory are measured on the way.
"""

import os
import re
import subprocess
import sys
import tempfile
import time

READY_S = 2.0
MEMORY_MB = 150
MARK = "--end-of-command--"


def steps_of(readme):
    """The commands of all console blocks, each with the lines that it should print."""
    steps = []
    for block in re.findall(r"^```console\n(.*?)^```", readme, re.M | re.S):
        for line in block.splitlines():
            if line.startswith("$ "):
                steps.append((line[2:], []))
            else:
                steps[-1][1].append(line)
    return steps


def start(binary, directory):
    before = time.monotonic()
    command = [binary, "--port", "0", "--aws-port", "0", "--data-dir", directory]
    runner = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    first = runner.stdout.readline()
    took = time.monotonic() - before
    if not first.startswith("careline listening on http://127.0.0.1:"):
        raise SystemExit(f"the first line is {first!r}")
    return runner, first.strip().removeprefix("careline listening on "), took


def memory_mb(runner):
    status = open(f"/proc/{runner.pid}/status", encoding="utf-8").read()
    return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) / 1024


def fits(expected, printed):
    pattern = re.escape("\n".join(expected)).replace("…", ".*?")
    return re.fullmatch(pattern, printed.strip(), re.S) is not None


def take(shell, command):
    shell.stdin.write(f"{command}\necho; echo {MARK}\n")
    shell.stdin.flush()
    lines = []
    for line in shell.stdout:
        if line.rstrip("\n") == MARK:
            return "".join(lines)
        lines.append(line)
    raise SystemExit("the shell ended")


def main():
    readme = open(sys.argv[1], encoding="utf-8").read()
    binary, failures = os.path.abspath(sys.argv[2]), []
    with tempfile.TemporaryDirectory() as directory:
        runner, address, took = start(binary, directory)
        print(f"ready after {took:.2f} s, {memory_mb(runner):.0f} MB resident when idle")
        if took > READY_S or memory_mb(runner) > MEMORY_MB:
            failures.append("the start is too slow or too large")
        steps = [(command.replace("http://127.0.0.1:8080", address), lines) for command, lines in steps_of(readme)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        shell = subprocess.Popen(["bash"], cwd=directory, text=True, **pipes)
        for command, expected in steps:
            printed = take(shell, command)
            if not fits(expected, printed):
                failures.append(f"$ {command}\nexpected:\n" + "\n".join(expected) + f"\nprinted:\n{printed}")
        shell.stdin.close()
        shell.wait()
        runner.terminate()
        runner.wait(10)
        again, _, _ = start(binary, directory)
        again.terminate()
        again.wait(10)
    print("\n\n".join(failures) or f"{len(steps)} commands print what the README says")
    sys.exit(1 if failures or not steps else 0)


main()
