"""A screen of one's own (Xvfb) on which any program is started and watched from outside.

What is on it is read from Xvfb's memory file, so that a frozen program is measured as it is
shipped. Needs Xvfb and xdotool.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).resolve().parents[1]
POLL = 0.005  # seconds between two looks
LOGIN, MAIN = "村民小组长工作台 · 登录", "村民小组长工作台 · 大茂镇"
PATIENCE = 60.0  # seconds before a program that shows nothing is given up


class Screen:
    """Used by ``with``; 1366×768, without a window manager."""

    def __init__(self) -> None:
        for program in ("Xvfb", "xdotool"):
            if shutil.which(program) is None:
                raise SystemExit(f"{program} is needed: apt-get install xvfb xdotool")
        self._folder = tempfile.TemporaryDirectory()
        self._memory = Path(self._folder.name) / "Xvfb_screen0"
        reading, writing = os.pipe()
        self._server = subprocess.Popen(
            _words(
                f"Xvfb -displayfd {writing} -screen 0 1366x768x24 -nolisten tcp -fbdir",
                self._folder.name,
            ),
            pass_fds=(writing,),
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as stream:
            number = stream.readline().strip()
        self._environment = {
            **os.environ,
            "DISPLAY": f":{number}",
            "QT_QPA_PLATFORM": "xcb",
            "LC_ALL": "C.UTF-8",  # xdotool looks for Chinese titles
            "XDG_STATE_HOME": self._folder.name,
        }

    def __enter__(self) -> Screen:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._server.terminate()
        self._server.wait()
        self._folder.cleanup()

    def start(self, command: Sequence[str | Path]) -> subprocess.Popen[bytes]:
        """A program on this screen."""
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def wait_for(self, title: str, patience: float = PATIENCE) -> None:
        """Until a window whose title begins so is shown; raises TimeoutError."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            found = subprocess.run(
                ["xdotool", "search", "--onlyvisible", "--name", f"^{title}"],
                env=self._environment,
                capture_output=True,
            )
            if found.stdout.strip():
                return
            time.sleep(POLL)
        raise TimeoutError(f"no window {title} after {patience:.0f} s")

    def sign_in(self) -> None:
        """Return at the demo's login, whose password fills itself in, until the window opens."""
        self.wait_for(LOGIN)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self.press("Return")
            try:
                self.wait_for(MAIN, patience=2)
            except TimeoutError:
                continue
            return
        raise TimeoutError("the login did not open the window")

    @contextmanager
    def running(self, command: Sequence[str | Path]) -> Iterator[subprocess.Popen[bytes]]:
        """A program on this screen, ended at the end."""
        process = self.start(command)
        try:
            yield process
        finally:
            process.terminate()
            process.wait()

    def type(self, text: str) -> None:
        """Text to whatever has the focus."""
        subprocess.run(["xdotool", "type", text], env=self._environment, check=True)

    def press(self, key: str) -> None:
        """A key to whatever has the focus."""
        subprocess.run(["xdotool", "key", key], env=self._environment, check=True)

    def settled(self, quiet: float) -> float:
        """Waits until the picture has not changed for ``quiet`` seconds.

        Returns when it changed last (time.monotonic); raises TimeoutError.
        """
        end = time.monotonic() + PATIENCE
        picture, changed = self.picture(), time.monotonic()
        while time.monotonic() < end:
            time.sleep(POLL)
            now = self.picture()
            if now != picture:
                picture, changed = now, time.monotonic()
            elif time.monotonic() - changed >= quiet:
                return changed
        raise TimeoutError("the picture did not come to rest")

    def changed(self, before: bytes) -> float:
        """Waits until the picture is another than ``before``; returns the time."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.picture() != before:
                return time.monotonic()
            time.sleep(POLL)
        raise TimeoutError("nothing was shown")

    def picture(self) -> bytes:
        """A digest of what is on the screen."""
        return hashlib.blake2b(self._memory.read_bytes(), digest_size=16).digest()


def frozen_bare(folder: Path) -> Path:
    """A bare window frozen like the program, as its floor; takes some twenty seconds."""
    build = _words("-m PyInstaller --noconfirm --log-level ERROR --name bare", *_places(folder))
    subprocess.run(
        [sys.executable, *build, str(ROOT / "benchmarks" / "bare_window.py")],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return folder / "dist" / "bare" / "bare"


def _places(folder: Path) -> list[str]:
    names = (("--distpath", "dist"), ("--workpath", "work"), ("--specpath", ""))
    return [word for option, name in names for word in (option, str(folder / name))]


def _words(fixed: str, *more: str) -> list[str]:
    """A command of words without blanks, and of others that may have some."""
    return [*fixed.split(), *more]
