# SPDX-License-Identifier: Apache-2.0
"""GPUs of this computer, for the builds that are made for them (NVIDIA's and AMD's both go by this name)."""
import glob
import os
import subprocess

from . import version


def _asked_for():
    """How many GPUs a test wants to see; nothing: look at the computer."""
    text = os.environ.get("TORCH_STANDIN_GPUS", "")
    return int(text) if text.isdigit() else None


def _nvidia():
    return sorted(glob.glob("/proc/driver/nvidia/gpus/*/information"))


def _amd():
    nodes = []
    for path in sorted(glob.glob("/sys/class/kfd/kfd/topology/nodes/*/properties")):
        with open(path, encoding="utf-8") as file:
            facts = dict(line.split() for line in file if len(line.split()) == 2)
        if facts.get("gfx_target_version", "0") != "0":
            nodes.append(facts)
    return nodes


def device_count():
    if version.cuda is None and version.hip is None:
        return 0
    asked = _asked_for()
    if asked is not None:
        return asked
    return len(_nvidia()) if version.cuda else len(_amd())


def is_available():
    return device_count() > 0


def get_device_name(device=0):
    if _asked_for() is None and version.cuda:
        with open(_nvidia()[int(device)], encoding="utf-8") as file:
            for line in file:
                if line.startswith("Model:"):
                    return line.partition(":")[2].strip()
    return "AMD GPU" if version.hip else "NVIDIA GPU"


def get_device_capability(device=0):
    if _asked_for() is not None:
        return (8, 6)
    answer = subprocess.run(["nvidia-smi", "--query-gpu=compute_cap", "--format=csv,noheader"], capture_output=True, text=True, timeout=10, check=True)
    major, _, minor = answer.stdout.splitlines()[int(device)].strip().partition(".")
    return (int(major), int(minor))


def get_arch_list():
    return list(version.architectures)
