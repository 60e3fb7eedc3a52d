"""What the documents claim is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])


def _named(page: Path) -> list[str]:
    """Paths a page names in code style, and the targets of its links."""
    text = page.read_text(encoding="utf-8")
    coded = re.findall(r"`([\w./*-]+/[\w./*-]*)`", text)
    linked = re.findall(r"\]\(([^)#:]+)\)", text)
    return coded + [(page.parent / link).resolve().relative_to(ROOT).as_posix() for link in linked]


def _exists(name: str) -> bool:
    places = (ROOT, ROOT / "src" / "daomao_desktop")
    return any(any(place.glob(name.rstrip("/"))) for place in places)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_named_in_a_page_exists(page: Path) -> None:
    missing = [name for name in _named(page) if not _exists(name)]
    assert missing == []


def test_the_readmes_commands_are_one_line_each() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in ("packages", "demo", "tests", "installer"):
        block = re.search(rf"<!-- {name} -->\n```sh\n(.*?)```", text, re.DOTALL)
        assert block is not None
        assert len(block[1].strip().splitlines()) == 1
