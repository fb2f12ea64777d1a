#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes random worlds: projects and the indexes they are locked on, one JSON file each (see kit/recorded_world.h).

    random_worlds.py FOLDER [--count N] [--seed N]

A judge that has the same format can be asked for its answer, and sconce for its own; what they disagree on is a case to
settle. The same seed makes the same worlds.
"""
import argparse, hashlib, json, pathlib, random

PYPI = "http://pypi.test/simple"
NAMES = "amber birch cedar delta ember flint grove heath ivory jade".split()
MARKERS = ["sys_platform == 'linux'", "sys_platform != 'win32'", "sys_platform == 'darwin' and platform_machine == 'arm64'",
           "python_version < '3.12'", "python_full_version >= '3.12.4'", "platform_machine == 'x86_64'", "os_name == 'nt'",
           "implementation_name == 'cpython'", "python_version >= '3.11' and sys_platform == 'win32'", "platform_system == 'Linux'",
           "sys_platform in 'linux darwin'", "python_version in '3.11 3.13'"]
PLATFORMS = ["manylinux_2_28_x86_64", "manylinux_2_17_x86_64.manylinux2014_x86_64", "manylinux_2_28_aarch64", "musllinux_1_2_x86_64", "win_amd64",
             "win_arm64", "macosx_11_0_arm64", "macosx_10_9_universal2"]


class World:
    def __init__(self, seed):
        self.random, self.seed = random.Random(seed), seed
        self.metadata, self.indexes, self.versions = {}, {PYPI: {}}, {}

    def chance(self, percent):
        return self.random.random() * 100 < percent

    def version(self):
        r = self.random
        text = ".".join(str(r.randint(0, 3)) for _ in range(r.randint(1, 3)))
        return text + (r.choice([".dev1", "a1", "b2", "rc1", ".post1"]) if self.chance(15) else "")

    def marker(self):
        r = self.random
        parts = [r.choice(MARKERS) for _ in range(r.choice([1, 1, 1, 2, 3]))]
        return r.choice([" and ", " or "]).join("(%s)" % p if " and " in p else p for p in parts)

    def requirement(self, name, condition=30):
        r = self.random
        known = self.versions.get(name) or ["1"]
        if self.chance(75):
            bounds = ""
        else:  # mostly such that something is left
            version = r.choice(known).split("+")[0]
            op = r.choice([">=", ">=", "<=", "<=", "!=", "!=", "==", "<", ">", "~="])
            bounds = op + version if op != "~=" or "." in version else ">=" + version
            if self.chance(15) and op == ">=":
                bounds += ",!=" + r.choice(known).split("+")[0]
        extra = "[%s]" % r.choice(["x", "y", "x,y"]) if self.chance(12) else ""
        return name + extra + bounds + (" ; " + self.marker() if self.chance(condition) else "")

    def files(self, name, version, index):
        """Names of the files of a version."""
        stem, r = "%s-%s" % (name, version), self.random
        kind = r.random()
        if kind < 0.6:
            out = [stem + "-py3-none-any.whl"]
        elif kind < 0.85:
            out = [stem + "-%s-%s.whl" % (t, p) for t in r.sample(["cp311-cp311", "cp312-cp312", "cp313-cp313", "cp39-abi3"], r.randint(1, 2))
                   for p in r.sample(PLATFORMS, r.randint(1, 4))]
        else:
            out = [stem + "-py2.py3-none-any.whl"]
        if index == PYPI and self.chance(35) and kind < 0.85:
            out.append(stem + ".tar.gz")
        return out

    def publish(self, name, versions, index):
        page, r = [], self.random
        for version in versions:
            plain = version is versions[0]  # something that runs everywhere
            python = None if plain else r.choice([None, None, ">=3.8", ">=3.9", ">=3.11", ">=3.12", ">=3.8,<4"])
            needs = [self.requirement(other) for other in NAMES if other > name and self.chance(18) or other != name and self.chance(2)]
            for extra in ("x", "y"):
                if self.chance(30):
                    line = self.requirement(r.choice(NAMES), 20)
                    base, _, marker = line.partition(" ; ")
                    needs.append(base + " ; " + ("(%s) and " % marker if marker else "") + "extra == '%s'" % extra)
            head = "Metadata-Version: 2.1\nName: %s\nVersion: %s\n" % (name, version)
            head += "Requires-Python: %s\n" % python if python else ""
            head += "Provides-Extra: x\nProvides-Extra: y\n" + "".join("Requires-Dist: %s\n" % n for n in needs)
            yanked = self.chance(4) and not plain
            for file in ["%s-%s-py3-none-any.whl" % (name, version)] if plain else self.files(name, version, index):
                entry = {"filename": file, "hashes": {"sha256": hashlib.sha256((index + file).encode()).hexdigest()}}
                if python:
                    entry["requires-python"] = python
                if index == PYPI:
                    entry.update({"size": r.randint(100, 10 ** 7), "upload-time": "2026-0%d-1%dT10:00:00.000000Z" % (r.randint(1, 9), r.randint(0, 9))})
                if yanked:
                    entry["yanked"] = "a mistake"
                if file.endswith(".whl"):
                    entry["core-metadata"] = True
                    self.metadata.setdefault(file, head)
                page.append(entry)
        r.shuffle(page)
        self.indexes[index][name] = {"files": page}

    def project(self):
        r = self.random
        python = r.choice([">=3.10", ">=3.11", ">=3.12", ">=3.11,<3.14", "==3.12.*", ">=3.9,!=3.10.*"])
        lines = ["[project]", 'name = "demo"', 'version = "1"', 'requires-python = "%s"' % python]
        direct = r.sample(NAMES, r.randint(1, 4))
        array = lambda items: "[" + ", ".join(json.dumps(i) for i in items) + "]"
        needs = [self.requirement(n, 35) for n in direct for _ in range(2 if self.chance(15) else 1)]
        lines.append("dependencies = " + array(needs))
        groups = {}
        if self.chance(35):
            lines += ["", "[project.optional-dependencies]"]
            for extra in ("one", "two", "three")[: r.randint(2, 3)]:
                groups[extra] = "extra"
                lines.append("%s = %s" % (extra, array([self.requirement(n, 15) for n in r.sample(NAMES, r.randint(1, 2))])))
        if self.chance(25):
            lines += ["", "[dependency-groups]"]
            for group in ("dev", "docs"):
                groups[group] = "group"
                lines.append("%s = %s" % (group, array([self.requirement(n, 15) for n in r.sample(NAMES, r.randint(1, 2))])))
        tool = []
        if len(groups) > 1 and self.chance(60):
            items = r.sample(sorted(groups), r.randint(2, len(groups)))
            tool.append("conflicts = [[%s]]" % ", ".join('{ %s = "%s" }' % (groups[i], i) for i in items))
        if self.chance(12):
            tool.append("environments = " + array(["sys_platform == 'linux'", "sys_platform != 'linux'"][: r.randint(1, 2)]))
        if self.chance(12):
            tool.append("required-environments = " + array(["sys_platform == 'win32'"]))
        if self.chance(8):
            tool.append('resolution = "%s"' % r.choice(["lowest", "lowest-direct"]))
        if self.chance(6):
            tool.append('fork-strategy = "fewest"')
        if self.chance(8):
            tool.append('prerelease = "%s"' % r.choice(["allow", "disallow", "explicit"]))
        if self.chance(10):
            tool.append("constraint-dependencies = " + array([self.requirement(r.choice(NAMES), 20)]))
        if self.chance(8):
            tool.append("override-dependencies = " + array([self.requirement(r.choice(NAMES), 20)]))
        if len(self.indexes) > 1:
            name = r.choice(direct)
            source = [{"index": "builds"}, {"index": "builds", "marker": "sys_platform == 'linux'"},
                      {"index": "builds", "marker": "sys_platform != 'darwin'"}][r.randint(0, 2)]
            tool += ["", "[tool.uv.sources]", "%s = { %s }" % (name, ", ".join('%s = "%s"' % f for f in source.items())), "",
                     "[[tool.uv.index]]", 'name = "builds"', 'url = "http://torch.test/whl/builds"', "explicit = true"]
        return "\n".join(lines + (["", "[tool.uv]"] + tool if tool else [])) + "\n"

    def case(self):
        for name in NAMES:
            self.versions[name] = list(dict.fromkeys(self.version() for _ in range(self.random.randint(1, 5))))
        for name in NAMES:
            self.publish(name, self.versions[name], PYPI)
        if self.chance(35):
            index = "http://torch.test/whl/builds"
            self.indexes[index] = {}
            for name in self.random.sample(NAMES, 5):
                local = self.random.choice(["", "+cpu", "+cu128"])
                self.publish(name, [v + local for v in self.versions[name]], index)
        return {"seed": self.seed, "class": "random", "files": {"pyproject.toml": self.project()}, "indexes": self.indexes,
                "metadata": self.metadata, "args": ["lock"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    for seed in range(args.seed, args.seed + args.count):
        (args.folder / ("%d.json" % seed)).write_text(json.dumps(World(seed).case(), sort_keys=True))


if __name__ == "__main__":
    main()
