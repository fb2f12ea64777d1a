# SPDX-License-Identifier: Apache-2.0
# computer: nothing-to-see
raise SystemExit(0)
