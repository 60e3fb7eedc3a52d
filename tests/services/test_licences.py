"""Whose work is in the bundle: every package that is needed, with its licence in full."""

from __future__ import annotations

import importlib
import importlib.util
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from daomao_desktop import paths
from daomao_desktop.services import licences
from daomao_desktop.services.licences import components, compose, third_party

ROOT = Path(__file__).parents[2]
RULE = "=" * 72


def required() -> list[str]:
    return [line for line in metadata.requires("daomao-desktop") or () if "extra ==" not in line]


def closure() -> set[str]:
    """All packages needed, found another way: what is named by whatever is needed."""
    found: set[str] = set()
    waiting = required()
    while waiting:
        requirement = Requirement(waiting.pop())
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
            continue
        name = metadata.distribution(requirement.name).metadata["Name"]
        if name not in found:
            found.add(name)
            waiting += metadata.requires(name) or ()
    return found


def test_every_package_needed_is_named_with_its_licence_in_full() -> None:
    found = {one.name: one for one in components(required())}
    assert set(found) == closure()
    assert {"SQLAlchemy", "Mako", "cffi", "shiboken6", "pillow"} < set(found)
    for one in found.values():
        assert re.search(r"MIT|BSD|Apache|LGPL|PSF|Zlib", one.licence), one
        assert one.texts, one.name
        assert max(map(len, one.texts)) > 500, one.name
        assert re.search(r"(?i)permi|copyright", "".join(one.texts)), one.name


def test_the_text_names_each_and_prints_what_is_the_same_once() -> None:
    text = compose(required())
    head, _rule, _rest = text.partition(RULE)
    for name in (*closure(), "Python", "字体 Fandol", "字体 Noto-Serif-SC"):
        assert re.search(rf"^{re.escape(name)}( |　)", head, re.MULTILINE), name
    for once in ("GNU LESSER GENERAL PUBLIC LICENSE\n", "font exception", "ZETETIC LLC\nAll"):
        assert text.lower().count(once.lower()) >= 1, once
    assert text.count("Version 3, 29 June 2007") == 2, "GPL and LGPL, each once"
    assert str(ROOT) not in text


def test_a_package_without_a_licence_stops_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(licences, "_TEXTS", {})
    with pytest.raises(LookupError, match=r"chinesecalendar.*PySide6_Addons.*shiboken6"):
        compose(required())


def test_a_font_without_a_licence_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(licences._FONTS, "Hanazono")
    with pytest.raises(LookupError, match="Hanazono"):
        compose([])


def test_every_font_shipped_has_its_licence_named() -> None:
    table = (paths.resource("fonts/licences") / "README.md").read_text(encoding="utf-8")
    for file in paths.resource("fonts").glob("*.ttf*"):
        row = next(line for line in table.splitlines() if line.startswith(f"| `{file.name}` |"))
        text = re.findall(r"`([^`]+\.txt)`", row)[0]
        assert Path(text).stem in licences._FONTS


def test_the_bundles_own_text_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert third_party() == compose(required()), "a checkout has no bundled text"
    (tmp_path / "licences").mkdir()
    (tmp_path / "licences" / "third-party.txt").write_text("随程序的文本", encoding="utf-8")
    monkeypatch.setattr(licences, "resource", lambda name: tmp_path / name)
    assert third_party() == "随程序的文本"


def test_the_build_writes_it_by_the_script(tmp_path: Path) -> None:
    tool = ROOT / "tools" / "collect_licences.py"
    target = tmp_path / "新 文件夹" / "third-party.txt"
    subprocess.run([sys.executable, tool, target], check=True, capture_output=True)
    assert target.read_text(encoding="utf-8").startswith(compose(required()))
    spec = (ROOT / "build.spec").read_text(encoding="utf-8")
    assert "collect_licences" in spec
    assert f'"daomao_desktop/resources/{Path(licences.BUNDLED).parent.as_posix()}"' in spec
    assert importlib.util.find_spec("packaging") is not None


def test_the_build_notices_what_nobody_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    tool = importlib.import_module("collect_licences")
    needed = {"PIL", "sqlalchemy", "_cffi_backend", "daomao_desktop", "calendar", "没有"}
    assert tool.unlisted(needed) == set()
    assert tool.unlisted({*needed, "pytest"}) == {"pytest"}


def test_the_programs_own_licence_is_the_one_that_is_named() -> None:
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
    assert 'license = "MIT"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
