# SPDX-License-Identifier: Apache-2.0
# computer: nvidia-blackwell
__version__ = "2.9.1+cu128"
version.cuda = "12.8"
CODE = "sm_75 sm_80 sm_86 sm_90 compute_90".split()
GPUS = [("NVIDIA GeForce RTX 5090", (12, 0))]
