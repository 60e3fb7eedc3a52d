"""How fast notices become PDF, as ratios to bare canvas calls timed in the same run, in turn.

``python benchmarks/notices.py [--quick] [--show DIR]`` measures for a notice of about 350
characters, names and amounts differing from notice to notice, in the same font files:

- one file a notice, and all notices in one file (processor time a notice), with warm fonts;
- the first document of a fresh process, from its start to the bytes (time on the clock);
- the first preview of a session, whose faces were prepared while the list was looked at: from the
  notice's data to the bytes (time on the clock), against the floor's first document;
- sizes and the peak memory of the process.

Who takes part and how is told in ``benchmarks/contestants.py``. Each contestant is a process of its
own that waits while another works; in every round all take their turn, a round's ratio is
contestant / bare, and the median of the rounds counts, so that a slow moment of the machine
strikes both. Goals: one file a notice ≤ 0.7 and ahead of everybody; all in one ≤ 1.5 and not behind
typst; the first preview of a session ≤ 0.7. Peers come with ``pip install -e '.[benchmarks]'``; one
that is not there is left out.
``--show`` leaves two notices of each contestant there, to be looked at.
"""

from __future__ import annotations

import importlib.metadata
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parent.parent
FLOOR = "bare"
NAMES = ("ours", FLOOR, "tuned", "platypus", "typst", "weasyprint", "fpdf2")
PACKAGES = {"typst": "typst", "weasyprint": "WeasyPrint", "fpdf2": "fpdf2"}
LIBRARIES = {"weasyprint": " and Debian's libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"}
PATIENCE = 0.8  # seconds a slow contestant may work in one turn; its turn is made shorter


@dataclass(frozen=True, slots=True)
class Effort:
    """Rounds, and notices a round: one file each, in one file; fresh processes each."""

    rounds: int
    files: int
    merged: int
    fresh: int


USUAL = Effort(rounds=15, files=20, merged=100, fresh=5)
QUICK = Effort(rounds=5, files=8, merged=40, fresh=2)


class Contestant:
    """A process that makes notices when told to."""

    def __init__(self, name: str, file: Path) -> None:
        self.name = name
        began = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.contestants", name, str(file)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            self.first = float(self._answer()) - began
        except ChildProcessError:
            self.close()
            raise

    def ask(self, *words: object) -> Any:
        """Send a request and wait for its answer."""
        self._stream(self.process.stdin).write(" ".join(map(str, words)) + "\n")
        self._stream(self.process.stdin).flush()
        return self._answer()

    def close(self) -> None:
        self.process.communicate()

    def _answer(self) -> Any:
        line = self._stream(self.process.stdout).readline()
        if not line:
            reason = self._stream(self.process.stderr).read().strip().splitlines()
            raise ChildProcessError(reason[-1] if reason else "it ended")
        return json.loads(line)

    @staticmethod
    def _stream(stream: IO[str] | None) -> IO[str]:
        assert stream is not None
        return stream


@dataclass(slots=True)
class Series:
    """What one contestant took in each round, in seconds a notice."""

    seconds: list[float] = field(default_factory=list)
    size: float = 0.0
    memory: float = 0.0


def take_turns(
    contestants: Sequence[Contestant], mode: str, rounds: int, count: int
) -> dict[str, Series]:
    """All contestants in turn, round by round; ``count`` notices a turn, fewer files if slow."""
    found = {contestant.name: Series() for contestant in contestants}
    counts = {}
    for contestant in contestants:
        took, _size = contestant.ask(mode, 0, count if mode == "merged" else 2)
        # Merged, the number matters: what is embedded once is shared by all of them.
        fewer = min(count, max(2, int(PATIENCE / took)))
        counts[contestant.name] = count if mode == "merged" else fewer
    for turn in range(rounds):
        order = contestants if turn % 2 else contestants[::-1]
        for contestant in order:
            series = found[contestant.name]
            first = (turn + 1) * count  # never the same notices again
            took, series.size = contestant.ask(mode, first, counts[contestant.name])
            series.seconds.append(took)
    for contestant in contestants:
        found[contestant.name].memory = contestant.ask("memory")
    return found


def fresh_starts(names: Sequence[str], file: Path, rounds: int) -> dict[str, Series]:
    """Process start to first document's bytes."""
    found = {name: Series() for name in names}
    for _ in range(rounds):
        for name in names:
            contestant = Contestant(name, file)
            found[name].seconds.append(contestant.first)
            contestant.close()
    return found


def first_previews(file: Path, rounds: int) -> Series:
    """The first document of sessions that had prepared for it, each a process of its own."""
    words = [sys.executable, "-m", "benchmarks.contestants", "preview", str(file)]
    found = Series()
    for _ in range(rounds):
        done = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True)
        found.seconds.append(float(done.stdout))
    return found


