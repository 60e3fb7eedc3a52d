"""Runs every benchmark and writes one page of ratios: ``python -m benchmarks``.

``--quick`` takes fewer rounds, ``--program PATH`` measures the frozen program's start and memory,
``--out FILE`` says where the page goes (build/benchmarks.md). Each benchmark is a process of its
own and says in its own file what it measures; one that cannot run here says why on the page.
"""

from __future__ import annotations

import argparse
import platform
import subprocess
import sys
from pathlib import Path

from benchmarks.screen import ROOT


def runs(*, quick: bool, program: Path | None) -> dict[str, list[str]]:
    """Title of each benchmark and its command's words after ``python -m``."""
    frozen = ["--program", str(program.resolve())] if program else []
    rounds = "3" if quick else "7"
    return {
        "Notices": ["benchmarks.notices", *(["--quick"] if quick else [])],
        "Start-up": ["benchmarks.start_up", *frozen, rounds],
        "Idle memory": ["benchmarks.idle_memory", *frozen, "--rounds", "1" if quick else "3"],
    }


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--program", type=Path, help="the frozen program")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "benchmarks.md")
    chosen = parser.parse_args(arguments)
    what = f"the frozen program {chosen.program.name}" if chosen.program else "this checkout"
    page = [
        "# Ratios",
        "",
        f"Of {what}, Python {platform.python_version()}, {platform.system()}"
        f" {platform.machine()}. Ratios to a floor measured in the same run, never times.",
    ]
    failed = 0
    for title, words in runs(quick=chosen.quick, program=chosen.program).items():
        print(f"{title} …", file=sys.stderr)
        done = subprocess.run(
            [sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True
        )
        failed += done.returncode != 0
        told = done.stdout
        if done.returncode != 0:  # its last words, if it had any
            told = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
        page += ["", f"## {title}", "", told.strip()]
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    chosen.out.write_text("\n".join(page) + "\n", encoding="utf-8")
    print("\n".join(page))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
