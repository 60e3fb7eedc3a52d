#!/usr/bin/env bash
# Tries the Windows program, its installer and its portable folder under Wine.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=packaging/common.sh
. packaging/common.sh
need_packages xdotool imagemagick
work=$PWD/build/windows
# shellcheck source=packaging/windows/wine.sh
. packaging/windows/wine.sh
export WINE64
# One server for all calls: started by the first of them it would keep that one's output open.
/usr/lib/wine/wineserver64 -p </dev/null >/dev/null 2>&1
trap '/usr/lib/wine/wineserver64 -k' EXIT
"$python" packaging/check_windows.py
