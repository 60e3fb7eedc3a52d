"""Looking into an xlsx package before openpyxl does: limits, macros, links, merges, formulas."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree import ElementTree
from xml.parsers import expat

from daomao_desktop.errors import FileProblem
from daomao_desktop.workbooks.cells import Merged
from daomao_desktop.workbooks.limits import (
    EXCEL_ROWS,
    MAX_MEMBERS,
    MAX_ROWS,
    MAX_UNPACKED,
    locked,
    too_big,
    too_many_rows,
    with_links,
    with_macros,
)

if TYPE_CHECKING:
    from zipfile import ZipFile

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_TYPES = "[Content_Types].xml"
_SEPARATOR = " "
_CELL = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")


@dataclass(slots=True)
class Marks:
    """What read-only mode does not tell of a sheet: merged ranges, formulas without a value."""

    merged: list[Merged] = field(default_factory=list)
    uncomputed: set[tuple[int, int]] = field(default_factory=set)


def check_package(archive: ZipFile, name: str) -> None:
    """Raises FileProblem for a package that is too big, encrypted, or can run or fetch things."""
    members = archive.infolist()
    if len(members) > MAX_MEMBERS or sum(m.file_size for m in members) > MAX_UNPACKED:
        raise too_big(name)
    if any(member.flag_bits & 0x1 for member in members):
        raise locked(name)
    paths = [member.filename.lower() for member in members]
    if not any(path.startswith("xl/") for path in paths):
        raise FileProblem(f"“{name}”不是 Excel 表格，请另存为 xlsx 后再导入。")
    types = archive.read(_TYPES) if _TYPES in archive.namelist() else b""
    if (
        any(path.endswith(".bin") and "vba" in path for path in paths)
        or any("macrosheets/" in path for path in paths)
        or b"macroEnabled" in types
    ):
        raise with_macros(name)
    if any("externallinks/" in path for path in paths):
        raise with_links(name)
    for member in members:
        if member.filename.lower().endswith((".xml", ".rels")):
            with archive.open(member) as stream:
                head = stream.read(4096).replace(b"\0", b"")
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:  # no spreadsheet program writes these
                raise FileProblem(f"“{name}”含有不安全的内容，未读取。")


def sheet_members(archive: ZipFile) -> dict[str, str]:
    """Sheet title → path of its XML inside the package; unfindable sheets are left out."""
    workbook = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {item.get("Id"): item.get("Target", "") for item in relations}
    found = {}
    known = set(archive.namelist())
    for element in workbook.iter():
        if element.tag.rpartition("}")[2] != "sheet":
            continue
        target = targets.get(element.get(_RELATION) or element.get(_STRICT_RELATION), "")
        path = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
        if path in known:
            found[element.get("name", "")] = path
    return found


def sheet_marks(xml: bytes, name: str) -> Marks:
    """One pass over a sheet's XML; raises expat.ExpatError where it is not well formed.

    Raises FileProblem for more rows or merged ranges than a spreadsheet program could have made:
    openpyxl holds every row of a sheet that does not tell its size, blank ones too.
    """
    if xml.count(b"<row") + xml.count(b":row") > 2 * EXCEL_ROWS:  # with a prefix both tags count
        raise too_many_rows(name)
    if xml.count(b"mergeCell ") > MAX_ROWS:
        raise too_big(name)
    if b"mergeCell" not in xml and not re.search(rb"[<:]f[\s/>]", xml):
        return Marks()  # nothing to find: most lists
    scan = _Scan()
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.buffer_text = True
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.text
    parser.Parse(xml, True)
    return scan.marks


class _Scan:
    """Handlers of one pass; positions count like openpyxl where a cell names none."""

    def __init__(self) -> None:
        self.marks = Marks()
        self._row = self._column = 0
        self._kind = ""
        self._formula = self._value = self._in_value = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag.rpartition(_SEPARATOR)[2]:
            case "row":
                text = attributes.get("r", "")
                self._row = int(text) if text.isdecimal() else self._row + 1
                self._column = 0
            case "c":
                self._column += 1
                if place := _CELL.fullmatch(attributes.get("r", "")):
                    self._row, self._column = int(place[2]), _column_number(place[1])
                self._kind = attributes.get("t", "n")
                self._formula = self._value = False
            case "f":
                self._formula = True
            case "v":
                # a text formula may well give the empty text; a number cannot be empty
                self._in_value = True
                self._value = self._kind == "str"
            case "mergeCell":
                self._merge(attributes.get("ref", ""))

    def text(self, data: str) -> None:
        if self._in_value and data.strip():
            self._value = True

    def end(self, tag: str) -> None:
        match tag.rpartition(_SEPARATOR)[2]:
            case "v":
                self._in_value = False
            case "c":
                if self._formula and not self._value:
                    self.marks.uncomputed.add((self._row, self._column))

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, stop = _CELL.fullmatch(first), _CELL.fullmatch(last)
        if start and stop:
            self.marks.merged.append(
                Merged(
                    int(start[2]),
                    _column_number(start[1]),
                    int(stop[2]),
                    _column_number(stop[1]),
                )
            )


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
