#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the sample's package index: wheels of stand-ins, pages and a list for Qt's resource compiler.

    make_index.py OUT

OUT/simple/<name>.json          a page as PEP 691 has it, with sizes and digests
OUT/whl/<backend>/<name>.html   a page as the PyTorch indexes serve it: digests, no sizes
OUT/files/<wheel>[.metadata]    the wheels, and their metadata beside them (PEP 658)
OUT/sample.qrc                  all of it, below :/sample
"""
import base64
import hashlib
import io
import json
import pathlib
import sys
import zipfile

here = pathlib.Path(__file__).resolve().parent
EPOCH = (2026, 1, 1, 0, 0, 0)
UPLOADED = "2026-01-01T00:00:00Z"

LINUX = "manylinux_2_17_x86_64.manylinux_2_17_aarch64"
EVERYWHERE = "any"

TORCH = "2.9.1"
VISION = "0.24.1"
BACKENDS = {
    # name: (local label, CUDA, HIP, XPU, architectures, platforms, requirements of its own)
    "cpu": ("cpu", None, None, None, [], [LINUX, "win_amd64"], []),
    "cu126": ("cu126", "12.6", None, None, ["sm_50", "sm_60", "sm_70", "sm_75", "sm_80", "sm_86", "sm_90"], [LINUX, "win_amd64"],
              ["nvidia-cublas-cu12==12.6.4.1", "nvidia-cudnn-cu12==9.10.2.21", "triton==3.5.1"]),
    "cu128": ("cu128", "12.8", None, None, ["sm_70", "sm_75", "sm_80", "sm_86", "sm_90", "sm_100", "sm_120"], [LINUX, "win_amd64"],
              ["nvidia-cublas-cu12==12.8.4.1", "nvidia-cudnn-cu12==9.10.2.21", "triton==3.5.1"]),
    "cu130": ("cu130", "13.0", None, None, ["sm_75", "sm_80", "sm_86", "sm_90", "sm_100", "sm_120"], [LINUX, "win_amd64"],
              ["nvidia-cublas==13.0.0.19", "nvidia-cudnn-cu13==9.13.0.50", "triton==3.5.1"]),
    "rocm6.4": ("rocm6.4", None, "6.4", None, ["gfx900", "gfx906", "gfx908", "gfx90a", "gfx942", "gfx1030", "gfx1100", "gfx1101", "gfx1200", "gfx1201"],
                ["manylinux_2_17_x86_64"], ["pytorch-triton-rocm==3.5.1"]),
    "xpu": ("xpu", None, None, "20250201", ["pvc", "dg2", "bmg"], [LINUX, "win_amd64"], ["intel-sycl-rt==2025.2.1", "pytorch-triton-xpu==3.5.0"]),
}
TORCH_NEEDS = ["filelock", "typing-extensions>=4.10.0", "sympy>=1.13.3", "networkx>=2.5.1", "jinja2", "fsspec>=0.8.5"]
ON_LINUX = "; platform_system == 'Linux'"
# name: (versions, newest last; requirements; extras)
PLAIN = {
    "filelock": (["3.19.1", "3.20.0"], []),
    "fsspec": (["2025.10.0"], []),
    "jinja2": (["3.1.5", "3.1.6"], ["markupsafe>=2.0"]),
    "markupsafe": (["3.0.3"], []),
    "mpmath": (["1.3.0"], []),
    "networkx": (["3.4.2", "3.5"], []),
    "numpy": (["2.2.6", "2.3.5"], []),
    "pillow": (["12.0.0"], []),
    "sympy": (["1.14.0"], ["mpmath>=1.1.0,<1.4"]),
    "tqdm": (["4.67.1"], []),
    "typing-extensions": (["4.15.0"], []),
    "nvidia-cublas-cu12": (["12.6.4.1", "12.8.4.1"], []),
    "nvidia-cublas": (["13.0.0.19"], []),
    "nvidia-cudnn-cu12": (["9.10.2.21"], ["nvidia-cublas-cu12"]),
    "nvidia-cudnn-cu13": (["9.13.0.50"], ["nvidia-cublas"]),
    "intel-sycl-rt": (["2025.2.1"], []),
}
COMPANIONS = {  # on the backends' own indexes
    "triton": ("3.5.1", ["cu126", "cu128", "cu130"]),
    "pytorch-triton-rocm": ("3.5.1", ["rocm6.4"]),
    "pytorch-triton-xpu": ("3.5.0", ["xpu"]),
}


def file_name(name):
    return name.replace("-", "_")


class Wheel:
    """One wheel, built in memory; the same bytes on every machine."""

    def __init__(self, name, version, requirements, platform, files, extras=()):
        self.name, self.version = name, version
        self.tag = "py3-none-" + platform
        self.filename = "%s-%s-%s.whl" % (file_name(name), version, self.tag)
        self.info = "%s-%s.dist-info" % (file_name(name), version)
        lines = ["Metadata-Version: 2.1", "Name: " + name, "Version: " + version, "Summary: A stand-in of Sconce's sample",
                 "License: Apache-2.0", "Requires-Python: >=3.9", *["Requires-Dist: " + r for r in requirements], *["Provides-Extra: " + e for e in extras]]
        self.metadata = ("\n".join(lines) + "\n\nA stand-in with a few lines of code.\n").encode()
        self.files = dict(files)
        self.files[self.info + "/METADATA"] = self.metadata
        tags = "".join("Tag: py3-none-%s\n" % p for p in platform.split("."))
        self.files[self.info + "/WHEEL"] = ("Wheel-Version: 1.0\nGenerator: sconce-sample\nRoot-Is-Purelib: true\n" + tags).encode()

    def bytes(self):
        rows = []
        for path, data in self.files.items():
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            rows.append("%s,sha256=%s,%d\n" % (path, digest, len(data)))
        record = self.info + "/RECORD"
        contents = {**self.files, record: ("".join(rows) + record + ",,\n").encode()}
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            for path, data in contents.items():
                entry = zipfile.ZipInfo(path, EPOCH)
                entry.create_system, entry.external_attr = 3, 0o100644 << 16
                archive.writestr(entry, data)
        return out.getvalue()


def stand_in(folder, version_text):
    files = {}
    for path in sorted((here / "stand_ins" / folder).glob("*.py")):
        files["%s/%s" % (folder, path.name)] = path.read_bytes()
    files[folder + "/version.py"] = version_text.encode()
    return files


def facts_of(backend):
    return "cuda = %r\nhip = %r\nxpu = %r\narchitectures = %r\n" % BACKENDS[backend][1:5]


def torch_wheels(backend):
    label, platforms, own = BACKENDS[backend][0], *BACKENDS[backend][5:]
    facts = facts_of(backend)
    for platform in platforms:
        yield from torch_pair("+" + label, facts, platform, [r + ON_LINUX for r in own] if platform.startswith("manylinux") else own if backend == "xpu" else [])
    if backend == "cpu":  # macOS builds have no label
        yield from torch_pair("", facts, "macosx_11_0_arm64", [])


def torch_pair(label, facts, platform, own):
    full = TORCH + label
    yield Wheel("torch", full, TORCH_NEEDS + own, platform, stand_in("torch", "__version__ = %r\n%s" % (full, facts)))
    # A build that asks for torch without a label fits every backend's; both come from one index anyway.
    yield Wheel("torchvision", VISION + label, ["numpy", "torch==" + TORCH, "pillow!=8.3.*,>=5.3.0"], platform,
                stand_in("torchvision", "__version__ = %r\n" % (VISION + label)))


def plain_wheel(name, version, requirements, platform=EVERYWHERE):
    module = file_name(name)
    text = '# SPDX-License-Identifier: Apache-2.0\n"""A stand-in for %s in Sconce\'s sample."""\n__version__ = %r\n' % (name, version)
    return Wheel(name, version, requirements, platform, {module + "/__init__.py": text.encode()})


