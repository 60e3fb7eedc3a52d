# What the build scripts share; to be sourced from the project's root.
# shellcheck shell=bash
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' src/daomao_desktop/__init__.py)
export PIP_DISABLE_PIP_VERSION_CHECK=1 LC_ALL=C.UTF-8
# The same sources give the same bundle: no random order of sets, no clock.
export PYTHONHASHSEED=1 SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 1767225600)}"
python=${PYTHON:-$PWD/.venv/bin/python}

need_packages() { # installs Debian packages where that is ours to do
    local missing=""
    for package in "$@"; do
        dpkg -s "$package" 2>/dev/null | grep -q '^Status: install ok' || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" != 0 ]; then
        echo "First: sudo apt-get install --no-install-recommends$missing" >&2
        exit 1
    fi
    apt-get update -qq
    # shellcheck disable=SC2086 # a list of words
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

need_python() { # the project's virtual environment with what freezing needs
    [ -x "$python" ] || python3 -m venv .venv
    "$python" -c 'import PyInstaller, uv' 2>/dev/null ||
        "$python" -m pip install -q -c constraints.txt -e '.[build]'
    # Debian keeps the shared library, which a frozen program carries, in a package of its own.
    if [ "$("$python" -c 'import sys; print(sys.base_prefix)')" = /usr ]; then
        need_packages "$("$python" -c 'import sys; print("libpython%d.%d" % sys.version_info[:2])')"
    fi
}

megabytes() { du -sb "$1" | awk '{printf "%.1f", $1 / 1e6}'; }

say() { printf '\n== %s\n' "$*"; }
