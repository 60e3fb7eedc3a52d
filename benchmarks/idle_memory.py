"""Idle memory on the demo data against a bare PySide6 window, both at rest on a screen of theirs.

``python -m benchmarks.idle_memory [--program PATH] [--rounds N]``: the program of this checkout, or
the frozen one at PATH against a bare window frozen likewise. Two ratios: memory in use (RSS, what
the system's monitor shows, fonts mapped from files included) and the process' own (private). The
main window is open at 首页, with the sample town of 24 leaders behind it. Linux, Xvfb, xdotool.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.screen import ROOT, Screen, frozen_bare

REST = 4.0  # seconds for what the program loads after its first window


@dataclass(frozen=True, slots=True)
class Memory:
    """MB of a process at rest."""

    used: float
    private: float


def of_process(pid: int) -> Memory:
    """From /proc; the program is one process."""
    kilobytes: dict[str, float] = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        name, _colon, rest = line.partition(":")
        kilobytes[name] = float(rest.split()[0])
    private = kilobytes["Private_Clean"] + kilobytes["Private_Dirty"]
    return Memory(kilobytes["Rss"] / 1024, private / 1024)


def bare(command: Sequence[str | Path]) -> Memory:
    """An empty window."""
    with Screen() as screen, screen.running(command) as process:
        screen.wait_for("bare")
        time.sleep(REST)
        return of_process(process.pid)


def program(command: Sequence[str | Path]) -> Memory:
    """The main window on the demo data, after the login."""
    with Screen() as screen, screen.running([*command, "--demo"]) as process:
        screen.sign_in()
        time.sleep(REST)
        return of_process(process.pid)


def compare(frozen: Path | None, rounds: int) -> list[str]:
    """Lines: the two ratios, medians over the rounds, and what they are ratios of."""
    with tempfile.TemporaryDirectory() as name:
        if frozen is None:
            ours: list[str | Path] = [sys.executable, "-m", "daomao_desktop"]
            floor: list[str | Path] = [sys.executable, ROOT / "benchmarks" / "bare_window.py"]
        else:
            ours, floor = [frozen.resolve()], [frozen_bare(Path(name))]
        pairs = [(program(ours), bare(floor)) for _ in range(rounds)]
    used = statistics.median(a.used / b.used for a, b in pairs)
    private = statistics.median(a.private / b.private for a, b in pairs)
    mine, theirs = pairs[-1]
    return [
        f"idle memory in use: {used:.2f} bare windows ({mine.used:.0f} MB / {theirs.used:.0f} MB)",
        f"idle memory of its own: {private:.2f} bare windows"
        f" ({mine.private:.0f} MB / {theirs.private:.0f} MB)",
    ]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, help="the frozen program")
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args(arguments)
    print("\n".join(compare(chosen.program, chosen.rounds)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
