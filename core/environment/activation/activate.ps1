# SPDX-License-Identifier: Apache-2.0
# For PowerShell; to be read by the running shell:  . bin/activate.ps1
# "deactivate" undoes it.

function global:deactivate([switch]$NonDestructive) {
    if (Test-Path variable:global:_OLD_VIRTUAL_PATH) {
        $env:PATH = $global:_OLD_VIRTUAL_PATH
        Remove-Variable -Name _OLD_VIRTUAL_PATH -Scope Global
    }
    if (Test-Path variable:global:_OLD_VIRTUAL_PYTHONHOME) {
        $env:PYTHONHOME = $global:_OLD_VIRTUAL_PYTHONHOME
        Remove-Variable -Name _OLD_VIRTUAL_PYTHONHOME -Scope Global
    }
    if (Test-Path function:global:_old_virtual_prompt) {
        Copy-Item -Path function:_old_virtual_prompt -Destination function:prompt
        Remove-Item -Path function:_old_virtual_prompt
    }
    foreach ($name in 'VIRTUAL_ENV', 'VIRTUAL_ENV_PROMPT') {
        if (Test-Path "env:$name") {
            Remove-Item -Path "env:$name"
        }
    }
    if (-not $NonDestructive) {
        Remove-Item -Path function:deactivate
    }
}

# Another environment may be active: its PATH must not stay behind ours.
deactivate -NonDestructive

$env:VIRTUAL_ENV = @PATH@
$env:VIRTUAL_ENV_PROMPT = @PROMPT@
$global:_OLD_VIRTUAL_PATH = $env:PATH
$env:PATH = (Join-Path $env:VIRTUAL_ENV 'bin') + [System.IO.Path]::PathSeparator + $env:PATH
if (Test-Path env:PYTHONHOME) {
    $global:_OLD_VIRTUAL_PYTHONHOME = $env:PYTHONHOME
    Remove-Item -Path env:PYTHONHOME
}
if (-not $env:VIRTUAL_ENV_DISABLE_PROMPT) {
    function global:_old_virtual_prompt { '' }
    Copy-Item -Path function:prompt -Destination function:_old_virtual_prompt
    function global:prompt {
        Write-Host -NoNewline @SHOWN@
        _old_virtual_prompt
    }
}
