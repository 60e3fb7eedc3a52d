"""Offices to work in: a village's and a town's, each on a fresh encrypted store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from daomao_desktop.services import accounts
from daomao_desktop.services.desk import Desk
from daomao_desktop.store.keys import Cost
from tests.services.office import PASSWORD, TOWN, VILLAGE, today


@pytest.fixture
def village_folder(fresh_folder: Path, cheap: Cost) -> Path:
    """A founded village office, closed."""
    accounts.found_office(fresh_folder, VILLAGE, cost=cheap)
    return fresh_folder


@pytest.fixture
def village_desk(village_folder: Path) -> Iterator[Desk]:
    """联光村's office, its administrator signed in, on 20 January 2026."""
    desk = accounts.open_desk(village_folder, PASSWORD, today=today)
    yield desk
    accounts.close_desk(desk)


@pytest.fixture
def town_desk(tmp_path: Path, cheap: Cost) -> Iterator[Desk]:
    """大茂镇's office without villages yet, its administrator signed in, on 20 January 2026."""
    folder = tmp_path / "镇 资料"
    accounts.found_office(folder, TOWN, cost=cheap)
    desk = accounts.open_desk(folder, PASSWORD, today=today)
    yield desk
    accounts.close_desk(desk)
