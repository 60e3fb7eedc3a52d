"""The one command of the benchmarks: it runs each, and a page comes of it whatever happens."""

from __future__ import annotations

import importlib.util
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from benchmarks import __main__ as command
from benchmarks import idle_memory

ROOT = Path(__file__).parents[1]


def test_every_benchmark_is_run_and_told_of() -> None:
    named = {words[0] for words in command.runs(quick=True, program=None).values()}
    readme = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    for module in named:
        assert importlib.util.find_spec(module) is not None
        assert f"`{module.replace('.', '/')}.py`" in readme
    runnable = {
        f"benchmarks.{file.stem}"
        for file in (ROOT / "benchmarks").glob("*.py")
        if "compare(" in file.read_text(encoding="utf-8") and not file.stem.startswith("_")
    }
    assert named == runnable


def test_the_frozen_program_is_handed_to_those_that_can_measure_it() -> None:
    found = command.runs(quick=False, program=Path("dist/daomao-desktop"))
    frozen = str((Path.cwd() / "dist/daomao-desktop").resolve())
    assert [title for title, words in found.items() if frozen in words] == [
        "Start-up",
        "Idle memory",
    ]


def test_one_that_cannot_run_says_why_on_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(words: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        if "benchmarks.idle_memory" in words:
            return subprocess.CompletedProcess(words, 1, "", "…\nxdotool is needed")
        if "benchmarks.start_up" in words:
            return subprocess.CompletedProcess(words, -9, "", "")
        return subprocess.CompletedProcess(words, 0, f"{words[2]}: 1.00\n", "")

    monkeypatch.setattr(command.subprocess, "run", run)
    page = tmp_path / "new" / "page.md"
    assert command.main(["--quick", "--out", str(page)]) == 1
    text = page.read_text(encoding="utf-8")
    assert "## Notices\n\nbenchmarks.notices: 1.00" in text
    assert "## Idle memory\n\nxdotool is needed" in text
    assert "## Start-up\n\nexit code -9" in text
    assert text in capsys.readouterr().out


def test_memory_of_a_process_is_read() -> None:
    memory = idle_memory.of_process(os.getpid())
    assert memory.used > memory.private > 10
