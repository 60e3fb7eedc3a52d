"""``check --self``: everything is looked at, and each look can find something."""

from __future__ import annotations

import importlib
import pkgutil
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from daomao_desktop import paths
from daomao_desktop.documents import kinds, trial_page
from daomao_desktop.documents.kinds import shipped, wording
from daomao_desktop.documents.typesetting import Format, OfficialDocument, geometry, typeset
from daomao_desktop.services import printers, self_check
from daomao_desktop.services.self_check import check_program
from daomao_desktop.store import engine, migrations, sqlite_connection, sqlite_trial
from daomao_desktop.workbooks import templates
from tests.documents.measuring import measure


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the wording and the templates that may be damaged; the rest is the program's."""
    ours = paths.resource("")
    for name in ("wording", "templates"):
        shutil.copytree(ours / name, tmp_path / name)
    for module in (wording, templates):
        monkeypatch.setattr(
            module,
            "resource",
            lambda name: tmp_path / name if (tmp_path / name).parent.is_dir() else ours / name,
        )
    return tmp_path


def problems(*checks: str) -> list[str]:
    """What these checks alone find."""
    found = []
    for name in checks:
        found += self_check._tried(name, getattr(self_check, f"_{name}"))
    return found


def test_all_is_well() -> None:
    checked = check_program()
    assert checked.problems == ()
    assert set(checked.measured) == set(trial_page.EXPECTED)
    for name, wanted in trial_page.EXPECTED.items():
        assert checked.measured[name] == pytest.approx(wanted, abs=0.1)
    assert "加密保存" in checked.checked


def test_files_of_the_windows_that_are_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert problems("files") == []
    monkeypatch.setattr(self_check, "resource", lambda name: tmp_path / name)
    assert len(problems("files")) == len(self_check.SHIPPED)


def test_no_file_of_the_windows_is_left_out() -> None:
    ours = paths.resource("")
    there = {
        path.relative_to(ours).as_posix()
        for folder in ("help", "licences", "theme")
        for path in (ours / folder).iterdir()
    }
    assert there == {name for name in self_check.SHIPPED if not name.startswith("icons/")}


