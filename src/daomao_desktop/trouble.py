"""Unexpected errors: told without anybody's data, and kept in a log of this PC.

What an exception says is never repeated: ``KeyError: '王强'`` names a person, an SQL error may
quote a row. What Python and SQLite keep apart from the words is told: types, places in the code,
the code of a system error, the name of a missing module or attribute, of a table and its column.
"""

from __future__ import annotations

import errno
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from traceback import FrameSummary

LOG = "daomao.log"
CRASH = "crash.txt"
MEGABYTE = 1 << 20
OLDER_LOGS = 4  # beside the one being written

# Patterns are compiled when something broke: the login window does without.
_LIBRARIES = r".*/(?:site-packages|lib/python3\.\d+|Lib)/"
_OUTSIDE_ASCII = r"[^\x20-\x7e]+"
_IDENTIFIER = r"[A-Za-z_][A-Za-z0-9_.]{0,80}"
_CONSTRAINT = r"[A-Z ]{5,12}constraint failed(?:: [a-z_.]+(?:, [a-z_.]+)*)?"
_CRASH_LINE = r'  File "([^"]*)", line (\d+)(?: in (.*))?'
_FRAMES_SHOWN = 15  # at each end of a long stack


def describe(error: BaseException) -> str:
    """Where an unexpected error and its causes came from, in lines without its words."""
    lines: list[str] = []
    told: set[int] = set()
    now: BaseException | None = error
    while now is not None and id(now) not in told:
        told.add(id(now))
        lines.append(("caused by " if lines else "") + _kind(now))
        lines.extend(_places(now))
        now = now.__cause__ or now.__context__
    return "\n".join(lines)


def _kind(error: BaseException) -> str:
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    known = " ".join(_known(error))
    return _ascii(f"{kind}: {known}" if known else kind)


def _known(error: BaseException) -> Iterator[str]:
    """What can be told of the error beside its type: words of ours, Python's and SQLite's."""
    name = getattr(error, "name", None)
    if isinstance(error, ImportError | AttributeError | NameError) and isinstance(name, str):
        yield name if re.fullmatch(_IDENTIFIER, name) else "…"
    if isinstance(error, OSError) and isinstance(error.errno, int):
        yield errno.errorcode.get(error.errno, str(error.errno))
        code = getattr(error, "winerror", None)
        if isinstance(code, int):
            yield f"WinError {code}"
    cause = getattr(error, "orig", None)  # SQLAlchemy's: the database's own error
    constraint = re.fullmatch(_CONSTRAINT, str(cause)) if isinstance(cause, Exception) else None
    if constraint is not None:
        yield constraint[0]


def _places(error: BaseException) -> Iterator[str]:
    import traceback  # only when something broke: the login window does without

    frames = traceback.extract_tb(error.__traceback__)
    skipped = len(frames) - 2 * _FRAMES_SHOWN
    for number, frame in enumerate(frames):
        if skipped > 0 and number == _FRAMES_SHOWN:
            yield f"  … {skipped} more"
        if skipped <= 0 or not _FRAMES_SHOWN <= number < _FRAMES_SHOWN + skipped:
            yield f"  {_place(frame)}"


def _place(frame: FrameSummary) -> str:
    return _ascii(f"{frame.name} ({_file(frame.filename)}:{frame.lineno})")


def _file(path: str) -> str:
    """A source file as seen from its package: the folders above may bear a person's name."""
    path = path.replace("\\", "/")
    before, ours, rest = path.rpartition("daomao_desktop/")
    if ours and (not before or before.endswith("/")):
        return ours + rest
    inside = re.sub(_LIBRARIES, "", path)
    return inside if inside != path else path.rsplit("/", 1)[-1]


def _ascii(text: str) -> str:
    return re.sub(_OUTSIDE_ASCII, "…", text)


class TroubleLog:
    """``daomao.log`` in ``folder``: 1 MB, then a new one, five in all.

    A log that cannot be written (no such folder, read-only, full disk) hinders nothing.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._times: dict[str, int] = {}
        self._failed = False

    @property
    def path(self) -> Path:
        return self.folder / LOG

    def record(self, report: str) -> bool:
        """Appends a report with the time; False when it could not be written.

        One that comes again and again (an error in a timer) is written the 1st, 2nd, 4th, 8th …
        time.
        """
        times = self._times[report] = self._times.get(report, 0) + 1
        if times & (times - 1):
            return not self._failed
        again = f"（第 {times} 次）\n" if times > 1 else ""
        self._failed = not self._write(again + report)
        return not self._failed

    def _write(self, text: str) -> bool:
        import logging  # as above
        from logging.handlers import RotatingFileHandler

        failed = False

        class Handler(RotatingFileHandler):
            """Silent about what hinders it, and writing on when an old file cannot be moved."""

            def doRollover(self) -> None:  # noqa: N802 - logging's name
                with suppress(OSError):  # open in another process, which Windows does not allow
                    super().doRollover()

            def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802, ARG002
                nonlocal failed
                failed = True

        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            # Opened for each report and closed again: the folder can be moved or removed meanwhile.
            handler = Handler(
                self.path, maxBytes=MEGABYTE, backupCount=OLDER_LOGS, encoding="utf-8", delay=True
            )
            handler.setFormatter(logging.Formatter("%(asctime)s %(message)s\n"))
            handler.handle(logging.makeLogRecord({"msg": text, "levelno": logging.ERROR}))
            handler.close()
        except OSError:  # closing writes what is left
            return False
        return not failed


class CrashFile:
    """``crash.txt`` in ``folder``: where the program was when the system ended it.

    Python writes it at the last moment (a damaged library, a fault in Qt); a program that ends in
    good order empties it.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / CRASH
        self._file: IO[str] | None = None

    def watch(self) -> str:
        """Begins; returns the report a crash of the last time left, else an empty string."""
        import faulthandler

        left = ""
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._path.open("a+", encoding="utf-8", errors="replace")
            self._file.seek(0)
            left = _crash_report(self._file.read(MEGABYTE))
            self._file.truncate(0)
            faulthandler.enable(self._file)
        return left

    def close(self) -> None:
        """Ends in good order."""
        import faulthandler

        if self._file is None:
            return
        faulthandler.disable()
        with suppress(OSError):
            self._file.truncate(0)
            self._file.close()
        self._file = None


def _crash_report(text: str) -> str:
    """What faulthandler wrote, with its paths cut down as in ``describe``."""
    lines = []
    for line in text.splitlines():
        place = re.fullmatch(_CRASH_LINE, line)
        if place is not None:
            lines.append(_ascii(f"  {place[3] or '?'} ({_file(place[1])}:{place[2]})"))
        elif line.strip() and not line.startswith("Extension modules:"):
            lines.append(_ascii(line))
    return "\n".join(lines)


def surroundings(folder: Path, *more: str) -> str:
    """One line on the program and the PC: version, system, Python, free space where the data is.

    Nothing tells whose PC it is. ``more``: what only the caller knows (Qt, the edition).
    """
    import platform
    import shutil

    from daomao_desktop import __version__

    place = folder
    try:
        while not place.exists() and place != place.parent:  # an office not founded yet
            place = place.parent
        free = f"free disk {shutil.disk_usage(place).free / MEGABYTE:,.0f} MB"
    except OSError:
        free = "free disk unknown"
    how = "frozen" if getattr(sys, "frozen", False) else "source"
    system = _ascii(f"{platform.system()} {platform.release()} {platform.machine()}")
    python = f"Python {platform.python_version()}"
    return " · ".join((f"daomao-desktop {__version__} ({how})", system, python, *more, free))
