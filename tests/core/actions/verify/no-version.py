# SPDX-License-Identifier: Apache-2.0
# computer: nothing-to-see
del __version__
