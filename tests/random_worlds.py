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
           "sys_platform in 'linux darwin'", "python_version in '3.11 3.13'", "python_version not in '3.11, 3.12'",
           "platform_python_implementation != 'PyPy'", "platform_release >= '5'", "'arm' in platform_machine",
           "python_full_version == '3.12.*'", "sys_platform == 'linux' and platform_machine == 'aarch64'",
           "python_version >= '3.10' and python_version < '3.12'", "os_name != 'posix' or platform_system == 'Windows'"]
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
            bounds = op + version if op != "~=" or version.split(".")[1:2] and version.split(".")[1][0].isdigit() else ">=" + version
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

    def array(self, items):
        return "[" + ", ".join(json.dumps(i) for i in items) + "]"

    def some(self, most=2, condition=15):
        return self.array([self.requirement(n, condition) for n in self.random.sample(NAMES, self.random.randint(1, most))])

    def project(self, member=None):
        """pyproject.toml of the root, or of a member of its workspace; notes the choices that exclude each other."""
        r = self.random
        name = member or "demo"
        lines = ["[project]", 'name = "%s"' % name, 'version = "1"']
        if not member or self.chance(70):
            lines.append('requires-python = "%s"' % (r.choice([">=3.10", ">=3.11"]) if member else self.python))
        direct = r.sample(NAMES, r.randint(1, 2 if member else 4))
        needs = [self.requirement(n, 35) for n in direct for _ in range(2 if self.chance(15) else 1)]
        others = [m for m in self.members if m != member and (not member or m > member)]
        uses = [m for m in others if self.chance(60)]
        needs += [m + ("[one]" if self.chance(30) else "") + (" ; " + self.marker() if self.chance(20) else "") for m in uses]
        lines.append("dependencies = " + self.array(needs))
        chosen, taken = {}, r.choice(["one", "two", "three"])
        if self.chance(20 if member else 40):
            lines += ["", "[project.optional-dependencies]"]
            for extra in ("one", "two", "three")[: r.randint(2, 3)]:
                chosen[extra] = "extra"
                lines.append("%s = %s" % (extra, self.some()))
            if self.chance(20):
                lines.append('all = ["%s[one,two]"]' % name)
        elif any("[one]" in n for n in needs) or member:
            lines += ["", "[project.optional-dependencies]", "one = " + self.some(1)]
            chosen["one"] = "extra"
        if self.chance(15 if member else 30):
            lines += ["", "[dependency-groups]"]
            for group in ("dev", "docs"):
                chosen[group] = "group"
                lines.append("%s = %s" % (group, self.some()))
            if self.chance(30):
                lines.append('all = [{ include-group = "docs" }, %s' % self.some(1)[1:])
        self.choices[name] = chosen
        tables = []
        sources = ["%s = { workspace = true }" % m for m in uses]
        if len(self.indexes) > 1 and not self.shared:
            for package in r.sample(direct, 1):
                sources.append("%s = %s" % (package, self.source(chosen)))
        if sources:
            tables += ["", "[tool.uv.sources]", *sources]
        if "dev" in chosen and self.chance(15):
            tables += ["", "[tool.uv.dependency-groups]", 'dev = { requires-python = ">=3.12" }']
        return lines, tables

    def source(self, chosen):
        r = self.random
        plain = [{"index": "builds"}, {"index": "builds", "marker": "sys_platform == 'linux'"}, {"index": "builds", "marker": "sys_platform != 'darwin'"}]
        if chosen and self.chance(40):
            word = r.choice(sorted(chosen))
            plain.append({"index": "builds", chosen[word]: word})
            return "[{ %s }]" % ", ".join('%s = "%s"' % f for f in plain[-1].items())
        return "{ %s }" % ", ".join('%s = "%s"' % f for f in r.choice(plain).items())

    def settings(self):
        """[tool.uv] of the root."""
        r, tool = self.random, []
        items = [(n, w, k) for n, chosen in self.choices.items() for w, k in sorted(chosen.items())]
        if len(items) > 1 and self.chance(60):
            sets = []
            for _ in range(r.choice([1, 1, 1, 2])):
                picked = r.sample(items, r.randint(2, min(3, len(items))))
                sets.append("[%s]" % ", ".join("{ %s%s = \"%s\" }" % ('package = "%s", ' % n if n != "demo" else "", k, w) for n, w, k in picked))
            tool.append("conflicts = [%s]" % ", ".join(sets))
        add = lambda percent, line: tool.append(line()) if self.chance(percent) else None
        add(12, lambda: "environments = " + self.array(["sys_platform == 'linux'", "sys_platform != 'linux'"][: r.randint(1, 2)]))
        add(12, lambda: "required-environments = " + self.array([r.choice(["sys_platform == 'win32'", "sys_platform == 'darwin' and platform_machine == 'x86_64'"])]))
        add(8, lambda: 'resolution = "%s"' % r.choice(["lowest", "lowest-direct"]))
        add(6, lambda: 'fork-strategy = "fewest"')
        add(8, lambda: 'prerelease = "%s"' % r.choice(["allow", "disallow", "explicit"]))
        add(10, lambda: "constraint-dependencies = " + self.some(2, 20))
        overrides = [json.dumps(self.requirement(r.choice(NAMES), 20))] if self.chance(8) else []
        if self.chance(6):
            overrides.append('{ package = { name = "%s" }, dependencies = %s }' % (r.choice(NAMES), self.some(2)))
        if overrides:
            tool.append("override-dependencies = [%s]" % ", ".join(overrides))
        excludes = [json.dumps(r.choice(NAMES))] if self.chance(4) else []
        if self.chance(4):
            excludes.append('{ package = { name = "%s" }, dependencies = ["%s"] }' % tuple(r.sample(NAMES, 2)))
        if excludes:
            tool.append("exclude-dependencies = [%s]" % ", ".join(excludes))
        add(10, lambda: 'exclude-newer = "2026-0%d-15T00:00:00Z"' % r.randint(3, 9))
        add(6, lambda: "exclude-newer-package = { %s = %s }" % (r.choice(NAMES), r.choice(["false", '"2026-05-01T00:00:00Z"'])))
        if self.shared and self.chance(70):
            tool.append('index-strategy = "%s"' % r.choice(["unsafe-best-match", "unsafe-first-match"]))
        if self.chance(5):
            package = r.choice(NAMES)
            tool.append('dependency-metadata = [{ name = "%s", version = "%s", requires-dist = %s }]' % (package, r.choice(self.versions[package]), self.some(2, 0)))
        return ["", "[tool.uv]"] + tool if tool else []

    def project_files(self):
        """The root and at times members."""
        self.members = self.random.choice([[], [], [], [], ["axle"], ["axle", "beam"]])
        self.python = self.random.choice([">=3.10", ">=3.11", ">=3.12", ">=3.11,<3.14", "==3.12.*", ">=3.9,!=3.10.*", ">=3.10,<3.12"])
        self.choices = {}
        texts = {}
        for member in self.members:
            lines, tables = self.project(member)
            texts["packages/%s/pyproject.toml" % member] = "\n".join(lines + tables) + "\n"
        lines, tables = self.project()
        lines += self.settings() + tables
        if self.members:
            lines += ["", "[tool.uv.workspace]", 'members = ["packages/*"]']
        if len(self.indexes) > 1:
            lines += ["", "[[tool.uv.index]]", 'name = "builds"', 'url = "http://torch.test/whl/builds"']
            lines += [] if self.shared else ["explicit = true"]
        texts["pyproject.toml"] = "\n".join(lines) + "\n"
        return texts

    def step(self, files):
        """A further run: the project changes a little, or versions are to be renewed."""
        r, text = self.random, files["pyproject.toml"]
        kind = r.choice(["add", "python", "upgrade", "package", "again", "constrain"])
        if kind == "add":
            text = text.replace("dependencies = [", "dependencies = [%s, " % json.dumps(self.requirement(r.choice(NAMES), 20)), 1).replace(", ]", "]")
        if kind == "python":
            text = text.replace(self.python, r.choice([">=3.11", ">=3.12", ">=3.10"]), 1)
        if kind == "constrain" and "constraint-dependencies" not in text:
            line = "constraint-dependencies = %s\n" % self.some(1, 20)
            text = text.replace("[tool.uv]\n", "[tool.uv]\n" + line, 1) if "[tool.uv]\n" in text else text + "\n[tool.uv]\n" + line
        args = {"upgrade": ["--upgrade"], "package": ["--upgrade-package", r.choice(NAMES)]}.get(kind, [])
        return {"files": {"pyproject.toml": text}, "args": ["lock"] + args}

    def case(self):
        for name in NAMES:
            self.versions[name] = list(dict.fromkeys(self.version() for _ in range(self.random.randint(1, 5))))
        for name in NAMES:
            self.publish(name, self.versions[name], PYPI)
        self.shared = False
        if self.chance(35):
            index = "http://torch.test/whl/builds"
            self.shared = self.chance(25)  # looked into for every package
            self.indexes[index] = {}
            for name in self.random.sample(NAMES, 5):
                local = self.random.choice(["", "+cpu", "+cu128"])
                self.publish(name, [v + local for v in self.versions[name]], index)
        files = self.project_files()
        case = {"seed": self.seed, "class": "random", "files": files, "indexes": self.indexes, "metadata": self.metadata, "args": ["lock"]}
        if self.chance(40):
            case["steps"] = [self.step(files) for _ in range(self.random.randint(1, 2))]
        return case


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
