#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the benchmark programs of an optimised build and prints one row a figure.

    run.py BUILD [NAME…]

Each program in BUILD/tests/bench, and locks.py and syncs.py beside this file, prints lines `name<TAB>milliseconds[<TAB>what it did]`, one for each repetition; this prints
minimum, median and maximum. Absolute times belong to the machine: compare medians of two builds run in turn.
"""
import pathlib
import statistics
import subprocess
import sys

build = pathlib.Path(sys.argv[1])
wanted = sys.argv[2:]
here = pathlib.Path(__file__).resolve().parent
programs = {path.name[6:]: [path] for path in sorted((build / "tests/bench").glob("bench_*")) if path.is_file()}
for name in ("locks", "syncs"):
    programs[name] = [sys.executable, here / (name + ".py"), build, here.parents[2] / "shared/corpus"]
if not set(wanted) <= set(programs):
    sys.exit("no benchmark of that name in %s; there are %s" % (build, ", ".join(sorted(programs))))
print("%-52s %9s %9s %9s  %s" % ("row", "min ms", "median", "max", ""))
failed = 0
for program in wanted or programs:
    done = subprocess.run(programs[program], capture_output=True, text=True)
    rows = {}
    for line in done.stdout.splitlines():
        name, milliseconds, *note = line.split("\t")
        rows.setdefault(name, ([], note))[0].append(float(milliseconds))
    for name, (times, note) in rows.items():
        print("%-52s %9.2f %9.2f %9.2f  %s" % (name, min(times), statistics.median(times), max(times), " ".join(note)))
    if done.returncode:
        failed += 1
        print("%s ended with %d: %s" % (program, done.returncode, done.stderr.strip()[-300:]))
sys.exit(bool(failed))
