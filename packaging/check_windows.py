"""Tries what packaging/windows/build_under_wine.sh made; packaging/windows/check.sh starts it.

The programs run in Wine's Windows 10 for the user 王文书. Wine says little about what it did, so
files and the registry are looked at, never only exit codes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from bundle_checks import (
    INSTALLED_MB,
    INSTALLER_MB,
    PASSWORD,
    ROOT,
    VILLAGE,
    Result,
    Start,
    commands,
    licences,
    must,
    office,
    papers_from_source,
    run,
    screen,
    shown,
    size_mb,
    step,
    still_there,
)

BUILD = ROOT / "build" / "windows"
BUNDLE = BUILD / "dist" / "daomao-desktop"
DRIVE = BUILD / "prefix" / "drive_c"
USER = DRIVE / "users" / "王文书"
DATA = USER / "AppData" / "Local" / "daomao-desktop"
SHORTCUTS = (
    USER / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/村民小组长工作台.lnk",
    USER / "Desktop/村民小组长工作台.lnk",
)
UNINSTALL = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\daomao-desktop"
PROGRAMS = ("daomao-desktop.exe", "daomao-cli.exe", "uninstall.exe", "_internal")
OLDER = "0.0.9"


def named(path: Path) -> str:
    """A path of this machine as a program under Wine calls it."""
    if path.is_relative_to(DRIVE):
        return "C:\\" + str(path.relative_to(DRIVE)).replace("/", "\\")
    return "Z:" + str(path).replace("/", "\\")


def wine(*words: str | Path, seconds: int = 120, **extra: str) -> Result:
    """One program in Wine, ended after ``seconds``."""
    environment = os.environ | {"DAOMAO_PASSWORD": PASSWORD} | extra
    return run([os.environ["WINE64"], *words], seconds=seconds, environment=environment)


def starter(program: Path) -> Start:
    """Starts this program's command line."""

    def start(*words: str, seconds: int = 120) -> Result:
        return wine(named(program), *words, seconds=seconds)

    return start


def installed_version() -> str | None:
    """What Windows' list of programs says."""
    answer = wine("reg", "query", UNINSTALL, "/v", "DisplayVersion", seconds=60)
    words = answer.text.split()
    return words[words.index("REG_SZ") + 1] if "REG_SZ" in words else None


def install(setup: Path, folder: Path | None = None) -> int:
    """Runs an installer silently. NSIS wants /D= last and unquoted, so in pieces without spaces."""
    where = f"/D={named(folder)}".split(" ") if folder else []
    return wine(named(setup), "/S", *where, seconds=300).code


def uninstall(folder: Path) -> None:
    """The uninstaller leaves at once and works on as a copy of itself."""
    must(wine(named(folder / "uninstall.exe"), "/S"))
    end = time.monotonic() + 60
    while any((folder / name).exists() for name in PROGRAMS) or installed_version():
        assert time.monotonic() < end, f"still there: {sorted(folder.iterdir())}"
        time.sleep(1)


def installer(setup: Path, version: str, folder: Path, source: Path) -> None:
    """First an older build, then this one over it, with the office's data kept throughout."""
    home = DRIVE / "程序 文件" / "村民 小组长"
    older = folder / "older.exe"
    make = ROOT / "packaging/windows/make_installer.sh"
    cli = starter(home / "daomao-cli.exe")
    with step("an older build is installed silently, for this user, into a Chinese path"):
        must(run(["bash", make, OLDER, older, "-DQUICK"], seconds=300))
        assert install(older, home) == 0
        assert all((home / name).exists() for name in PROGRAMS), list(home.iterdir())
        assert all(path.exists() for path in SHORTCUTS)
        assert installed_version() == OLDER
    with step("the installed program works, its data with the user"):
        commands(cli, folder, source, named)
        office(cli, DATA, folder, named)
        must(cli("check"))  # without --data: it is the user's own folder
        (home / "_internal" / "left from an older build.dll").touch()
        (home / "我的笔记.txt").touch()
    with step("the window opens from there; an upgrade waits until it is closed"):
        window(home / "daomao-desktop.exe", setup)
        assert installed_version() == OLDER
    with step("the newer installer over it: program replaced, data kept"):
        assert install(setup) == 0
        assert installed_version() == version
        assert not (home / "_internal" / "left from an older build.dll").exists()
        must(cli("check"))
    with step("the older one does not replace the newer one silently"):
        assert install(older) == 5
        assert installed_version() == version
    with step("uninstalled silently: only the program is gone"):
        uninstall(home)
        assert not any(path.exists() for path in SHORTCUTS)
        assert [path.name for path in home.iterdir()] == ["我的笔记.txt"]
        still_there(starter(BUNDLE / "daomao-cli.exe"), DATA, named)
    with step("a folder with another program in it: ours goes into one of its own"):
        others = DRIVE / "程序 文件" / "别的程序"
        theirs = (others / "_internal" / "other.dll", others / "uninstall.exe")
        (others / "_internal").mkdir(parents=True)
        for file in theirs:
            file.write_text("不是我们的")
        for _again in range(2):  # the second time as an upgrade
            assert install(older, others) == 0
            assert (others / "daomao-desktop" / "daomao-cli.exe").exists()
            assert sorted(path.name for path in others.iterdir()) == [
                "_internal", "daomao-desktop", "uninstall.exe",
            ]  # fmt: skip
        uninstall(others / "daomao-desktop")
        assert all(file.read_text() == "不是我们的" for file in theirs)
        assert not (others / "daomao-desktop").exists()
    with step("installed and removed in its usual place: no folder is left"):
        usual = USER / "AppData/Local/Programs/daomao-desktop"
        assert install(older) == 0
        must(starter(usual / "daomao-cli.exe")("check"))
        uninstall(usual)
        assert not usual.exists()
        assert (DATA / "keys.json").exists()


