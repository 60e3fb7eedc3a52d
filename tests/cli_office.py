"""An office run by the command line alone, and spreadsheets as a clerk would make them."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

from daomao_desktop import cli
from daomao_desktop.services.accounts import close_desk, open_desk
from tests.services import assessment_office
from tests.workbooks.sheets import make

LEADER_HEADINGS = ("村", "村民小组", "姓名", "性别", "身份证号码", "任职时间", "岗位补贴")
DECISION_HEADINGS = ("年度", "村", "村民小组", "姓名", "镇日常评分", "确定等次", "理由")
PROPOSAL_HEADINGS = ("年度", "村", "村民小组", "姓名", "建议等次", "支委会日期", "理由")

STEPS = (
    ("村评", "2025-12-01"),
    ("上报", "2025-12-15"),
    ("镇审", "2025-12-16"),
    ("镇定", "2025-12-29"),
    ("公示", "2026-01-05"),
    ("生效", "2026-01-13"),
)


def workbook(path: Path, headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> Path:
    return make(path, [headings, *rows])


@dataclass
class Result:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        value = json.loads(self.out)
        assert isinstance(value, dict)
        return value


@dataclass
class Office:
    """A data folder and its password.

    Commands run inside this process, which saves a second each; ``alone`` runs one as scripts do.
    """

    folder: Path
    password: str = "heping-2026"

    def run(self, *arguments: str | Path, password: str | None = None) -> Result:
        out, err = io.StringIO(), io.StringIO()
        with (
            mock.patch.dict(os.environ, self._environment(password)),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            try:
                code = cli.run(["--data", str(self.folder), *map(str, arguments)])
            except SystemExit as leaving:  # argparse: usage, --help
                code = int(leaving.code or 0)
        return Result(code, out.getvalue(), err.getvalue())

    def alone(self, *arguments: str | Path, password: str | None = None) -> Result:
        """The same in a process of its own; warnings are errors there too."""
        environment = {
            "PATH": "/usr/bin:/bin",
            "PYTHONWARNINGS": "error",
            "HOME": str(self.folder.parent),
            **self._environment(password),
        }
        command = [sys.executable, "-m", "daomao_desktop", "--data", str(self.folder)]
        done = subprocess.run(
            [*command, *map(str, arguments)],
            capture_output=True,
            env=environment,
            check=False,
            timeout=120,
        )
        result = Result(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert "Traceback" not in result.err, result.err
        return result

    def _environment(self, password: str | None) -> dict[str, str]:
        return {"DAOMAO_PASSWORD": password or self.password}

    def must(self, *arguments: str | Path) -> Result:
        result = self.run(*arguments)
        assert result.code == 0, (arguments, result.out, result.err)
        return result

    def refused(self, *arguments: str | Path) -> Result:
        """The command must fail with exactly one sentence on stderr."""
        result = self.run(*arguments)
        assert result.code == 1, (arguments, result.out, result.err)
        assert len(result.err.strip().splitlines()) == 1, result.err
        return result


def town_office(folder: Path) -> Office:
    office = Office(folder / "town")
    office.must("init", "--edition", "town", "--town", "大茂镇", "--operator", "周主任")
    return office


def village_office(folder: Path, village: str = "联光村") -> Office:
    office = Office(folder / "village")
    office.must(
        "init", "--edition", "village", "--town", "大茂镇", "--village", village,
        "--operator", "陈文书",
    )  # fmt: skip
    return office


def roster(path: Path, people: Sequence[tuple[str, int, str]], subsidy: Any = 500) -> Path:
    """(village, group number, name) each; no ID numbers, in post since June 2021."""
    rows = [
        (village, f"第{group}村民小组", name, "男", None, "2021-06-20", subsidy)
        for village, group, name in people
    ]
    return workbook(path, LEADER_HEADINGS, rows)


def decisions(path: Path, grades: Sequence[tuple[str, int, str, str]], year: int = 2025) -> Path:
    rows = [
        (year, village, f"{group}组", name, 80, grade, "") for village, group, name, grade in grades
    ]
    return workbook(path, DECISION_HEADINGS, rows)


def proposals(path: Path, grades: Sequence[tuple[str, int, str, str]], year: int = 2025) -> Path:
    rows = [
        (year, village, f"{group}组", name, grade, f"{year}-12-12", "支部研究决定")
        for village, group, name, grade in grades
    ]
    return workbook(path, PROPOSAL_HEADINGS, rows)


def recorded(office: Office, *names: str) -> None:
    """A confirmed finding of 2025 about each of them, as the window records it."""
    desk = open_desk(office.folder, office.password, today=lambda: date(2026, 1, 20))
    try:
        assessment_office.recorded(desk, *names)
    finally:
        close_desk(desk)


def walk_year(office: Office, upto: str, proposal_file: Path | None, decision_file: Path) -> None:
    """Advances 2025 step by step to ``upto``, importing where the year allows it."""
    for state, day in STEPS:
        if state == "上报" and proposal_file is not None:
            office.must("import", "proposals", proposal_file)
        if state == "镇定":
            office.must("import", "decisions", decision_file)
        office.must("year", "2025", "--advance", state, "--on", day, "--acknowledge")
        if state == upto:
            return
