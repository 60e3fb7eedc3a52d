"""What a frozen program must do, the same on Linux and under Wine.

``check_linux.py`` and ``check_windows.py`` say how a program is started there; a check that fails
raises AssertionError with what the program said.
"""

from __future__ import annotations

import filecmp
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "tests" / "samples" / "花名册-联光村.xlsx"
PASSWORD = "检查用的口令-2026"
VILLAGE = ("--edition", "village", "--town", "大茂镇", "--village", "联光村")
LOGIN, MAIN = "^村民小组长工作台 · 登录", "^村民小组长工作台 · 大茂镇"  # as in benchmarks/screen.py
TROUBLE = "^程序(遇到意外情况|上次意外退出)"
INSTALLED_MB = 260
INSTALLER_MB = 85


@dataclass(frozen=True, slots=True)
class Result:
    """A finished program: its exit code and all it wrote."""

    code: int
    text: str


Start = Callable[..., Result]


def run(
    command: Sequence[str | Path], *, seconds: int, environment: Mapping[str, str] = os.environ
) -> Result:
    """Runs to the end with a pipe as output and no input.

    The output goes through a file, read from a pipe's far end by ``cat``: a helper process that
    Wine leaves behind would otherwise keep the pipe, and us, open.
    """
    with tempfile.TemporaryFile() as output:
        relay = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=output)
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=relay.stdin,
            stderr=subprocess.STDOUT,
            env=dict(environment),
            start_new_session=True,
        )
        assert relay.stdin is not None
        relay.stdin.close()
        try:
            code = process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            code = -1
        try:
            relay.wait(timeout=2)
        except subprocess.TimeoutExpired:
            relay.kill()
            relay.wait()
        output.seek(0)
        text = output.read().decode("utf-8", "replace")
    return Result(code, text if code != -1 else f"{text}\n(not finished after {seconds} s)")


def must(result: Result, code: int = 0) -> str:
    """The program's words, where it ended as it should."""
    assert result.code == code, f"exit code {result.code} instead of {code}:\n{result.text}"
    assert "Traceback" not in result.text, result.text
    return result.text


@contextmanager
def step(name: str) -> Iterator[None]:
    """Says what is tried, and how long it took."""
    print(f"{name} …", end="", flush=True)
    begun = time.monotonic()
    yield
    print(f" ok ({time.monotonic() - begun:.1f} s)", flush=True)


def size_mb(path: Path) -> float:
    """Megabytes of a file, or of all files under a folder."""
    files = path.rglob("*") if path.is_dir() else (path,)
    return (
        sum(file.stat().st_size for file in files if file.is_file() and not file.is_symlink()) / 1e6
    )


def licences(bundle: Path, *inside: str) -> None:
    """Our own licence and list of changes travel, and others' with these words in them."""
    folder = bundle / "_internal" / "daomao_desktop" / "resources" / "licences"
    for name in ("LICENSE", "CHANGELOG.md"):
        assert (folder / name).read_bytes() == (ROOT / name).read_bytes(), name
    text = (folder / "third-party.txt").read_text("utf-8")
    assert all(words in text for words in inside), inside


def papers_from_source(folder: Path) -> Path:
    """What the program prints from source: the bytes every bundle must give."""
    out = folder / "source"
    command = [sys.executable, "-m", "daomao_desktop"]
    must(run([*command, "print", "--demo", "--year", "2025", "--out", out], seconds=300))
    assert list(out.glob("*.pdf")), "the source printed nothing"
    return out


def same_papers(one: Path, other: Path) -> None:
    """Both folders hold the same files, byte for byte."""
    names = sorted(path.name for path in one.iterdir())
    assert names == sorted(path.name for path in other.iterdir()), names
    _, different, broken = filecmp.cmpfiles(one, other, names, shallow=False)
    assert not different + broken, f"not byte-identical: {different + broken}"


