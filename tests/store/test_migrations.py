"""Schema upgrades: all or nothing, after a verified copy, never from a newer program."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, select, text

from daomao_desktop.errors import StoreError
from daomao_desktop.store import engine as engine_module
from daomao_desktop.store import migrations, sqlite_copy, sqlite_upgrade
from daomao_desktop.store.audit import AuditEntry
from daomao_desktop.store.base import Base
from daomao_desktop.store.engine import Store, load_tables
from daomao_desktop.store.migrations import NEWEST, configuration
from daomao_desktop.store.roster import Person
from tests.conftest import DATA_KEY
from tests.store.records import NAME, add_leader

FOLDER = Path(migrations.__file__).parent
HEADER = """
import sqlalchemy as sa
from alembic import op
revision = "9001"
down_revision = {down!r}
def upgrade():
"""
GOOD = """
    op.add_column("person", sa.Column("nickname", sa.String(20), nullable=True))
    op.execute("UPDATE person SET nickname = '小' || substr(name, 1, 1)")
    with op.batch_alter_table("village") as village:
        village.alter_column("contact", type_=sa.String(200))
"""
FAILS = (
    GOOD
    + """
    raise ValueError("a migration with a mistake")
"""
)
DANGLES = (
    GOOD
    + """
    op.execute("DELETE FROM village")
"""
)


def schema(connection: Connection) -> dict[str, str]:
    """Every object's SQL, white space evened out."""
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    return {name: re.sub(r"(?<=\() | (?=[,)])", "", " ".join(sql.split())) for name, sql in rows}


def parts(sql: str) -> list[str]:
    """Columns in their order, then the constraints, whose order Alembic does not keep."""
    columns, *constraints = re.split(r", CONSTRAINT ", sql.removesuffix(")"))
    return [columns, *sorted(constraints)]


def with_revision(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, body: str) -> None:
    """A program one revision further than this one."""
    folder = tmp_path / "100% migrations"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "9001_next.py").write_text(
        HEADER.format(down=NEWEST) + body, encoding="utf-8"
    )

    def configured(connection: Connection, **attributes: Any) -> Any:
        config = configuration(connection, **attributes)
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        return config

    monkeypatch.setattr(sqlite_upgrade, "configuration", configured)
    monkeypatch.setattr(sqlite_upgrade, "NEWEST", "9001")
    monkeypatch.setattr(engine_module, "NEWEST", "9001")


@pytest.fixture
def old(store: Store) -> Path:
    """A closed store of the present schema, which the revisions above find old."""
    with store.writing("op") as session:
        add_leader(session)
    store.close()
    return store.folder


def test_the_revisions_build_what_the_tables_say() -> None:
    load_tables()
    with create_engine("sqlite://").begin() as migrated, create_engine("sqlite://").begin() as made:
        command.upgrade(configuration(migrated), "head")
        Base.metadata.create_all(made)
        assert compare_metadata(MigrationContext.configure(migrated), Base.metadata) == []
        built = {name: parts(sql) for name, sql in schema(migrated).items()}
        built.pop("alembic_version")
        assert built == {name: parts(sql) for name, sql in schema(made).items()}


def test_a_fresh_store_is_stamped_as_alembic_would() -> None:
    with create_engine("sqlite://").begin() as connection:
        config = configuration(connection)
        command.upgrade(config, "head")
        stamped = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        assert stamped == NEWEST == ScriptDirectory.from_config(config).get_current_head()
        by_alembic = schema(connection)["alembic_version"]
    assert by_alembic == engine_module.VERSION_TABLE


def test_opening_the_newest_does_not_load_alembic(old: Path) -> None:
    program = (
        "import sys, pathlib; from daomao_desktop.store.engine import Store;"
        "Store.open(pathlib.Path(sys.argv[1]), bytes(range(32))).close();"
        "print('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program, old], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("False\n", "")


def test_an_older_store_is_copied_verified_and_upgraded(
    old: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (old / "keys.json").write_bytes(b"keys")
    with_revision(monkeypatch, tmp_path, GOOD)
    with Store.open(old, DATA_KEY) as store, store.reading() as session:
        found = session.execute(text("SELECT nickname FROM person")).scalars().all()
        assert found == ["小欧"]
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.sequence.desc())).first()
        assert last is not None
        assert last.after == f'{{"from":"{NEWEST}","to":"9001","what":"资料升级"}}'
        assert store.check() == []
    (copy,) = (old / "backups").iterdir()
    assert copy.name.startswith(f"before-upgrade-{NEWEST}-")
    assert (copy / "keys.json").read_bytes() == b"keys"
    monkeypatch.undo()
    with Store.open(copy, DATA_KEY) as before, before.reading() as session:
        assert session.scalars(select(Person.name)).all() == [NAME]


@pytest.mark.parametrize("body", [FAILS, DANGLES])
def test_a_failing_upgrade_leaves_the_store_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, body: str
) -> None:
    content = (old / "records.db").read_bytes()
    with_revision(monkeypatch, tmp_path, body)
    with pytest.raises(StoreError, match="原来的资料没有改动") as raised:
        Store.open(old, DATA_KEY)
    assert NAME not in str(raised.value)
    assert (old / "records.db").read_bytes() == content
    later = datetime(2030, 1, 1, tzinfo=UTC)
    with pytest.raises(StoreError, match="原来的资料没有改动"):
        Store.open(old, DATA_KEY, now=lambda: later)
    (copy,) = (old / "backups").iterdir()  # the newest only: tries must not fill the disk
    assert "-2030" in copy.name
    monkeypatch.undo()
    with Store.open(old, DATA_KEY) as store, store.reading() as session:
        assert session.scalars(select(Person.name)).all() == [NAME]
        assert store.check() == []


def test_without_a_good_copy_nothing_is_upgraded(
    old: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    content = (old / "records.db").read_bytes()
    with_revision(monkeypatch, tmp_path, GOOD)
    monkeypatch.setattr(sqlite_copy, "_problems", lambda *_arguments: ["资料库有 1 处页面损坏。"])
    with pytest.raises(StoreError, match="副本没有通过核对"):
        Store.open(old, DATA_KEY)
    assert (old / "records.db").read_bytes() == content
    assert list((old / "backups").iterdir()) == [], "a copy that failed keeps no final name"


def test_a_newer_store_is_refused_and_untouched(
    old: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with_revision(monkeypatch, tmp_path, GOOD)
    Store.open(old, DATA_KEY).close()
    monkeypatch.undo()
    content = (old / "records.db").read_bytes()
    with pytest.raises(StoreError, match="请先更新本程序"):
        Store.open(old, DATA_KEY)
    assert (old / "records.db").read_bytes() == content
    assert len(list((old / "backups").iterdir())) == 1
