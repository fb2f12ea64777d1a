#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Rows of `sconce sync` and `pip install` as whole processes over recorded wheels, for run.py; nothing where they are not at hand.

    syncs.py BUILD CORPUS [REPETITIONS]

The cases are those of CORPUS/install/timing.md, by their letters; the last column is the ratio of the median to what the
reference takes, which only means something on a quiet machine of the same kind. Making folders takes ext4 between 10 and
1000 microseconds each, depending on how the volume is filled: SCONCE_BENCH_FOLDER names another place for environment and
cache, as one in memory.
"""
import glob
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
install = corpus / "install"
EMPTY = '[project]\nname = "demo"\nversion = "0.1.0"\nrequires-python = ">=3.12"\n'
MANY = 20000


def reference():
    """Milliseconds by letter."""
    for line in (install / "timing.md").read_text().splitlines():
        row = re.match(r"\| \((.+?)\) .*?\| ([\d.]+) \|", line)
        if row:
            yield row[1], float(row[2]) * 1000


class Place:
    def __init__(self, folder, variables):
        self.project, self.cache = folder / "project", folder / "cache"
        self.variables = dict(variables, SCONCE_CACHE_DIR=str(self.cache))

    def run(self, *words):
        begin = time.perf_counter()
        done = subprocess.run([program, *words], cwd=self.project, capture_output=True, text=True, env=self.variables)
        if done.returncode:
            sys.exit("%s: %s" % (" ".join(map(str, words)), done.stderr))
        return (time.perf_counter() - begin) * 1000

    def forget_environment(self):
        shutil.rmtree(self.project / ".venv", ignore_errors=True)

    def fresh(self):
        self.forget_environment()
        self.run("venv", "-q")

    def forget_all(self):
        shutil.rmtree(self.cache, ignore_errors=True)
        self.fresh()


def measure(name, limit, times, prepare, command):
    figures = []
    for _ in range(times):
        prepare()
        figures.append(command())
    for figure in figures:
        print("%s\t%.3f\t%.2f of the reference" % (name, figure, statistics.median(figures) / limit))


def real_set(place, limits):
    shutil.copytree(install / "sync/real-set/project", place.project)
    frozen = lambda: place.run("sync", "--frozen")
    place.run("sync")
    measure("sync, nothing to do (a)", limits["a"], repetitions, lambda: None, lambda: place.run("sync"))
    measure("sync --frozen, nothing to do (a′)", limits["a′"], repetitions, lambda: None, frozen)
    measure("sync, warm, into an environment (b)", limits["b"], repetitions, place.fresh, frozen)
    measure("sync, warm, with the environment (b′)", limits["b′"], repetitions, place.forget_environment, frozen)
    measure("sync, cold (c)", limits["c"], 3, place.forget_all, frozen)

    def fill():
        place.forget_environment()
        shutil.copytree(install / "sync/real-set/project", place.project, dirs_exist_ok=True)
        frozen()
        (place.project / "pyproject.toml").write_text(EMPTY)
        place.run("lock", "-q")

    measure("sync that removes 18 packages (e)", limits["e"], 3, fill, frozen)


def many_files(place, limits, wheels):
    place.project.mkdir()
    wheel = next(wheels.glob("files/own_many-*.whl"))
    add = lambda: place.run("pip", "install", "-q", "--no-deps", "--python", ".venv", wheel)
    measure("%d files, cold (f)" % MANY, limits["f"], 3, place.forget_all, add)
    measure("%d files, warm (f′)" % MANY, limits["f′"], repetitions, place.fresh, add)


python = next(iter(sorted(glob.glob(os.path.expanduser("~/.pyenv/versions/3.12.*/bin/python3.12")))), None) or shutil.which("python3.12")
if (install / "timing.md").exists() and python:
    server = subprocess.Popen([sys.executable, corpus / "serve.py", install / "store", "--stdin"], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    proxy = "http://127.0.0.1:" + server.stdout.readline().strip().rsplit(":", 1)[1]
    variables = dict(os.environ, HTTP_PROXY=proxy, http_proxy=proxy, UV_DEFAULT_INDEX="http://pypi.test/simple", NO_COLOR="1", UV_PYTHON=python)
    limits = dict(reference())
    where = os.environ.get("SCONCE_BENCH_FOLDER")
    with tempfile.TemporaryDirectory(dir=where) as folder:
        real_set(Place(pathlib.Path(folder), variables), limits)
    with tempfile.TemporaryDirectory(dir=where) as folder:
        wheels = pathlib.Path(folder, "own")
        subprocess.run([sys.executable, install / "make_own.py", wheels, "--many", str(MANY)], check=True, capture_output=True)
        many_files(Place(pathlib.Path(folder), variables), limits, wheels)
    server.stdin.close()
    print("sync, most memory of all runs in MB\t%.1f" % (resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024))
