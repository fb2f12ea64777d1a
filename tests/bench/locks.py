#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Rows of `sconce lock` as whole processes over the recorded projects, for run.py; nothing where they are not at hand.

    locks.py BUILD CORPUS [REPETITIONS]

Warm: the cache is filled and there is no uv.lock. Still valid: the lock is there and right. Cold: an empty cache, pages and
metadata from a server on this machine. The last column is the ratio of the median to what the reference takes
(CORPUS/timing.md), which only means something on a quiet machine of the same kind.
"""
import os
import pathlib
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

build, corpus = map(pathlib.Path, sys.argv[1:3])
repetitions = int(sys.argv[3]) if len(sys.argv) > 3 else 7
program = (build / "app/sconce").resolve()
leave_out = shutil.ignore_patterns("uv.lock", "step-*", "steps.json", "error.txt")


def reference():
    """Milliseconds by scenario: cold, warm, still valid."""
    for line in (corpus / "timing.md").read_text().splitlines():
        row = re.match(r"\| ([\w-]+) \| \d+ \| \d+ \| (\d+) \| (\d+) \| (\d+) \|", line)
        if row:
            yield row[1], [int(figure) for figure in row.groups()[1:]]


def run(folder, cache, variables):
    begin = time.perf_counter()
    done = subprocess.run([program, "lock", "--no-build"], cwd=folder, capture_output=True, text=True,
                          env=dict(variables, SCONCE_CACHE_DIR=str(cache)))
    if done.returncode:
        sys.exit("%s: %s" % (folder.name, done.stderr))
    return (time.perf_counter() - begin) * 1000


def rows(name, limits, variables):
    with tempfile.TemporaryDirectory() as place:
        folder, cache = pathlib.Path(place, name), pathlib.Path(place, "cache")
        shutil.copytree(corpus / "scenarios" / name, folder, ignore=leave_out)

        def measure(kind, limit, times, prepare):
            figures = []
            for _ in range(times):
                prepare()
                figures.append(run(folder, cache, variables))
            for figure in figures:
                print("lock %s, %s\t%.3f\t%.2f of the reference" % (name, kind, figure, statistics.median(figures) / limit))

        def forget_lock():
            (folder / "uv.lock").unlink(missing_ok=True)

        def forget_all():
            forget_lock()
            shutil.rmtree(cache, ignore_errors=True)

        measure("cold", limits[0], 3, forget_all)
        measure("warm", limits[1], repetitions, forget_lock)
        measure("still valid", limits[2], repetitions, lambda: None)


if (corpus / "timing.md").exists():
    server = subprocess.Popen([sys.executable, corpus / "serve.py", corpus / "store", "--stdin"], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    proxy = "http://127.0.0.1:" + server.stdout.readline().strip().rsplit(":", 1)[1]
    variables = dict(os.environ, HTTP_PROXY=proxy, http_proxy=proxy, UV_DEFAULT_INDEX="http://pypi.test/simple", NO_COLOR="1")
    for name, limits in reference():
        rows(name, limits, variables)
    server.stdin.close()
    print("lock, most memory of all runs in MB\t%.1f" % (resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024))