def test_wording_that_is_missing_cut_off_or_no_text(copied: Path) -> None:
    assert problems("wording") == []
    (copied / "wording" / "criticism.txt").unlink()
    words = (copied / "wording" / "deduction.txt").read_text(encoding="utf-8")
    half = words[: len(words) // 2]
    (copied / "wording" / "deduction.txt").write_text(half, encoding="utf-8")
    (copied / "wording" / "certificate.txt").write_bytes(b"\xff\xfe\xff")
    found = problems("wording")
    assert len(found) == 3
    assert "criticism.txt 缺失" in "".join(found)
    assert "deduction.txt 不完整：措辞" in "".join(found)


def test_every_kind_with_wording_is_looked_at() -> None:
    modules = [
        importlib.import_module(f"{kinds.__name__}.{module.name}")
        for module in pkgutil.iter_modules(kinds.__path__)
    ]
    with_wording = [module for module in modules if hasattr(module, "SPEC")]
    assert {id(module.SPEC) for module in with_wording} == {id(s) for s in shipped.SPECS.values()}
    files = {file.stem for file in paths.resource("wording").iterdir()}
    assert files == {*shipped.SPECS, "title-words"}


def test_templates_that_are_missing_damaged_or_empty(copied: Path) -> None:
    from openpyxl import Workbook

    folder = copied / "templates"
    assert problems("templates") == []
    assert {file.name for file in folder.iterdir()} == set(templates.TEMPLATES)
    (folder / "leaders.xlsx").unlink()
    (folder / "duties.xlsx").write_bytes((folder / "duties.xlsx").read_bytes()[:2000])
    book = Workbook()
    book.save(folder / "decisions.xlsx")
    book.close()
    found = "\n".join(problems("templates"))
    for name in ("leaders.xlsx", "duties.xlsx", "decisions.xlsx"):
        assert name in found
    assert "proposals.xlsx" not in found


@pytest.mark.parametrize(
    ("module", "name", "value", "told"),
    [
        ("geometry", "PAGE_HEIGHT", 279 * geometry.MM, "纸高应在 297.0 毫米，量得 279.0 毫米"),
        ("masthead", "RED_LINE_GAP", 6 * geometry.MM, "红线应在 118.2 毫米，量得 120.2 毫米"),
    ],
)
def test_a_page_set_otherwise_than_the_standard_says(
    monkeypatch: pytest.MonkeyPatch, module: str, name: str, value: float, told: str
) -> None:
    for other in list(sys.modules.values()):
        if other.__name__.startswith("daomao_desktop.documents") and hasattr(other, name):
            monkeypatch.setattr(other, name, value)
    found = problems_of_the_page()
    assert told in "\n".join(found)


def problems_of_the_page() -> list[str]:
    return self_check._tried("试排一页", lambda: self_check._trial_page({}))


def test_a_page_without_its_red_line_or_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = typeset(OfficialDocument(format=Format.PLAIN, title="空", body=("无",)))
    monkeypatch.setattr(trial_page, "typeset", lambda _page: bare)
    found = "\n".join(problems_of_the_page())
    assert "红线应在 118.2 毫米，量得 不到。" in found
    assert "文件里找不到“关于程序自检的通知”" in found


def test_a_word_copy_that_cannot_begin_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert problems("word_copy") == []
    monkeypatch.setattr("docx.api._default_docx_path", lambda: "/nothing/default.docx")
    (found,) = problems("word_copy")
    assert found.endswith("请重新安装程序。")


def test_the_trial_page_is_measured_as_the_tests_measure() -> None:
    (page,) = measure(typeset(trial_page._PAGE))
    measured = trial_page.trial_page().measured
    line = page.line("一、黑体")
    assert measured["正文首行"] == pytest.approx(line.top, abs=0.1)
    assert measured["正文首字"] == pytest.approx(line.x0, abs=0.1)
    (rule,) = [rule for rule in page.level_rules if rule.red]
    assert measured["红线"] == pytest.approx(rule.y0, abs=0.1)


def test_a_store_that_is_not_encrypted(monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    def plainly(path: Path, _key: bytes) -> Any:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode = WAL")
        return connection

    monkeypatch.setattr(sqlite_connection, "connect", plainly)
    found = "\n".join(problems("store"))
    assert "文件 records.db 没有加密" in found


def test_a_library_that_does_not_load_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "daomao_desktop.workbooks.templates", None)
    (found,) = problems("templates")
    assert "ModuleNotFoundError: daomao_desktop.workbooks.templates" in found


def test_a_store_that_loses_what_was_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(self_check, "_OPERATOR", "写进去的名字")
    from daomao_desktop.services import accounts

    opened = accounts.open_desk

    def other(folder: Path, password: str) -> Any:
        desk = opened(folder, password)
        monkeypatch.setattr(self_check, "_OPERATOR", "另一个名字")
        return desk

    monkeypatch.setattr(accounts, "open_desk", other)
    assert any("写进去的和读出来的不一样" in one for one in problems("store"))


def test_any_password_opening_the_store(monkeypatch: pytest.MonkeyPatch) -> None:
    from daomao_desktop.services import accounts

    opened = accounts.open_desk
    monkeypatch.setattr(
        accounts, "open_desk", lambda folder, password: opened(folder, password.rstrip("?"))
    )
    assert any("错误的口令也打开了资料" in one for one in problems("store"))


def test_migrations_that_are_missing_or_stop_short(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sqlite_trial, "NEWEST", "9999")
    assert problems("upgrade") == ["资料升级只能到 0001，应到 9999，请重新安装程序。"]
    monkeypatch.setattr(migrations, "__file__", str(tmp_path / "__init__.py"))
    (found,) = problems("upgrade")
    assert "没有检查成" in found
    assert engine.NEWEST == "0001"


def test_nowhere_to_write(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setattr(self_check.tempfile, "tempdir", str(tmp_path / "file"))
    assert "NotADirectoryError" in "\n".join(problems("store"))


def test_printers_are_told_where_there_is_a_way_to_ask(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert printers.printer_names() == ()
    lpstat = tmp_path / "lpstat"
    lpstat.write_text("#!/bin/sh\necho 村委会-激光\necho 二楼\n", encoding="utf-8")
    lpstat.chmod(0o755)
    assert printers.printer_names() == ("村委会-激光", "二楼")
    lpstat.write_text("#!/bin/sh\necho no scheduler >&2; exit 1\n", encoding="utf-8")
    assert printers.printer_names() == ()
