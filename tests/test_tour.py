"""The tour in a process of its own; ``.ci/run`` walks both editions, which takes minutes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
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
    assert done.returncode == 0, f"exit code {done.returncode}\n{said[-6000:]}"
    return said


def test_every_control_of_the_first_run_does_or_says_something() -> None:
    assert "按了" in _tour("wizard")


def test_random_clicks_and_keys_break_nothing() -> None:
    assert "随机按了 200 下" in _tour("village", "--random", "200", "--seed", "3")


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(11, 21))
def test_many_random_clicks_and_keys_break_nothing(seed: int) -> None:
    """20,000 in all."""
    _tour("town" if seed % 2 else "village", "--random", "2000", "--seed", str(seed))
