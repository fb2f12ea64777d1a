# SPDX-License-Identifier: Apache-2.0
# computer: nothing-to-see
import os
import signal

os.kill(os.getpid(), signal.SIGABRT)
