"""Fonts as ReportLab draws with them and as they stand in the file: composite, one subset each.

ReportLab's own TrueType fonts are split into subsets of 256 characters and written by loops over
every byte and number, which takes most of the time a document needs. These number the characters
of a document in the order of their first use with two bytes (``Identity-H``), so that each font of
a document has one subset of any size. Text of its own (charts) reaches them through the same
methods.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

from reportlab.pdfbase import ttfonts

from daomao_desktop.documents.character_map import character_map
from daomao_desktop.documents.pdf_objects import Written, add, stream
from daomao_desktop.documents.subsetting import Subsetter, advances

_MOST_BLOCK = 100  # entries of a block in a ToUnicode CMap (Adobe Technical Note 5411)
_SYMBOLIC, _NONSYMBOLIC = 4, 32  # flags of a font descriptor
_USUAL = 1000  # advance of a hanzi, in thousandths of an em


class Used(dict[int, int]):
    """What a document uses of a font: character code → number in the subset, 0 for none.

    Characters that share an outline (· and •, ⼀ and 一) have a number each, or
    one would copy as the other.
    """

    def __init__(self, known: dict[int, int]) -> None:
        super().__init__()
        self._known = known
        self.glyphs = [0]
        """Glyphs of the font in the order of their numbers."""
        self.name = ""

    def __missing__(self, code: int) -> int:
        glyph = self._known.get(code, 0)
        number = self[code] = len(self.glyphs) if glyph else 0
        if glyph:
            self.glyphs.append(glyph)
        return number


class _Face(ttfonts.TTFontFace):
    """What ReportLab reads of a font file, its long tables read at once."""

    table: dict[str, dict[str, int]]
    unitsPerEm: int  # noqa: N815 - ReportLab's names
    _ttf_data: bytes

    def parts(self) -> dict[str, memoryview]:
        """The tables of the file in place: ``get_table`` would copy up to 15 MB."""
        data = memoryview(self._ttf_data)
        return {
            tag: data[place["offset"] : place["offset"] + place["length"]]
            for tag, place in self.table.items()
        }

    def extractInfo(self, charInfo: Any = 1) -> None:  # noqa: N802, N803
        super().extractInfo(0)
        tables = self.parts()
        known = character_map(tables["cmap"]) if charInfo else None
        if known is None:
            super().extractInfo(charInfo)
            return
        space = known.get(0x20, known.get(0xA0))
        if space is not None:
            known[0x20] = known[0xA0] = space
        scale = _USUAL / self.unitsPerEm
        widths = [advance * scale for advance in advances(tables)]
        self.charToGlyph = known
        self.defaultWidth = widths[0]
        self.charWidths = {code: widths[glyph] for code, glyph in known.items()}


class EmbeddedFont(ttfonts.TTFont):
    """A TrueType font, parsed once; what each document uses of it is kept per document."""

    face: Any
    state: Any

    def __init__(self, name: str, file: Any, index: int = 0) -> None:
        # ReportLab's own __init__ would parse the file by itself.
        self.fontName = name
        self.face = _Face(file, subfontIndex=index)
        self.encoding = ttfonts.TTEncoding()
        self.state = WeakKeyDictionary()
        self.shapable = False  # or an installed uharfbuzz could change the bytes
        self._subsetter = Subsetter(self.face.parts())

    def used(self, document: Any) -> Used:
        """For ``str.translate``: numbers the characters of a document as they turn up."""
        found: Used | None = self.state.get(document)
        if found is None:
            found = self.state[document] = Used(self.face.charToGlyph)
            found.name = f"F{len(document.fontMapping) + 1}"
            document.fontMapping[self.fontName] = f"/{found.name}"
            document.delayedFonts.append(self)
        return found

    # What ReportLab's canvas asks of a font that is made while text is drawn

    def splitString(  # noqa: N802 - ReportLab's name
        self, text: str | bytes, doc: Any, encoding: str = "utf-8"
    ) -> list[tuple[int, bytes]]:
        """The text in codes of the document's one subset."""
        if isinstance(text, bytes):
            text = text.decode(encoding)
        return [(0, text.translate(self.used(doc)).encode("utf-16-be"))] if text else []

    def getSubsetInternalName(self, _subset: int, doc: Any) -> str:  # noqa: N802
        """Name of the font in the document's resources."""
        return f"/{self.used(doc).name}"

    def addObjects(self, doc: Any) -> None:  # noqa: N802
        """Write the document's subset; called once, when it is saved."""
        used = self.used(doc)
        del self.state[doc]
        glyphs = used.glyphs
        program = self._subsetter.program(glyphs)
        # A tag that differs where the glyphs do: merging programs take equal names for equal fonts
        base = f"{_tag(glyphs)}+{self.face.name.decode('ascii')}"
        face = self.face
        box = " ".join(f"{side:g}" for side in face.bbox)
        flags = face.flags & ~_NONSYMBOLIC | _SYMBOLIC
        file = add(doc, stream(deflated(program), f" /Length1 {len(program)}"))
        descriptor = Written(
            f"<< /Type /FontDescriptor /FontName /{base} /Flags {flags} /FontBBox [{box}] "
            f"/ItalicAngle {face.italicAngle:g} /Ascent {face.ascent:g} /Descent {face.descent:g} "
            f"/CapHeight {face.capHeight:g} /StemV {face.stemV:g} /FontFile2 {file} >>"
        )
        descendant = Written(
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{base} /CIDSystemInfo "
            "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            f"/FontDescriptor {add(doc, descriptor)} /DW {_USUAL} /W [{self._widths(glyphs)}] "
            "/CIDToGIDMap /Identity >>"
        )
        unicode = stream(zlib.compress(to_unicode(used).encode("ascii"), 1))
        font = Written(
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{base} /Encoding /Identity-H "
            f"/DescendantFonts [{add(doc, descendant)}] /ToUnicode {add(doc, unicode)} >>"
        )
        add(doc, font, used.name)
        doc.idToObject["BasicFonts"].dict[used.name] = font

    def _widths(self, glyphs: Sequence[int]) -> str:
        """Advances that differ from the usual one: first number and advances of each run."""
        found: list[str] = []
        inside = False
        scale = _USUAL / self.face.unitsPerEm
        for number, glyph in enumerate(glyphs):
            advance = self._subsetter.advances[glyph] * scale
            if advance == _USUAL:
                if inside:
                    found.append("]")
                inside = False
                continue
            if not inside:
                found.append(f"{number} [")
                inside = True
            found.append(f"{round(advance, 3):g}")
        if inside:
            found.append("]")
        return " ".join(found)


