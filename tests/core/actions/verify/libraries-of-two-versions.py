# SPDX-License-Identifier: Apache-2.0
# computer: nothing-to-see
raise ImportError("/env/torch/lib/libtorch_python.so: undefined symbol: _ZN5torch3jit")
