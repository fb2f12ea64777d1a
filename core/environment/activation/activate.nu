# SPDX-License-Identifier: Apache-2.0
# For Nushell:  overlay use bin/activate.nu
# "deactivate" undoes it.

export-env {
    let environment = @PATH@
    let name = (if ($nu.os-info.name == "windows") { "Path" } else { "PATH" })
    let old = ($env | get $name)
    let prompt = ($env.PROMPT_COMMAND? | default {|| "" })
    load-env {
        VIRTUAL_ENV: $environment
        VIRTUAL_ENV_PROMPT: @PROMPT@
        $name: ($old | prepend ($environment | path join "bin"))
    }
    if ($env.VIRTUAL_ENV_DISABLE_PROMPT? | is-empty) {
        $env.PROMPT_COMMAND = {||
            let before = (if (($prompt | describe) == "closure") { do $prompt } else { $prompt })
            [@SHOWN@ $before] | str join
        }
    }
}

export alias deactivate = overlay hide activate
