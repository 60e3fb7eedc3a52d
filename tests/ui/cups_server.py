"""A CUPS server of the test's own: nothing of the system's printers is touched or left behind."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.programs import SEARCHED, need

PPD = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_noopt.ppd")
SETTINGS = Path("/etc/cups/cups-pdf.conf")

_CUPSD = """\
LogLevel debug
Listen {folder}/socket
Browsing No
WebInterface No
DefaultAuthType None
<Location />
  Order allow,deny
  Allow all
</Location>
<Location /admin>
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
_FILES = """\
ServerRoot {folder}/root
StateDir {folder}/state
CacheDir {folder}/cache
RequestRoot {folder}/spool
TempDir {folder}/spool/tmp
AccessLog {folder}/access_log
ErrorLog {folder}/error_log
PageLog {folder}/page_log
SystemGroup root
"""


@dataclass(frozen=True)
class CupsServer:
    """Reached by whatever has ``CUPS_SERVER`` in its environment."""

    folder: Path

    @property
    def socket(self) -> str:
        return str(self.folder / "socket")

    def ask(self, *words: str) -> str:
        """What a CUPS command says; an error fails the test with its words."""
        environment = os.environ | {"CUPS_SERVER": self.socket, "LC_ALL": "C", "PATH": SEARCHED}
        done = subprocess.run(
            words, env=environment, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, f"{' '.join(words)}: {done.stderr}"
        return done.stdout

    def add_queue(self, ppd: Path = PPD, *options: str, device: str = "cups-pdf:/") -> str:
        """A queue with a name of its own, that prints into PDF files unless told otherwise."""
        name = f"daomao-{uuid.uuid4().hex[:8]}"
        chosen = [word for option in options for word in ("-o", option)]
        self.ask("lpadmin", "-p", name, "-E", "-v", device, "-P", str(ppd), *chosen)
        return name

    def printed(self, queue: str, title: str) -> list[bytes]:
        """The files that came out under that title (ASCII, unique), once the queue is empty."""
        self._drain(queue)
        found = sorted(_outbox().glob(f"{title}*.pdf"), key=lambda path: path.stat().st_mtime_ns)
        contents = [path.read_bytes() for path in found]
        for path in found:
            path.unlink()
        return contents

    def page_log(self, queue: str) -> list[str]:
        """What CUPS notes of the queue's jobs: among others the job's name and the medium."""
        self._drain(queue)
        lines = (self.folder / "page_log").read_text(encoding="utf-8").splitlines()
        return [line for line in lines if line.startswith(f"{queue} ")]

    def _drain(self, queue: str) -> None:
        _wait(lambda: not self.ask("lpstat", "-o", queue).strip(), 60, "the queue to empty")


@contextmanager
def cups_server() -> Iterator[CupsServer]:
    """Runs ``cupsd`` itself, as containers deny services; ends it afterwards."""
    need("cupsd", "lpadmin", "lp", "lpstat", "gs", root=True)
    # Not pytest's folder: the filters run as another user, who must get through to the spool.
    folder = Path(tempfile.mkdtemp(prefix="daomao-cups-"))
    try:
        folder.chmod(0o755)
        for name in ("root", "state", "cache", "spool/tmp"):
            (folder / name).mkdir(parents=True)
        (folder / "cupsd.conf").write_text(_CUPSD.format(folder=folder))
        (folder / "cups-files.conf").write_text(_FILES.format(folder=folder))
        cupsd = shutil.which("cupsd", path=SEARCHED)
        assert cupsd is not None
        words = [cupsd, "-f", "-c", folder / "cupsd.conf", "-s", folder / "cups-files.conf"]
        with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
            try:
                server = CupsServer(folder)
                _wait(lambda: Path(server.socket).exists(), 20, "cupsd to start")
                yield server
            finally:
                run.terminate()
                with suppress(subprocess.TimeoutExpired):
                    run.wait(20)
                run.kill()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _outbox() -> Path:
    """Where cups-pdf puts the files of whoever prints, by its own settings."""
    out = re.search(r"^Out\s+(\S+)", SETTINGS.read_text(encoding="utf-8"), re.MULTILINE)
    assert out is not None
    user = pwd.getpwuid(os.getuid())  # not $HOME: the printer's backend does not know it
    return Path(out[1].replace("${HOME}", user.pw_dir).replace("${USER}", user.pw_name))


def _wait(until: Callable[[], bool], seconds: float, what: str) -> None:
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end, f"waited {seconds} s for {what}"
        time.sleep(0.05)
