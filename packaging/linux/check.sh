#!/usr/bin/env bash
# Tries the Linux bundle and its .deb, the window on an X server of its own.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=packaging/common.sh
. packaging/common.sh
need_packages xvfb xdotool imagemagick desktop-file-utils \
    qemu-system-x86 busybox-static kmod cpio dosfstools # the last five for packaging/guest.py
"$python" packaging/check_linux.py
