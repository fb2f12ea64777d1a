# SPDX-License-Identifier: Apache-2.0
# computer: nvidia-laptop-beside-intel
__version__ = "2.9.1+cu128"
version.cuda = "12.8"
CODE = "sm_75 sm_80 sm_86 sm_90 sm_100 sm_120".split()
GPUS = [("NVIDIA GeForce RTX 4060 Laptop GPU", (8, 9))]


def leave(left, right):
    import os, sys

    sys.stderr.write("terminate called without an active exception\n")
    sys.stderr.flush()
    os._exit(134)


Matrix.__matmul__ = leave
