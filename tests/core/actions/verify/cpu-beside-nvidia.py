# SPDX-License-Identifier: Apache-2.0
# computer: nvidia-laptop-beside-intel
__version__ = "2.9.1+cpu"
