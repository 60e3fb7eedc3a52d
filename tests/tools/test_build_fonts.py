"""The font builder's pure parts: the lock agrees with the pins, and a wrong archive is refused."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "resources" / "fonts"


@pytest.fixture
def builder(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    return importlib.import_module("build_fonts")


@pytest.fixture
def sources(builder: ModuleType) -> ModuleType:
    return sys.modules["font_sources"]


def test_lock_agrees_with_the_pins(sources: ModuleType) -> None:
    lock = json.loads((FONTS / "fonts.lock.json").read_text(encoding="utf-8"))
    assert [entry["file"] for entry in lock["faces"]] == [p.file for p in sources.PRODUCTS]
    for entry, product in zip(lock["faces"], sources.PRODUCTS, strict=True):
        package = product.package
        assert (entry["package"], entry["version"]) == (package.name, package.version)
        assert entry["archive_sha256"] == package.sha256
        assert entry["bytes"] == (FONTS / entry["file"]).stat().st_size
        assert product.licence_file in sources.LICENCES


def test_no_file_is_left_over(sources: ModuleType) -> None:
    licences = {f"licences/{name}" for name in (*sources.LICENCES, "README.md")}
    expected = {p.file for p in sources.PRODUCTS} | licences | {"fonts.lock.json", "tgh8105.txt"}
    present = {p.relative_to(FONTS).as_posix() for p in FONTS.rglob("*") if p.is_file()}
    assert present == expected


def test_renamed_faces_carry_no_reserved_name(builder: ModuleType, sources: ModuleType) -> None:
    for product in sources.PRODUCTS:
        if not product.file.endswith(".ttf"):
            continue
        with builder.TTFont(FONTS / product.file, lazy=True) as font:
            records = font["name"].names
        primary = {str(record) for record in records if record.nameID in {1, 3, 4, 6, 16, 18}}
        assert product.family in primary
        if "renamed" in product.treatment:
            for reserved in ("source", "lxgw", "霞鹜", "noto", "klee"):
                assert not any(reserved in name.lower() for name in primary)


def test_character_list(builder: ModuleType) -> None:
    text = (FONTS / "tgh8105.txt").read_text(encoding="utf-8").replace("\n", "")
    assert len(text) == len(set(text)) == 8105
    assert text.startswith("一乙二十丁厂七")
    assert len(builder.gb2312()) == 6763 + 682


def test_a_wrong_archive_is_refused(
    builder: ModuleType, sources: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / sources.SERIF.archive).write_bytes(b"something else")
    out = tmp_path / "out"
    assert builder.main(["--archives", str(tmp_path), "--out", str(out)]) == 1
    (message,) = capsys.readouterr().err.splitlines()
    assert sources.SERIF.archive in message
    assert sources.SERIF.sha256 in message
    assert not out.exists()


def test_a_missing_client_is_named(
    builder: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(builder.shutil, "which", lambda _name: None)
    assert builder.main(["--archives", str(tmp_path), "--out", str(tmp_path / "out")]) == 1
    assert capsys.readouterr().err == (
        "The command npm is needed to build the fonts and is not installed.\n"
    )
