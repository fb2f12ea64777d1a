# SPDX-License-Identifier: Apache-2.0
# computer: amd-7900xtx
__version__ = "2.9.1+rocm6.4"
version.hip = "6.4.43482"
CODE = ["gfx1100"]
GPUS = [("AMD Radeon RX 7900 XTX", None)]
