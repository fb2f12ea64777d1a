# SPDX-License-Identifier: Apache-2.0
# computer: nothing-to-see
__version__ = "2.9.1+cpu"
