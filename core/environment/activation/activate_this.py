# SPDX-License-Identifier: Apache-2.0
"""Makes a running Python use this environment's packages.

    this = "/path/to/environment/bin/activate_this.py"
    exec(compile(open(this).read(), this, "exec"), {"__file__": this})
"""
import os
import site
import sys

scripts = os.path.dirname(os.path.abspath(__file__))
environment = os.path.dirname(scripts)
os.environ["PATH"] = os.pathsep.join([scripts, *filter(None, [os.environ.get("PATH")])])
os.environ["VIRTUAL_ENV"] = environment
os.environ["VIRTUAL_ENV_PROMPT"] = @PROMPT@

# What addsitedir appends goes to the front: the environment's packages come before the others.
before = len(sys.path)
site.addsitedir(os.path.join(environment, *@SITE_PACKAGES@.split("/")))
sys.path[:] = sys.path[before:] + sys.path[:before]

sys.real_prefix = sys.prefix
sys.prefix = environment
