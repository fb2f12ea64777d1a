# SPDX-License-Identifier: Apache-2.0
# For xonsh; to be read by the running shell:  source bin/activate.xsh
# "deactivate" undoes it.


def _enter():
    environment = @PATH@
    if "deactivate" in aliases and "VIRTUAL_ENV" in __xonsh__.env:
        aliases["deactivate"]([])
    kept = {name: __xonsh__.env[name] for name in ("PATH", "PYTHONHOME") if name in __xonsh__.env}
    kept["PATH"] = list(kept.get("PATH", []))

    def leave(arguments):
        __xonsh__.env.update(kept)
        for name in ("VIRTUAL_ENV", "VIRTUAL_ENV_PROMPT"):
            __xonsh__.env.pop(name, None)
        aliases.pop("deactivate", None)

    __xonsh__.env["VIRTUAL_ENV"] = environment
    __xonsh__.env["VIRTUAL_ENV_PROMPT"] = @PROMPT@
    __xonsh__.env["PATH"] = [environment + "/bin", *kept["PATH"]]
    __xonsh__.env.pop("PYTHONHOME", None)
    aliases["deactivate"] = leave


_enter()
del _enter