class Index:
    def __init__(self, out):
        self.out, self.pages, self.paths = out, {}, []

    def write(self, path, data):
        target = self.out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        self.paths.append(path)

    def add(self, page, wheel):
        data = wheel.bytes()
        if "files/" + wheel.filename not in self.paths:
            self.write("files/" + wheel.filename, data)
            self.write("files/%s.metadata" % wheel.filename, wheel.metadata)
        self.pages.setdefault(page, []).append((wheel, data))

    def finish(self):
        for (index, name), wheels in sorted(self.pages.items()):
            if index == "simple":
                self.write("simple/%s.json" % name, self.json_page(name, wheels))
            else:
                self.write("%s/%s.html" % (index, name), self.html_page(name, wheels))
        lines = ["<RCC>", '<qresource prefix="/sample">', *['<file alias="%s">%s</file>' % (p, p) for p in self.paths], "</qresource>", "</RCC>"]
        (self.out / "sample.qrc").write_text("\n".join(lines) + "\n", encoding="utf-8")

    @staticmethod
    def json_page(name, wheels):
        files = []
        for wheel, data in wheels:
            files.append({"filename": wheel.filename, "url": "../../files/" + wheel.filename.replace("+", "%2B"), "hashes": {"sha256": hashlib.sha256(data).hexdigest()},
                          "requires-python": ">=3.9", "size": len(data), "upload-time": UPLOADED, "core-metadata": {"sha256": hashlib.sha256(wheel.metadata).hexdigest()}, "yanked": False})
        return json.dumps({"meta": {"api-version": "1.1"}, "name": name, "versions": sorted({w.version for w, _ in wheels}), "files": files}, indent=1).encode()

    @staticmethod
    def html_page(name, wheels):
        lines = ["<!DOCTYPE html>", "<html>", "<body>", "<h1>Links for %s</h1>" % name]
        for wheel, data in wheels:
            lines.append('<a href="../../../files/%s#sha256=%s" data-dist-info-metadata="sha256=%s" data-requires-python="&gt;=3.9">%s</a><br/>' % (
                wheel.filename.replace("+", "%2B"), hashlib.sha256(data).hexdigest(), hashlib.sha256(wheel.metadata).hexdigest(), wheel.filename))
        return ("\n".join(lines + ["</body>", "</html>"]) + "\n").encode()


def main():
    out = pathlib.Path(sys.argv[1])
    index = Index(out)
    for name, (versions, requirements) in PLAIN.items():
        for version in versions:
            index.add(("simple", name), plain_wheel(name, version, requirements))
    for backend in BACKENDS:
        for wheel in torch_wheels(backend):
            index.add(("whl/" + backend, wheel.name), wheel)
    # The default index has builds without labels: CUDA 12.8 on Linux, CPU elsewhere.
    for platform, backend in ((LINUX, "cu128"), ("win_amd64", "cpu"), ("macosx_11_0_arm64", "cpu")):
        for wheel in torch_pair("", facts_of(backend), platform, [r + ON_LINUX for r in BACKENDS[backend][6]]):
            index.add(("simple", wheel.name), wheel)
    for name, (version, backends) in COMPANIONS.items():
        wheel = plain_wheel(name, version, [], LINUX if name != "pytorch-triton-xpu" else EVERYWHERE)
        for backend in backends:
            index.add(("whl/" + backend, name), wheel)
        if name == "triton":
            index.add(("simple", name), wheel)
    index.finish()


if __name__ == "__main__":
    main()