def window(program: Path, setup: Path) -> None:
    """The window on a screen; while it is open the installer refuses with code 3."""
    with screen() as display:
        environment = {key: value for key, value in display.items() if key != "WINEQT_QPA_PLATFORM"}
        process = subprocess.Popen(
            [os.environ["WINE64"], named(program), "--demo"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            shown(environment, BUILD / "window.png", seconds=120)
            assert process.poll() is None, "the program ended by itself"
            assert install(setup) == 3, "an upgrade went ahead while the program runs"
        finally:
            wine("taskkill", "/f", "/im", "daomao-desktop.exe", seconds=60)
            process.wait(timeout=60)


def portable(archive: Path, folder: Path) -> None:
    """The folder on a stick: its data lies beside the program, and moves with it."""
    place = folder / "U盘 甲"
    with zipfile.ZipFile(archive) as file:
        file.extractall(place)
    home = place / "daomao-desktop"
    start = starter(home / "daomao-cli.exe")
    must(start("init", *VILLAGE, "--operator", "陈文书"))
    assert (home / "data" / "keys.json").exists()
    moved = folder / "U盘 乙"
    shutil.move(home, moved)
    must(starter(moved / "daomao-cli.exe")("check"))


def read_only(folder: Path) -> None:
    """The program needs to write nowhere beside itself."""
    home = folder / "只读"
    home.mkdir()
    subprocess.run(["mount", "--bind", BUNDLE, home], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", home], check=True)
        office(starter(home / "daomao-cli.exe"), folder / "只读 资料", folder, named)
    finally:
        subprocess.run(["umount", home], check=True)


def main() -> int:
    """All checks; the first failure ends them with a traceback."""
    [setup] = (ROOT / "dist").glob("*-setup.exe")
    [archive] = (ROOT / "dist").glob("*-portable.zip")
    version = setup.name.split("-")[-2]
    assert USER.is_dir(), f"Wine's user is not 王文书: {sorted((DRIVE / 'users').iterdir())}"
    for left in (DATA, DRIVE / "程序 文件"):  # of an earlier run of these checks
        shutil.rmtree(left, ignore_errors=True)
    wine("reg", "delete", UNINSTALL, "/f", seconds=60)
    with tempfile.TemporaryDirectory(prefix="daomao 检查 ") as name:
        folder = Path(name)
        source = papers_from_source(folder)
        with step("sizes"):
            assert size_mb(setup) <= INSTALLER_MB, size_mb(setup)
            assert size_mb(BUNDLE) <= INSTALLED_MB, size_mb(BUNDLE)
            print(f" {size_mb(setup):.1f} MB, installed {size_mb(BUNDLE):.1f} MB,", end="")
            print(f" portable {size_mb(archive):.1f} MB", end="")
        with step("licences"):
            licences(BUNDLE, "Conditions for this Windows binary build", "libffi", "bzip2")
        installer(setup, version, folder, source)
        with step("the portable folder"):
            portable(archive, folder)
        if os.getuid() == 0:
            with step("a read-only program folder"):
                read_only(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
