"""A stolen PC must read as noise: no name, ID number or table name in clear in any file."""

from __future__ import annotations

from pathlib import Path

from daomao_desktop.store import keys
from daomao_desktop.store.base import Base
from daomao_desktop.store.engine import Store
from daomao_desktop.store.keys import Cost
from tests.store.records import ID_NUMBER, NAME, a_person, add_leader


def clear_words(folder: Path, name: str) -> list[str]:
    """Which of the words that must not be there are found, with the file's name."""
    words = [name, ID_NUMBER, "联光村", "SQLite format", "CREATE TABLE", "alembic_version"]
    words += [table for table in Base.metadata.tables if "_" in table]
    words += ["appointment", "id_number"]
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            for word in words:
                spellings = (word.encode(), word.encode("utf-16-le"), word.encode("gb18030"))
                if any(spelling in content for spelling in spellings):
                    found.append(f"{path.name}: {word}")
    return found


def test_nothing_is_in_clear_while_open_and_after_closing(fresh_folder: Path, cheap: Cost) -> None:
    made = keys.create(fresh_folder, "文书", "正确的口令2024", cost=cheap)
    with Store.create(fresh_folder, made.data_key) as store:
        with store.writing("op") as session:
            add_leader(session)
        store.checkpoint()
        with store.writing("op") as session:
            for number in range(200):
                session.add(a_person(f"{NAME}{number}"))
        wal = fresh_folder / "records.db-wal"
        assert wal.stat().st_size > 4096, "the words must have passed through the WAL"
        assert clear_words(fresh_folder, NAME) == []
    assert clear_words(fresh_folder, NAME) == []


def test_the_search_itself_would_find_them(tmp_path: Path) -> None:
    (tmp_path / "leak").write_bytes(b"x" + NAME.encode() + b"...CREATE TABLE")
    assert clear_words(tmp_path, NAME) == [f"leak: {NAME}", "leak: CREATE TABLE"]
