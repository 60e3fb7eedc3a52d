"""What is being typed: sealed, replaced whole, gone when forgotten, there after a kill."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from daomao_desktop.store.engine import Store
from daomao_desktop.store.unsaved import FOLDER, Unsaved
from tests.conftest import DATA_KEY
from tests.store.test_crash import killed

TYPIST = """
import sys, pathlib
from daomao_desktop.store.engine import Store
store = Store.open(pathlib.Path(sys.argv[1]), bytes(range(32)))
print("open", flush=True)
number = 0
while True:
    store.unsaved.keep("公文", {"body": "村民小组长" * 2000, "number": number})
    print(number, flush=True)
    number += 1
"""


def files(folder: Path) -> list[Path]:
    return sorted((folder / FOLDER).iterdir())


def test_it_is_kept_read_replaced_and_forgotten(store: Store) -> None:
    unsaved = store.unsaved
    assert unsaved.everything() == []
    unsaved.forget("公文")
    unsaved.keep("公文", {"title": "关于抗旱的通知"})
    unsaved.keep("别的", {"title": "另一份"})
    unsaved.keep("公文", {"title": "关于防汛的通知"})
    assert unsaved.everything() == [{"title": "另一份"}, {"title": "关于防汛的通知"}]
    assert len(files(store.folder)) == 2
    unsaved.forget("公文")
    assert unsaved.everything() == [{"title": "另一份"}]
    assert len(files(store.folder)) == 1


def test_neither_the_text_nor_its_name_can_be_read(store: Store) -> None:
    store.unsaved.keep("freeform", {"title": "王大顺", "ascii": "plain words"})
    (path,) = files(store.folder)
    assert "freeform" not in path.name
    content = path.read_bytes()
    for words in ("王大顺".encode(), json.dumps("王大顺").encode(), b"plain words", b"title"):
        assert words not in content


@pytest.mark.parametrize("damage", [b"", b"x" * 100])
def test_damage_and_another_key_mean_nothing_is_there(store: Store, damage: bytes) -> None:
    store.unsaved.keep("公文", {"title": "甲"})
    assert Unsaved(store.folder, bytes(32)).everything() == []
    (path,) = files(store.folder)
    path.write_bytes(damage)
    store.unsaved.keep("别的", {"title": "另一份"})
    assert store.unsaved.everything() == [{"title": "另一份"}]  # one damaged file hides no other
    store.unsaved.keep("公文", {"title": "乙"})
    assert {"title": "乙"} in store.unsaved.everything()


def test_a_killed_typist_finds_the_last_text_whole(store: Store) -> None:
    store.close()
    for after in (0.05, 0.2, 0.3):
        lines = killed(TYPIST, [str(store.folder)], "open", after)
        (found,) = Unsaved(store.folder, DATA_KEY).everything()
        assert found is not None
        assert found["body"] == "村民小组长" * 2000
        assert found["number"] >= int(lines[-1])