def ratios(series: Series, floor: Series) -> list[float]:
    """Round by round, contestant / floor."""
    return [a / b for a, b in zip(series.seconds, floor.seconds, strict=True)]


def spread(values: Sequence[float]) -> str:
    """Median with the middle half of the rounds."""
    low, _middle, high = statistics.quantiles(values, n=4)
    return f"{statistics.median(values):.2f} ({low:.2f}–{high:.2f})"


def table(
    names: Sequence[str],
    one: dict[str, Series],
    merged: dict[str, Series],
    first: dict[str, Series],
) -> list[str]:
    """Rows of a Markdown table: every column but the sizes is a ratio to bare canvas."""
    rows = [
        "| contestant | one file a notice | all in one | first document | memory, one | memory, all"
        " | KB, one | KB a notice, all |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name in names:
        cells = [name]
        cells += [spread(ratios(found[name], found[FLOOR])) for found in (one, merged, first)]
        cells += [f"{found[name].memory / found[FLOOR].memory:.2f}" for found in (one, merged)]
        cells += [f"{one[name].size / 1024:.0f}", f"{merged[name].size / 1024:.1f}"]
        rows.append(f"| {' | '.join(cells)} |")
    return rows


def verdict(
    one: dict[str, Series], merged: dict[str, Series], prepared: Sequence[float]
) -> list[str]:
    """Whether the goals were reached, one sentence each."""

    def middle(found: dict[str, Series], name: str) -> float:
        return statistics.median(ratios(found[name], found[FLOOR]))

    def said(goal: str, reached: bool) -> str:
        return f"{'reached' if reached else 'NOT reached'}: {goal}"

    mine = middle(one, "ours")
    lines = [
        said("one file a notice ≤ 0.7", mine <= 0.7),
        said(
            "one file a notice ahead of everybody",
            all(mine < middle(one, name) for name in one if name != "ours"),
        ),
        said("all in one ≤ 1.5", middle(merged, "ours") <= 1.5),
        said("first preview of a session ≤ 0.7", statistics.median(prepared) <= 0.7),
    ]
    if "typst" in merged:
        ahead = middle(merged, "ours") <= middle(merged, "typst")
        lines.append(said("all in one not behind typst", ahead))
    return lines


def compare(effort: Effort, show: Path | None, say: Callable[[str], None] = print) -> int:
    """Run everything and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "notices.json"
        count = str((effort.rounds + 1) * max(effort.files, effort.merged))
        subprocess.run(
            [sys.executable, "-m", "benchmarks.contestants", "prepare", str(file), count],
            cwd=ROOT,
            check=True,
        )
        contestants = []
        for name in NAMES:
            try:
                contestants.append(Contestant(name, file))
            except ChildProcessError as error:
                if name not in PACKAGES:
                    raise
                needs = f"{PACKAGES[name]}{LIBRARIES.get(name, '')}"
                say(f"left out: {name} ({error}); it needs the package {needs}")
        names = [contestant.name for contestant in contestants]
        versions = {
            name: importlib.metadata.version(PACKAGES.get(name, "reportlab"))
            for name in names
            if name != "ours"
        }
        say("measured against: " + ", ".join(f"{k} {v}" for k, v in versions.items()))
        if show is not None:
            show.mkdir(parents=True, exist_ok=True)
            for contestant in contestants:
                contestant.ask("show", (show / f"{contestant.name}.pdf").resolve())
        one = take_turns(contestants, "one", effort.rounds, effort.files)
        merged = take_turns(contestants, "merged", effort.rounds, effort.merged)
        for contestant in contestants:
            contestant.close()
        first = fresh_starts(names, file, effort.fresh)
        preview = first_previews(file, effort.fresh)
    say("\n".join(table(names, one, merged, first)))
    floor = [statistics.median(found[FLOOR].seconds) * 1000 for found in (one, merged, first)]
    say(
        f"Ratios to bare canvas: median of {effort.rounds} rounds (middle half);"
        f" all in one: {effort.merged} notices. On this machine bare canvas took"
        f" {floor[0]:.1f} ms, {floor[1]:.2f} ms and {floor[2]:.0f} ms."
    )
    prepared = ratios(preview, first[FLOOR])
    say(f"First preview of a session, prepared: {spread(prepared)} of bare canvas' first document.")
    say("\n".join(verdict(one, merged, prepared)))
    return 0


def main(arguments: list[str]) -> int:
    effort = QUICK if "--quick" in arguments else USUAL
    show = None
    if "--show" in arguments:
        show = Path(arguments[arguments.index("--show") + 1])
    return compare(effort, show)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
