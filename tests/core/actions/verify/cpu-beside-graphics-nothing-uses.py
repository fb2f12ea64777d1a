# SPDX-License-Identifier: Apache-2.0
# computer: intel-integrated
__version__ = "2.9.1+cpu"
