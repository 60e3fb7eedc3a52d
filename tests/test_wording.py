"""One word for one thing: what docs/glossary.md gives up is written nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GLOSSARY = ROOT / "docs" / "glossary.md"
TEXTS = {".py", ".md", ".qss", ".txt", ".toml", ".iss", ".desktop", ".html"}
HEADING = "## One word for one thing"


def _given_up() -> list[str]:
    section = GLOSSARY.read_text(encoding="utf-8").split(HEADING)[1]
    rows = re.findall(r"^\| ([^|]+) \|", section, flags=re.MULTILINE)
    return [word for word in rows if word != "不用"]


def _texts() -> dict[Path, str]:
    files = [ROOT / "README.md", ROOT / "CHANGELOG.md"]
    for folder in ("src", "resources", "docs", "packaging"):
        files += [one for one in (ROOT / folder).rglob("*") if one.suffix in TEXTS]
    found = {one: one.read_text(encoding="utf-8", errors="replace") for one in files}
    found[GLOSSARY] = found[GLOSSARY].split(HEADING)[0]
    return found


def test_there_are_words_given_up() -> None:
    assert "资料夹" in _given_up()


@pytest.mark.parametrize("word", _given_up())
def test_a_word_given_up_is_written_nowhere(word: str) -> None:
    where = [str(path.relative_to(ROOT)) for path, text in _texts().items() if word in text]
    assert where == []
