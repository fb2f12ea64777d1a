# SPDX-License-Identifier: Apache-2.0
# computer: nothing-to-see
import sympy_that_is_not_there
