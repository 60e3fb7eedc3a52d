"""Changed documents given to ``render``: printed or refused in one sentence, and soon."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from daomao_desktop.documents.render import KEYS
from daomao_desktop.errors import DaomaoError
from daomao_desktop.services.rendering import render_file
from tests.documents.hard_text import hard_text
from tests.malformed_documents import PAGE

LONGEST = 5.0  # seconds for one document
_RUNS = "村、。“”《》（）—…·　 xW9-/.:%℃〔2026〕号𠮷\u0301"
_LENGTHS = (1, 2, 5, 20, 60, 200, 1000, 5000)
_PIECES = ("一、", "（一）", "关于", "的通知", "〔2026〕5号", "2026年1月15日", "12.5%", "a@b.c")
_TYPES: tuple[Any, ...] = (
    *(None, True, 0, -1, 1e308, 10**30, float("nan")),
    *("", [], {}, [[]], [None], {"a": [1]}),
)
_MARKS = (b'"', b"{", b"[", b",", b"\\", b"\0")


class _Mutator:
    """Makes files out of a document; the same seed makes the same files."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def file(self) -> bytes:
        page = dict(PAGE)
        for _ in range(self.chance.choice((0, 1, 1, 2, 3, 6))):
            self._change(page)
        data = json.dumps(page, ensure_ascii=self.chance.random() < 0.5)
        content = data.encode("utf-8", "surrogatepass")
        for _ in range(self.chance.choice((0, 0, 0, 1, 1, 2, 5))):
            content = self._damage(content)
        return content

    def _change(self, page: dict[str, Any]) -> None:
        key = self.chance.choice([*sorted(KEYS), "extra"])
        if self.chance.random() < 0.1:
            page.pop(key, None)
        elif self.chance.random() < 0.3:
            page["format"] = self.chance.choice(("file", "letter", "plain"))
        else:
            page[key] = self._value(key)

    def _value(self, key: str) -> Any:
        chance = self.chance
        if chance.random() < 0.15:
            return chance.choice(_TYPES)
        if key in ("body", "attachments", "signature"):
            count = chance.choice((1, 1, 2, 3, 10, 40))
            return [self._text() for _ in range(count)]
        if key in ("date", "printed_on"):
            year, month, day = chance.randint(0, 9999), chance.randint(0, 13), chance.randint(0, 32)
            return f"{year:04}-{month:02}-{day:02}"
        return chance.choice((True, False)) if key == "seal" else self._text()

    def _text(self) -> str:
        chance = self.chance
        writers: tuple[Callable[[], str], ...] = (
            lambda: chance.choice(_RUNS) * chance.choice(_LENGTHS),
            lambda: "".join(chance.choices(_RUNS, k=chance.choice(_LENGTHS))),
            lambda: "".join(chance.choices(_PIECES, k=chance.randint(1, 40))),
            lambda: hard_text(chance.randrange(2**32), chance.randint(1, 40)).text,
            lambda: "".join(chr(chance.randrange(0x4E00, 0x9FFF)) for _ in range(30)),
            lambda: "".join(chr(chance.randrange(0x110000)) for _ in range(chance.randint(1, 9))),
            lambda: "".join(chr(chance.randrange(0x3000)) for _ in range(chance.randint(1, 9))),
        )
        return chance.choice(writers)()

    def _damage(self, content: bytes) -> bytes:
        chance = self.chance
        place = chance.randrange(len(content) + 1)
        upto = min(len(content), place + chance.choice((1, 1, 2, 8, 100)))
        return chance.choice(
            (
                content[:place] + content[upto:],
                content[:place] + content[place:upto] * 2 + content[upto:],
                content[:place] + bytes([chance.randrange(256)]) + content[upto:],
                content[:place] + chance.choice(_MARKS) + content[place:],
                content[:place],
            )
        )


def try_files(count: int, seed: int, folder: Path) -> tuple[int, int, float]:
    """How many were printed and refused, and the seconds the slowest took."""
    mutator = _Mutator(seed)
    source, target = folder / "文.json", folder / "文.pdf"
    printed = refused = 0
    slowest = 0.0
    for number in range(count):
        source.write_bytes(mutator.file())
        begin = time.perf_counter()
        try:
            render_file(source, target)
        except DaomaoError as error:
            sentence = str(error)
            assert sentence.endswith("。"), (number, sentence)
            assert len(sentence.splitlines()) == 1, (number, sentence)
            assert not target.exists(), number
            refused += 1
        else:
            assert target.read_bytes().startswith(b"%PDF-"), number
            target.unlink()
            printed += 1
        slowest = max(slowest, time.perf_counter() - begin)
        assert slowest < LONGEST, number
    return printed, refused, slowest


def test_two_hundred_changed_documents_are_printed_or_refused(tmp_path: Path) -> None:
    printed, refused, _slowest = try_files(200, 1, tmp_path)
    assert printed >= 30
    assert refused >= 100


@pytest.mark.soak
def test_ten_thousand_changed_documents_are_printed_or_refused(tmp_path: Path) -> None:
    printed, refused, slowest = try_files(10_000, 2, tmp_path)
    print(f"{printed} printed, {refused} refused, slowest {slowest:.2f} s")
    assert printed >= 1000
    assert refused >= 5000
