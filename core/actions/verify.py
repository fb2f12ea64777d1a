# SPDX-License-Identifier: Apache-2.0
"""Climbs the ladder: import, build, devices, allocate, product. Each step is told at once, so that a crash or a hang shows
where it was. A line of ours begins with MARK; torch and others may print what they like between.

Without torch every installed package is imported instead. Works from Python 3.6 on.
"""
import csv
import importlib.util
import json
import math
import os
import sys
import sysconfig
import time

MARK = "sconce-check "
SIZE = 64  # 64 x 64 x 64 steps take a pure Python stand-in a tenth of a second, a GPU no time at all


def tell(rung, **facts):
    facts["rung"] = rung
    print("\n" + MARK + json.dumps(facts, default=str), flush=True)


def attempt(rung, work, subject=""):
    """Tells that `rung` begins with `subject`, does it, tells how it went. Gives what work gave; nothing when it failed."""
    tell(rung, begins=True, subject=subject)
    start = time.perf_counter()
    try:
        facts = work()
    except BaseException as error:  # a package may well call sys.exit()
        tell(rung, subject=subject, error=type(error).__name__, message=str(error))
        return None
    tell(rung, subject=subject, seconds=time.perf_counter() - start, **facts)
    return facts


def import_torch():
    import torch

    return {"version": str(torch.__version__)}


def build_of(torch):
    version = getattr(torch, "version", None)
    text = str(torch.__version__)
    facts = {name: getattr(version, name, None) for name in ("cuda", "hip", "xpu")}
    kind = "cuda" if facts["cuda"] else "hip" if facts["hip"] else "cpu"
    if kind == "cpu" and (facts["xpu"] or text.endswith("+xpu")):
        kind = "xpu"
    code = []
    if kind in ("cuda", "hip"):
        try:
            code = list(torch.cuda.get_arch_list())
        except Exception:  # not there in every version; devices are tried anyway
            pass
    return dict(kind=kind, code=code, **facts)


def devices_of(torch, kind):
    """Devices as torch names them, with what it knows of each."""
    if kind in ("cuda", "hip"):
        if not torch.cuda.is_available():
            return []
        found = []
        for index in range(torch.cuda.device_count()):
            capability = torch.cuda.get_device_capability(index) if kind == "cuda" else None
            found.append({"device": "cuda:%d" % index, "name": torch.cuda.get_device_name(index), "capability": capability})
        return found
    if kind == "xpu":
        if not torch.xpu.is_available():
            return []
        return [
            {"device": "xpu:%d" % index, "name": torch.xpu.get_device_name(index)}
            for index in range(torch.xpu.device_count())
        ]
    mps = getattr(getattr(torch, "backends", None), "mps", None)
    if mps is not None and mps.is_available():
        return [{"device": "mps", "name": "Apple GPU"}]
    return []


def product_on(torch, device):
    left = torch.full((SIZE, SIZE), 2.0).to(device)
    right = torch.full((SIZE, SIZE), 3.0).to(device)
    start = time.perf_counter()
    found = float((left @ right).sum().item())
    took = time.perf_counter() - start
    # All steps are whole numbers below 2**24: exact in single precision, and in the shorter formats of matrix units too.
    # JSON knows no nan.
    return {"found": found if math.isfinite(found) else str(found), "expected": 6.0 * SIZE**3, "milliseconds": took * 1000}


def allocate_on(torch, device):
    block = torch.ones(SIZE, SIZE).to(device)
    return {"found": float(block.sum().item()), "expected": float(SIZE * SIZE)}


def climb():
    if attempt("import", import_torch) is None:
        return
    import torch

    build = attempt("build", lambda: build_of(torch))
    if build is None:
        return
    found = attempt("devices", lambda: {"devices": devices_of(torch, build["kind"])})
    if found is None:
        return
    names = [row["device"] for row in found["devices"]] or ["cpu"]
    for rung, work in (("allocate", allocate_on), ("product", product_on)):
        # A device that fails is left behind; the others go on.
        names = [name for name in names if attempt(rung, lambda: work(torch, name), name) is not None]


def modules_of(record):
    """Names a package can be imported by, from the paths in its RECORD."""
    names = set()
    with open(record, encoding="utf-8", errors="replace", newline="") as file:
        for row in csv.reader(file):
            parts = row[0].split("/") if row else [""]
            name = parts[0].split(".")[0]
            is_package = len(parts) == 2 and parts[1] == "__init__.py"
            is_module = len(parts) == 1 and parts[0].endswith((".py", ".so", ".pyd"))
            if name.isidentifier() and (is_package or is_module):
                names.add(name)
    return sorted(names)


def import_module(name):
    importlib.import_module(name)
    return {"module": name}


def import_all():
    paths = sysconfig.get_paths()
    for folder in sorted({paths["purelib"], paths["platlib"]}):
        entries = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
        for entry in entries:
            record = os.path.join(folder, entry, "RECORD")
            if not entry.endswith(".dist-info") or not os.path.isfile(record):
                continue
            package = entry[: -len(".dist-info")].rpartition("-")[0]
            for name in modules_of(record):
                attempt("package", lambda: import_module(name), package)


def is_installed(name):
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False


HAS_TORCH = is_installed("torch")
tell("start", torch=HAS_TORCH)
if HAS_TORCH:
    climb()
else:
    import_all()
tell("end")
