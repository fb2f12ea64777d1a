# SPDX-License-Identifier: Apache-2.0
# computer: amd-7900xtx
__version__ = "2.9.1+cpu"
