"""Damaged files: whatever the bytes, only a sentence leaves, never a traceback or a warning."""

from __future__ import annotations

import datetime
import io
import random
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlwt

from daomao_desktop.domain.scheme import Edition
from daomao_desktop.errors import DaomaoError, FileProblem
from daomao_desktop.workbooks.assessment import read_decisions, read_proposals
from daomao_desktop.workbooks.duties import read_duties
from daomao_desktop.workbooks.roster import read_leaders
from tests.workbooks.sheets import HEADER, SAMPLE, leaders

Mutation = Callable[[random.Random], bytes]
_CHUNKS = (
    *(b"", b"\0", b"<", b">", b"&", b'"', b"]]>", b"<!--", b"-1", b"1e999", b"999999999999999"),
    *(b"A1:XFD1048576", b"NaN", b'r="0"', b's="999"', b't="s"', b't="d"', b't="e"', b't="b"'),
    *(b"<f/>", b"<v/>", b"<c/>", b"<row/>", b"\xff\xfe", "王".encode(), b"xml:space", b"0x"),
)


def xlsx_bytes(chance: random.Random) -> bytes:
    """Bytes of the package changed, cut or swapped."""
    data = bytearray(SAMPLE.read_bytes())
    for _ in range(chance.randint(1, 12)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data[: chance.choice((len(data), len(data), chance.randrange(len(data))))])


def xlsx_members(chance: random.Random) -> bytes:
    """Parts of the package changed inside, in a package that is whole."""
    with ZipFile(SAMPLE) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([*parts, *["xl/worksheets/sheet1.xml"] * 6])
    content = parts[name]
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(content) + 1)
        drop = chance.choice((0, 0, 1, 3, 40))
        content = content[:at] + chance.choice(_CHUNKS) + content[at + drop :]
    parts[name] = content
    if chance.random() < 0.1:
        del parts[name]
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for member, part in parts.items():
            archive.writestr(member, part)
    return buffer.getvalue()


def csv_bytes(chance: random.Random) -> bytes:
    """A header and rows of rubbish, in any encoding or none."""
    pieces = [
        *"王强男女,;\t\n\r\"'=0123.-年月日*# \u3000",
        "1987.1",
        "#N/A",
        "合计",
        "填表人",
        "\0",
    ]
    text = ",".join(HEADER) + "\n" + "".join(chance.choices(pieces, k=chance.randint(0, 300)))
    data = text.encode(chance.choice(("utf-8", "gb18030", "utf-16", "utf-8-sig")))
    return chance.choice((data, data, chance.randbytes(200) + data, data + chance.randbytes(50)))


def xls_bytes(chance: random.Random) -> bytes:
    """An old workbook with bytes changed."""
    book = xlwt.Workbook()
    page = book.add_sheet("花名册")
    for at, title in enumerate(HEADER):
        page.write(0, at, title)
        page.write(1, at, at + 0.5)
    page.write_merge(3, 5, 0, 1, "合计")
    page.write(2, 4, 1987.1, xlwt.easyxf(num_format_str="0.00"))
    page.write(2, 5, xlwt.Formula("1+1"))
    page.write(2, 6, True)
    page.write(2, 7, datetime.date(2021, 6, 1), xlwt.easyxf(num_format_str='yyyy"年"m"月"'))
    buffer = io.BytesIO()
    book.save(buffer)
    data = bytearray(buffer.getvalue())
    for _ in range(chance.randint(1, 12)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


MUTATIONS: tuple[Mutation, ...] = (xlsx_bytes, xlsx_members, csv_bytes, xls_bytes)


def attempt(path: Path) -> None:
    """Reads as every area; anything but a sentence for the user fails the test."""
    for read in (
        lambda: leaders(path),
        lambda: read_leaders(path, edition=Edition.TOWN),
        lambda: read_duties(path, edition=Edition.TOWN),
        lambda: read_proposals(path, edition=Edition.TOWN),
        lambda: read_decisions(path, edition=Edition.TOWN),
    ):
        sentence = ""
        try:
            read()
        except DaomaoError as error:
            sentence = str(error)
        assert sentence == "" or sentence.endswith("。")
        assert "\n" not in sentence
        if "打不开" in sentence:
            return  # no other area will open it


def run(tmp_path: Path, mutation: Mutation, seeds: range) -> None:
    path = tmp_path / "坏.xlsx"
    for seed in seeds:
        path.write_bytes(mutation(random.Random(seed)))
        try:
            attempt(path)
        except Exception as error:
            error.add_note(f"{mutation.__name__} seed {seed}")
            raise


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_damage(tmp_path: Path, mutation: Mutation) -> None:
    run(tmp_path, mutation, range(100))


@pytest.mark.soak
@pytest.mark.parametrize("mutation", MUTATIONS)
def test_much_damage(tmp_path: Path, mutation: Mutation) -> None:
    run(tmp_path, mutation, range(100, 2_600))


def test_a_directory_that_lies_about_sizes(tmp_path: Path) -> None:
    """A part that unpacks to more than its entry says is refused, not unpacked."""
    path = tmp_path / "a.xlsx"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(1 << 20))
    data = path.read_bytes().replace((1 << 20).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    path.write_bytes(data)
    with pytest.raises(FileProblem, match="打不开"):
        leaders(path)
