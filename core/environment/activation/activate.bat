@rem SPDX-License-Identifier: Apache-2.0
@rem For cmd.exe; "deactivate" undoes it.
@if defined VIRTUAL_ENV call "%~dp0deactivate.bat"
@for %%i in ("%~dp0..") do @set "VIRTUAL_ENV=%%~fi"
@for %%i in ("%~dp0..") do @set "VIRTUAL_ENV_PROMPT=%%~nxi"
@set "_OLD_VIRTUAL_PATH=%PATH%"
@set "PATH=%~dp0;%PATH%"
@if defined PYTHONHOME set "_OLD_VIRTUAL_PYTHONHOME=%PYTHONHOME%"
@set PYTHONHOME=
@if defined VIRTUAL_ENV_DISABLE_PROMPT goto :eof
@if not defined PROMPT set "PROMPT=$P$G"
@set "_OLD_VIRTUAL_PROMPT=%PROMPT%"
@set "PROMPT=@SHOWN@%PROMPT%"
