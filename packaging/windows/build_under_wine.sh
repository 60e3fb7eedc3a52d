#!/usr/bin/env bash
# The Windows program, its installer and its portable folder, built on Linux:
#   bash packaging/windows/build_under_wine.sh
# Makes dist/daomao-desktop-VERSION-setup.exe and dist/daomao-desktop-VERSION-portable.zip.
# On Windows itself: docs/release.md.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=packaging/common.sh
. packaging/common.sh
need_packages wine wine64 xvfb xauth nsis gcc-mingw-w64-x86-64-win32 ca-certificates
need_python

work=$PWD/build/windows
# shellcheck source=packaging/windows/wine.sh
. packaging/windows/wine.sh
rm -rf "$work"
mkdir -p "$work" dist
start_screen

say "Python for Windows and the project's packages"
bash packaging/windows/make_python.sh "$work/python" "$python"
say "Wine"
make_prefix
say "PyInstaller"
wine 1500 "$work/python/python.exe" -m PyInstaller --noconfirm --log-level ERROR \
    --distpath "$work/dist" --workpath "$work/work" build.spec
bundle=$work/dist/daomao-desktop

# Nothing of Wine's, and none of our stubs, may travel.
if grep -rlE 'Wine (builtin|placeholder) DLL' "$bundle"; then
    echo "these files are Wine's own" >&2
    exit 1
fi
for name in $stub_names; do
    if [ -n "$(find "$bundle" -iname "$name")" ]; then
        echo "$name is a stub for Wine and must not travel" >&2
        exit 1
    fi
done

say "installer and portable folder"
bash packaging/windows/make_installer.sh "$version" "dist/daomao-desktop-$version-setup.exe"
portable=$work/portable/daomao-desktop
mkdir -p "$work/portable"
cp -a "$bundle" "$portable"
sed 's/$/\r/' packaging/windows/portable.txt >"$portable/portable.txt" # for every Notepad
rm -f "dist/daomao-desktop-$version-portable.zip"
(cd "$work/portable" && "$python" -m zipfile -c "$OLDPWD/dist/daomao-desktop-$version-portable.zip" daomao-desktop)
for file in "dist/daomao-desktop-$version-setup.exe" "dist/daomao-desktop-$version-portable.zip" "$bundle"; do
    echo "$file: $(megabytes "$file") MB"
done
