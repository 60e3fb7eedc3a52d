"""Every control of the program pressed, and a random hand: each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RANDOM = 2000
LIMIT = 540  # seconds; a hang is a failure, too


def _tour(*words: str) -> str:
    """What the tour says; fails with it where it found something."""
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-m", "tests.tour", *words],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=LIMIT,
    )
    said = done.stdout + done.stderr
    faults = said[said.find("按了") :]  # what was pressed comes before
    assert done.returncode == 0, f"exit code {done.returncode}\n{faults[-6000:]}"
    return said


@pytest.mark.parametrize("start", ["town", "village", "wizard"])
def test_every_button_menu_entry_and_shortcut_does_or_says_something(start: str) -> None:
    print(_tour(start))  # pytest -s lists what was pressed


@pytest.mark.parametrize(("start", "seed"), [("town", 1), ("village", 2)])
def test_random_clicks_and_keys_break_nothing(start: str, seed: int) -> None:
    print(_tour(start, "--random", str(RANDOM // 2), "--seed", str(seed)))


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(11, 21))
def test_many_random_clicks_and_keys_break_nothing(seed: int) -> None:
    _tour("town" if seed % 2 else "village", "--random", str(RANDOM), "--seed", str(seed))
