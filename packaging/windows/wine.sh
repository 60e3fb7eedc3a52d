# Wine as the build and its checks use it; to be sourced, with $work naming a folder of its own.
# shellcheck shell=bash
export WINEPREFIX="$work/prefix" WINEARCH=win64 WINEDEBUG=-all
# winedbg: a crash would start a debugger that waits for ever. mscms: our stub, Wine's lacks calls.
export WINEDLLOVERRIDES="mscoree,mshtml=;mscms=n;winedbg.exe=d"
export USER=王文书 LOGNAME=王文书 LC_ALL=C.UTF-8 # Wine's user: many a PC's is Chinese
# Wine drops every QT_* variable and hands WINEQT_* on.
export WINEQT_QPA_PLATFORM=offscreen
unset DISPLAY WAYLAND_DISPLAY
WINE64=/usr/lib/wine/wine64
stub_names="icuuc.dll mscms.dll bcryptprimitives.dll" # made by make_prefix, never shipped

# wine SECONDS PROGRAM ARGUMENT…: never without a limit, never with a plain file as its output
# (Python under Wine stops with WinError 6), never waiting for the keyboard.
wine() {
    local seconds=$1
    shift
    timeout -k 10 "$seconds" "$WINE64" "$@" </dev/null 2>&1 | cat
}

wine_ends() { # waits for the last process of this prefix
    timeout -k 10 "${1:-60}" /usr/lib/wine/wineserver64 -w
}

start_screen() { # an X server of our own, stopped with this shell
    local pipe
    pipe=$(mktemp -u)
    mkfifo "$pipe"
    Xvfb -displayfd 3 -screen 0 1366x768x24 -nolisten tcp 3>"$pipe" >/dev/null 2>&1 &
    screen_pid=$!
    read -r number <"$pipe"
    rm -f "$pipe"
    export DISPLAY=":$number"
    trap 'kill "$screen_pid" 2>/dev/null' EXIT
}

# make_prefix: a Windows 10 of its own, with what Wine 8 lacks of it.
make_prefix() {
    rm -rf "$WINEPREFIX"
    mkdir -p "$work"
    wine 300 wineboot -i
    wine 60 winecfg -v win10
    wine_ends
    local name system="$WINEPREFIX/drive_c/windows/system32"
    for name in $stub_names; do
        rm -f "$system/$name"
        x86_64-w64-mingw32-gcc -O2 -s -shared -nostdlib -e DllMain -o "$system/$name" \
            "packaging/windows/stubs/${name%.dll}.c" -ladvapi32
    done
}
