"""Fixtures every room uses: an empty data folder and a fresh encrypted store in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import daomao_desktop.workbooks  # noqa: F401  # tests import openpyxl, too: as the program has it
from daomao_desktop.store.engine import Store
from daomao_desktop.store.keys import Cost

# A busy machine must not fail a property that holds.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

# The cheapest argon2id there is: tests unlock hundreds of times, an attacker guesses millions.
CHEAP = Cost(operations=1, memory=8192)
DATA_KEY = bytes(range(32))


@pytest.fixture(scope="session", autouse=True)
def _own_logs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What a test breaks is not written into the log of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture
def cheap() -> Cost:
    """The ``cost`` to hand to whatever makes key slots."""
    return CHEAP


@pytest.fixture
def fresh_folder(tmp_path: Path) -> Path:
    """A data folder that does not exist yet, with Chinese letters and a space in its path."""
    return tmp_path / "数据 文件夹"


@pytest.fixture
def store(fresh_folder: Path) -> Iterator[Store]:
    """A fresh encrypted store without an office in it; opens again with ``DATA_KEY``."""
    with Store.create(fresh_folder, DATA_KEY) as fresh:
        yield fresh
