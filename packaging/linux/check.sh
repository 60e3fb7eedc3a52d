#!/usr/bin/env bash
# Tries the Linux bundle and its .deb, the window on an X server of its own.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=packaging/common.sh
. packaging/common.sh
need_packages xvfb xdotool imagemagick dosfstools desktop-file-utils
"$python" packaging/check_linux.py