def deflated(program: bytes) -> bytes:
    """Huffman coding alone: outlines hardly repeat.

    Looking for repetitions takes three to five times as long and saves a tenth.
    """
    packer = zlib.compressobj(6, zlib.DEFLATED, zlib.MAX_WBITS, 9, zlib.Z_HUFFMAN_ONLY)
    return packer.compress(program) + packer.flush()


def _tag(glyphs: Sequence[int]) -> str:
    """Six letters that name a subset (PDF 32000-1:2008, 9.6.4)."""
    number = zlib.crc32(b"".join([glyph.to_bytes(2, "big") for glyph in glyphs]))
    letters = []
    for _ in range(6):
        number, letter = divmod(number, 26)
        letters.append(chr(ord("A") + letter))
    return "".join(letters)


def to_unicode(numbers: dict[int, int]) -> str:
    """ToUnicode CMap of character code → number: UTF-16BE, blocks of at most 100 entries.

    PDF 32000-1:2008, 9.10.3, and Adobe Technical Note 5411. ReportLab (5.1.0) writes characters
    above the BMP as one number: 𠮷 would copy as two others and not be found in a printed file.
    """
    entries = [
        f"<{number:04x}> <{code:04x}>"
        if code < 0x10000
        else f"<{number:04x}> <{chr(code).encode('utf-16-be').hex()}>"
        for code, number in numbers.items()
        if number
    ]
    blocks: list[str] = []
    for start in range(0, len(entries), _MOST_BLOCK):
        block = entries[start : start + _MOST_BLOCK]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join([_CMAP_HEAD, *blocks, _CMAP_TAIL])


_CMAP_HEAD = """\
/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange"""
_CMAP_TAIL = """\
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
