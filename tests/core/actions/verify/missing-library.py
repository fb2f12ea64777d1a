# SPDX-License-Identifier: Apache-2.0
# computer: nothing-to-see
raise ImportError("libcudart.so.99: cannot open shared object file: No such file or directory")
