#!/usr/bin/env bash
# The installer of what build_under_wine.sh has frozen:  make_installer.sh VERSION TARGET.exe [-DQUICK]
set -euo pipefail
version=${1:?version} target=$(realpath "${2:?file to make}")
cd "$(dirname "$0")/../.."
makensis -V2 -INPUTCHARSET UTF8 "${@:3}" "-DVERSION=$version" "-DTARGET=$target" \
    "-DICON=$PWD/resources/icons/daomao.ico" \
    "-DSOURCE=$PWD/build/windows/dist/daomao-desktop" packaging/windows/installer.nsi
