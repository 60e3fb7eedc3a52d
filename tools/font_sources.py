"""What goes into the shipped fonts: pinned packages, their licences, the characters to keep."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Package:
    """One archive of a package registry, pinned by version and SHA-256."""

    client: str
    name: str
    version: str
    archive: str
    sha256: str


SERIF = Package(
    "npm",
    "@expo-google-fonts/noto-serif-sc",
    "0.4.3",
    "expo-google-fonts-noto-serif-sc-0.4.3.tgz",
    "ff6bcf5ba68d92dfecc05544bb150f9e724741a932354a0dd97e7289c40a3f5e",
)
SANS = Package(
    "npm",
    "@expo-google-fonts/noto-sans-sc",
    "0.4.3",
    "expo-google-fonts-noto-sans-sc-0.4.3.tgz",
    "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59",
)
FANDOL = Package(
    "apt",
    "texlive-lang-chinese",
    "2022.20230122-1",
    "texlive-lang-chinese_2022.20230122-1_all.deb",
    "9cfa07bd44e7b9098e26f0ecac1b5ad210d2249d474c8074d53de92d650b0ec0",
)
WENKAI = Package(
    "apt",
    "fonts-lxgw-wenkai",
    "1.250+repack-1",
    "fonts-lxgw-wenkai_1.250+repack-1_all.deb",
    # As Debian's signed package index has it.
    "6d1e4c4aac78ad32062aefa2c836ee4d6e58f9dcf8b3f4407c9eefe304615318",
)
HANAZONO = Package(
    "apt",
    "fonts-hanazono",
    "20170904-2.1",
    "fonts-hanazono_20170904-2.1_all.deb",
    "a6943366b4f5a6cec34221f8b4eb22555a628f0ee6ef4e3d3401cabe9363aeae",
)
UNIHAN = Package(
    "apt",
    "unicode-data",
    "15.0.0-1",
    "unicode-data_15.0.0-1_all.deb",
    "5efef23bbb1c6a133ecbdd63a2cfa07159ccacf5466a49e2426101c5ecd691fc",
)
PACKAGES = (SERIF, SANS, FANDOL, WENKAI, HANAZONO, UNIHAN)

FANDOL_FONTS = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/"
FANDOL_DOC = "usr/share/doc/texlive-doc/fonts/fandol/"


@dataclass(frozen=True, slots=True)
class Product:
    """One shipped file: where it comes from, how it is made, and under what licence it stands."""

    file: str
    family: str
    package: Package
    source: str
    licence: str
    licence_file: str
    treatment: str


PRODUCTS = (
    Product(
        "song.ttf",
        "Noto Serif SC",
        SERIF,
        "package/400Regular/NotoSerifSC_400Regular.ttf",
        "OFL-1.1",
        "OFL-Noto-Serif-SC.txt",
        "unchanged",
    ),
    Product(
        "title-song.ttf",
        "GongwenTitleSong",
        SERIF,
        "package/700Bold/NotoSerifSC_700Bold.ttf",
        "OFL-1.1",
        "OFL-Noto-Serif-SC.txt",
        "cut down to common characters, renamed",
    ),
    Product(
        "hei.ttf",
        "GongwenHei",
        SANS,
        "package/400Regular/NotoSansSC_400Regular.ttf",
        "OFL-1.1",
        "OFL-Noto-Sans-SC.txt",
        "cut down to common characters, renamed",
    ),
    Product(
        "fang.ttf",
        "FandolFang R",
        FANDOL,
        FANDOL_FONTS + "FandolFang-Regular.otf",
        "GPL-3.0 with font exception",
        "GPL-3-font-exception-Fandol.txt",
        "outlines converted from CFF to TrueType, U+FFE5 (drawn as a dollar sign) removed",
    ),
    Product(
        "kai.ttf",
        "FandolKai",
        FANDOL,
        FANDOL_FONTS + "FandolKai-Regular.otf",
        "GPL-3.0 with font exception",
        "GPL-3-font-exception-Fandol.txt",
        "outlines converted from CFF to TrueType, U+FFE5 (drawn as a dollar sign) removed",
    ),
    Product(
        "kai-supplement.ttf",
        "GongwenKaiSupplement",
        WENKAI,
        "usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Light.ttf",
        "OFL-1.1",
        "OFL-LXGW-WenKai.txt",
        "cut down to the characters that kai.ttf or fang.ttf lack, renamed",
    ),
    Product(
        "rare.ttf.xz",
        "HanaMinB",
        HANAZONO,
        "usr/share/fonts/truetype/hanazono/HanaMinB.ttf",
        "Hanazono Font License or OFL-1.1",
        "Hanazono.txt",
        "unchanged, compressed with xz",
    ),
)

# licence file → (package, path inside it)
LICENCES = {
    "OFL-Noto-Serif-SC.txt": (SERIF, "package/LICENSE_FONT"),
    "OFL-Noto-Sans-SC.txt": (SANS, "package/LICENSE_FONT"),
    "GPL-3-font-exception-Fandol.txt": (FANDOL, FANDOL_DOC + "COPYING.gz"),
    "OFL-LXGW-WenKai.txt": (WENKAI, "usr/share/doc/fonts-lxgw-wenkai/copyright"),
    "Hanazono.txt": (HANAZONO, "usr/share/doc/fonts-hanazono/copyright"),
    "Unicode-data.txt": (UNIHAN, "usr/share/doc/unicode-data/copyright"),
}

README = """# Licences of the shipped fonts

| file | face | licence | text | package | what was done |
|---|---|---|---|---|---|
{rows}
`tgh8105.txt` is extracted from Unicode's Unihan database (`Unicode-data.txt`).

Copyright notices, as the fonts carry them:

{notices}
The texts are the packages' own. `tools/build_fonts.py` makes every file from the packages named in
`../fonts.lock.json`; for the two Fandol faces that script and the package's `.otf` files are the
corresponding source. The Fandol font exception is extended to the converted faces: a document that
embeds them does not thereby come under the GNU General Public License. Renamed faces carry none of
the reserved names "Source", "LXGW" and "霞鹜".
"""


def gb2312() -> set[int]:
    """Code points of GB 2312: 6763 hanzi and its symbols."""
    found: set[int] = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes([row, cell]).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return found


def punctuation() -> set[int]:
    """Letters, punctuation, numbering signs, units and arrows that documents and windows use."""
    blocks = (
        (0x20, 0x17F),
        (0x2010, 0x205E),
        (0x20A0, 0x20BF),
        (0x2100, 0x22FF),
        (0x2460, 0x25FF),
        (0x2605, 0x2606),
        (0x2713, 0x2717),
        (0x3000, 0x303F),
        (0x3200, 0x33FF),
        (0xFF01, 0xFF5E),
        (0xFFE0, 0xFFE6),
    )
    return {code for first, last in blocks for code in range(first, last + 1)}
