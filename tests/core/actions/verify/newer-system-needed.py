# SPDX-License-Identifier: Apache-2.0
# computer: nothing-to-see
raise ImportError("/lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.99' not found (required by /env/torch/lib/libtorch.so)")
