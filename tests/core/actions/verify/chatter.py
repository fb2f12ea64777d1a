# SPDX-License-Identifier: Apache-2.0
# computer: nothing-to-see
import sys

print("loading ... sconce-check {", end="")
print("\n\n{}\nsconce-check no json")
sys.stderr.write("a warning\n")
