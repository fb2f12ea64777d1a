# SPDX-License-Identifier: Apache-2.0
# For fish; to be read by the running shell:  source bin/activate.fish
# "deactivate" undoes it.

function deactivate -d 'Leave the Python environment'
    if set -q _OLD_VIRTUAL_PATH
        set -gx PATH $_OLD_VIRTUAL_PATH
        set -e _OLD_VIRTUAL_PATH
    end
    if set -q _OLD_VIRTUAL_PYTHONHOME
        set -gx PYTHONHOME $_OLD_VIRTUAL_PYTHONHOME
        set -e _OLD_VIRTUAL_PYTHONHOME
    end
    if functions -q _old_virtual_prompt
        functions -e fish_prompt
        functions -c _old_virtual_prompt fish_prompt
        functions -e _old_virtual_prompt
    end
    set -e VIRTUAL_ENV
    set -e VIRTUAL_ENV_PROMPT
    if test "$argv[1]" != nondestructive
        functions -e deactivate
    end
end

# Another environment may be active: its PATH must not stay behind ours.
deactivate nondestructive

set -gx VIRTUAL_ENV @PATH@
set -gx VIRTUAL_ENV_PROMPT @PROMPT@
set -g _OLD_VIRTUAL_PATH $PATH
set -gx PATH "$VIRTUAL_ENV/bin" $PATH
if set -q PYTHONHOME
    set -g _OLD_VIRTUAL_PYTHONHOME $PYTHONHOME
    set -e PYTHONHOME
end
if test -z "$VIRTUAL_ENV_DISABLE_PROMPT"; and functions -q fish_prompt
    functions -c fish_prompt _old_virtual_prompt
    function fish_prompt
        # The old prompt may show how the last command ended, so that is handed on.
        set -l last $status
        printf '%s' @SHOWN@
        sh -c "exit $last"
        _old_virtual_prompt
    end
end