def commands(start: Start, folder: Path, source: Path, name: Callable[[Path], str] = str) -> None:
    """The command line of a bundle. ``name`` writes a path as the program expects it."""
    version = next(
        line.split('"')[1]
        for line in (ROOT / "src/daomao_desktop/__init__.py").read_text("utf-8").splitlines()
        if line.startswith("__version__")
    )
    with step("version, and a wrong word"):
        assert must(start("version")).split() == ["daomao-desktop", version]
        assert start("没有这个命令").code == 2
    with step("check --self"):
        must(start("check", "--self"))
    with step("print --demo: the same bytes as from source"):
        out = folder / "示例 文书"
        must(start("print", "--demo", "--year", "2025", "--out", name(out), seconds=300))
        same_papers(out, source)
    with step("an office in a folder with Chinese letters and a space"):
        office(start, folder / "数据 文件夹", folder, name)


def office(start: Start, data: Path, folder: Path, name: Callable[[Path], str] = str) -> None:
    """An office is founded, reads .xlsx and .xls, writes .xlsx, and is found in order."""

    def at(*words: str, **options: int) -> str:
        return must(start("--data", name(data), *words, **options))

    must(start("init", *VILLAGE, "--operator", "陈文书", "--data", name(data)))
    at("import", "leaders", name(as_xls(SAMPLE, folder / "旧表.xls")), "--dry-run")
    at("import", "leaders", name(SAMPLE))
    exported = folder / "导出 花名册.xlsx"
    at("export", "leaders", name(exported))
    assert exported.read_bytes().startswith(b"PK")
    at("check")


def as_xls(book: Path, target: Path) -> Path:
    """The first sheet of ``book`` as Excel 97 wrote it, which another library reads."""
    import openpyxl
    import xlwt

    old = xlwt.Workbook()
    sheet = old.add_sheet("花名册")
    rows = openpyxl.load_workbook(book).worksheets[0].iter_rows(values_only=True)
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(at, column, str(value))
    old.save(str(target))
    return target


def still_there(start: Start, data: Path, name: Callable[[Path], str] = str) -> None:
    """The office made by ``office`` opens and is in order."""
    must(start("--data", name(data), "check"))


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """An X server of our own; the environment for programs to be shown there."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as pipe:
        display = f":{pipe.readline().strip()}"
    environment = {key: value for key, value in os.environ.items() if not key.startswith("QT_")}
    environment.pop("WAYLAND_DISPLAY", None)
    try:
        yield environment | {"DISPLAY": display}
    finally:
        server.terminate()
        server.wait()


def shown(environment: Mapping[str, str], picture: Path, seconds: int = 60) -> None:
    """Signs in to the sample office, waits for its window and keeps a picture of what is seen."""
    end = time.monotonic() + seconds

    def seen(title: str) -> bool:
        search = ["xdotool", "search", "--onlyvisible", "--name", title]
        return run(search, seconds=10, environment=environment).code == 0

    def look(what: str) -> None:
        assert not seen(TROUBLE), f"the program tells of an unexpected error, before {what}"
        assert time.monotonic() < end, f"no {what} after {seconds} s"
        time.sleep(0.5)

    while not seen(LOGIN):
        look("login")
    pressed = 0.0
    while not seen(MAIN) or seen(LOGIN):  # under Wine both are there for a while
        if time.monotonic() - pressed > 2:  # the password fills itself in, some time
            run(["xdotool", "key", "Return"], seconds=10, environment=environment)
            pressed = time.monotonic()
        look("main window")
    while not drawn(environment, picture):
        look("main window drawn")
    time.sleep(2)  # an error in its first moments is told a little later
    assert drawn(environment, picture), f"{picture}: the main window went away"
    assert not seen(TROUBLE), "the program tells of an unexpected error"


def drawn(environment: Mapping[str, str], picture: Path) -> bool:
    """Keeps a picture of the screen; whether the light main window fills it and is not blank."""
    must(run(["import", "-window", "root", picture], seconds=30, environment=environment))
    measured = must(run(["identify", "-format", "%k %[fx:mean]", picture], seconds=30))
    colours, light = measured.split()[-2:]
    return int(colours) > 100 and float(light) > 0.5
