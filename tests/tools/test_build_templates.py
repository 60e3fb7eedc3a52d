"""The committed templates are what the builder writes and what the readers read."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from openpyxl import load_workbook

from daomao_desktop.domain.scheme import Edition
from daomao_desktop.paths import resource
from daomao_desktop.workbooks.assessment import read_decisions, read_proposals
from daomao_desktop.workbooks.duties import read_duties
from daomao_desktop.workbooks.roster import read_leaders

ROOT = Path(__file__).parents[2]
READERS = {
    "leaders.xlsx": read_leaders,
    "duties.xlsx": read_duties,
    "proposals.xlsx": read_proposals,
    "decisions.xlsx": read_decisions,
}


@pytest.fixture
def builder(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    return importlib.import_module("build_templates")


def cells(path: Path) -> list[list[Any]]:
    page = load_workbook(path).active
    found = [[(cell.value, cell.number_format) for cell in row] for row in page.iter_rows()]
    found.append([str(page.data_validations.dataValidation), page.print_area])
    return found


def test_committed_templates_are_current(builder: ModuleType, tmp_path: Path) -> None:
    for path in builder.build(tmp_path):
        assert cells(resource(f"templates/{path.name}")) == cells(path), path.name


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("edition", Edition)
def test_an_unfilled_template_imports_nobody_and_complains_of_nothing(
    name: str, edition: Edition
) -> None:
    sheet = READERS[name](resource(f"templates/{name}"), edition=edition, own_village="联光村")
    assert (sheet.entries, sheet.errors, sheet.warnings) == ((), (), ())


@pytest.mark.parametrize("name", READERS)
def test_the_example_is_a_good_row(name: str, tmp_path: Path) -> None:
    book = load_workbook(resource(f"templates/{name}"))
    book.active["A3"] = 1
    book.save(tmp_path / name)
    sheet = READERS[name](tmp_path / name, edition=Edition.TOWN)
    assert (len(sheet.entries), sheet.errors, sheet.warnings) == (1, (), ())
