"""Rebuild ``resources/fonts/`` from pinned packages; the same input gives the same bytes.

    python tools/build_fonts.py [--archives DIR] [--out DIR] [--check]

The packages come through ordinary clients (``npm pack``, ``apt-get download``) and are checked
against the SHA-256 written below. ReportLab embeds TrueType outlines only, so the Fandol faces are
converted; what is shipped whole and what is cut down follows from size and coverage.
"""

from __future__ import annotations

import argparse
import bz2
import gzip
import hashlib
import json
import lzma
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable
from pathlib import Path

import fontTools
from font_sources import (
    FANDOL,
    HANAZONO,
    LICENCES,
    PACKAGES,
    PRODUCTS,
    README,
    UNIHAN,
    WENKAI,
    Package,
    Product,
    gb2312,
    punctuation,
)
from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

FONTS = Path(__file__).resolve().parents[1] / "resources" / "fonts"
LOCK = "fonts.lock.json"
CHARACTERS = "tgh8105.txt"
YEN = 0xFFE5  # Fandol draws "$" for ￥; without the entry the fallback chain finds a right one
MODIFIED = "Modified for daomao-desktop, November 2026: "


class BuildError(Exception):
    """The fonts cannot be built; ``str(error)`` is one sentence."""


def sha256_of(path: Path) -> str:
    """Hexadecimal SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def verify(path: Path, expected: str) -> None:
    """Raise BuildError unless the file has the expected SHA-256."""
    found = sha256_of(path)
    if found != expected:
        raise BuildError(f"{path.name} has SHA-256 {found}, expected {expected}: not used.")


def require_client(name: str) -> str:
    """Full path of a command, or BuildError naming it."""
    found = shutil.which(name)
    if found is None:
        raise BuildError(f"The command {name} is needed to build the fonts and is not installed.")
    return found


def run(command: list[str], folder: Path) -> None:
    """Run a client quietly in a folder; BuildError with its last line when it fails."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip() or "no message").splitlines()[-1]
        raise BuildError(f"{Path(command[0]).name} failed for {command[-1]}: {last}")


def fetch(package: Package, archives: Path) -> Path:
    """The package's verified archive in the folder, downloaded when it is not there yet."""
    path = archives / package.archive
    if not path.exists():
        if package.client == "npm":
            run([require_client("npm"), "pack", f"{package.name}@{package.version}"], archives)
        else:
            apt_get = require_client("apt-get")
            run([apt_get, "download", f"{package.name}={package.version}"], archives)
    if not path.exists():
        raise BuildError(f"The client did not leave {package.archive}.")
    verify(path, package.sha256)
    return path


def unpack(archive: Path, package: Package, folder: Path) -> Path:
    """Unpack an archive into a folder of its own and return that folder."""
    target = folder / package.archive
    target.mkdir()
    if package.client == "npm":
        with tarfile.open(archive) as tar:
            tar.extractall(target, filter="data")
    else:
        run([require_client("dpkg-deb"), "-x", str(archive), str(target)], folder)
    return target


def read_tgh(unihan: Path) -> str:
    """The 8105 characters of 通用规范汉字表 (2013) in its own order, from Unihan's kTGH."""
    numbered: list[tuple[int, str]] = []
    with bz2.open(unihan, "rt", encoding="utf-8") as lines:
        for line in lines:
            code, _, rest = line.partition("\t")
            field, _, value = rest.strip().partition("\t")
            if field == "kTGH" and code.startswith("U+"):
                numbered.append(
                    (int(value.partition(":")[2]), chr(int(code.removeprefix("U+"), 16)))
                )
    if [number for number, _ in sorted(numbered)] != list(range(1, 8106)):
        raise BuildError("Unihan's kTGH does not number 8105 characters from 1 on.")
    return "".join(character for _, character in sorted(numbered))


def set_names(font: TTFont, family: str | None, change: str) -> None:
    """Say in the name table what was changed; with a family, drop every earlier name.

    OFL 1.1 clause 3: a modified font must not carry a reserved name. Only the copyright, the
    licence and the version stay; ReportLab copies this table into each embedded subset.
    """
    table = font["name"]
    style = table.getDebugName(2) or "Regular"
    if family is not None:
        keep = {0, 5, 13, 14}
        texts = {name_id: table.getDebugName(name_id) for name_id in keep}
        table.names = []
        postscript = f"{family}-{style}"
        texts |= {1: family, 2: style, 3: postscript, 4: family, 6: postscript}
        for name_id, text in sorted(texts.items()):
            table.setName(text, name_id, 3, 1, 0x409)
    table.setName(f"{MODIFIED}{change}.", 10, 3, 1, 0x409)
    table.names.sort()


def cut(source: Path, target: Path, keep: Iterable[int], product: Product) -> None:
    """Write a renamed subset that holds the wanted characters which the source has."""
    options = subset.Options()
    options.layout_features = []
    options.hinting = product.package is not WENKAI  # its fpgm would go into each embedded subset
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx", "VORG", "DSIG"]
    font = TTFont(source, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=sorted(keep))
    cutter.subset(font)
    set_names(font, product.family, product.treatment)
    font.save(target)


def convert(source: Path, target: Path, product: Product) -> None:
    """Convert a CFF font to TrueType outlines, within 1/1000 em, and drop U+FFE5."""
    font = TTFont(source, recalcTimestamp=False)
    order = font.getGlyphOrder()
    outlines = font.getGlyphSet()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(None)
        outlines[name].draw(Cu2QuPen(pen, 1.0, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    glyf = font["glyf"] = newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = order, glyphs
    for name, glyph in glyphs.items():
        glyph.recalcBounds(glyf)
        advance, _ = font["hmtx"][name]
        font["hmtx"][name] = (advance, glyph.xMin if glyph.numberOfContours else 0)
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for field in ("TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs"):
        setattr(maxp, f"max{field}", 0)
    maxp.maxStackElements = maxp.maxSizeOfInstructions = 0
    maxp.maxComponentElements = maxp.maxComponentDepth = 0
    maxp.maxZones = 1
    for tag in ("CFF ", "VORG", "GSUB", "GPOS", "BASE", "DSIG"):
        if tag in font:
            del font[tag]
    post = font["post"]
    post.formatType, post.extraNames, post.mapping, post.glyphOrder = 3.0, [], {}, order
    font.sfntVersion = "\0\1\0\0"
    font["head"].glyphDataFormat = 0
    cmap = font["cmap"]
    cmap.tables = [table for table in cmap.tables if table.platformID != 1]  # a Mac GB2312 table
    for table in cmap.tables:
        table.cmap.pop(YEN, None)
    set_names(font, None, product.treatment)
    font.save(target)


def compress(source: Path, target: Path) -> None:
    """Compress with xz, preset 9, one thread: the same bytes each time."""
    target.write_bytes(lzma.compress(source.read_bytes(), preset=9))


def code_points(path: Path) -> set[int]:
    """Code points the font file maps to a glyph."""
    with TTFont(path, lazy=True) as font:
        return set(font.getBestCmap())


def licence_text(path: Path) -> str:
    """A licence as the package carries it, unpacked when it is gzip."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    return "\n".join(line.rstrip() for line in text.splitlines()).rstrip() + "\n"


def blank_hanzi(path: Path) -> list[str]:
    """Hanzi that the font file maps to a glyph without an outline: they would print as nothing."""
    hanzi = (range(0x3400, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x32000))
    with TTFont(path, lazy=True) as font:
        glyf = font["glyf"]
        return [
            chr(code)
            for code, name in font.getBestCmap().items()
            if any(code in block for block in hanzi) and glyf[name].numberOfContours == 0
        ]


def make_faces(roots: dict[Package, Path], out: Path, tgh: str) -> None:
    """Write every product into ``out``; the order matters only for the supplement, made last."""
    common = {ord(character) for character in tgh} | gb2312() | punctuation()
    deferred: list[Product] = []
    for product in PRODUCTS:
        source, target = roots[product.package] / product.source, out / product.file
        if not source.exists():
            raise BuildError(f"{product.package.archive} does not hold {product.source}.")
        if product.package is FANDOL:
            convert(source, target, product)
        elif product.package is WENKAI:
            deferred.append(product)
        elif product.package is HANAZONO:
            compress(source, target)
        elif product.treatment == "unchanged":
            shutil.copyfile(source, target)
        else:
            cut(source, target, common, product)
    in_both = code_points(out / "fang.ttf") & code_points(out / "kai.ttf")
    for product in deferred:
        lacking = {ord(character) for character in tgh} - in_both
        cut(roots[product.package] / product.source, out / product.file, lacking, product)
    for product in PRODUCTS:
        if product.file.endswith(".ttf") and (blank := blank_hanzi(out / product.file)):
            raise BuildError(f"{product.file} has no outline for {''.join(blank)}.")


def make_lock(out: Path) -> str:
    """The lock file's text: for each face its file, hash and origin."""
    faces = [
        {
            "file": product.file,
            "face": product.family,
            "sha256": sha256_of(out / product.file),
            "bytes": (out / product.file).stat().st_size,
            "package": product.package.name,
            "version": product.package.version,
            "archive": product.package.archive,
            "archive_sha256": product.package.sha256,
            "source": product.source,
            "treatment": product.treatment,
            "licence": product.licence,
            "licence_file": f"licences/{product.licence_file}",
        }
        for product in PRODUCTS
    ]
    data = {
        "file": CHARACTERS,
        "sha256": sha256_of(out / CHARACTERS),
        "package": UNIHAN.name,
        "version": UNIHAN.version,
        "archive_sha256": UNIHAN.sha256,
        "licence_file": "licences/Unicode-data.txt",
    }
    lock = {"fonttools": fontTools.version, "faces": faces, "characters": data}
    return json.dumps(lock, ensure_ascii=False, indent=2) + "\n"


def copyright_of(path: Path) -> str:
    """The copyright notice in a font's own name table, on one line."""
    with TTFont(path, lazy=True) as font:
        return "; ".join(str(font["name"].getDebugName(0)).splitlines())


def make_readme(roots: dict[Package, Path]) -> str:
    """Text of licences/README.md: which licence covers which file, and what was changed."""
    notices = "".join(
        f"- `{product.file}`: {copyright_of(roots[product.package] / product.source)}\n"
        for product in PRODUCTS
    )
    rows = "".join(
        f"| `{product.file}` | {product.family} | {product.licence} | `{product.licence_file}` "
        f"| {product.package.name} {product.package.version} | {product.treatment} |\n"
        for product in PRODUCTS
    )
    return README.format(rows=rows, notices=notices)


def build(archives: Path, out: Path) -> None:
    """Make the whole folder anew; ``out`` must be an empty directory."""
    with tempfile.TemporaryDirectory() as scratch:
        roots = {
            package: unpack(fetch(package, archives), package, Path(scratch))
            for package in PACKAGES
        }
        tgh = read_tgh(roots[UNIHAN] / "usr/share/unicode/Unihan_OtherMappings.txt.bz2")
        lines = [tgh[start : start + 100] for start in range(0, len(tgh), 100)]
        (out / CHARACTERS).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
        make_faces(roots, out, tgh)
        licences = out / "licences"
        licences.mkdir()
        for name, (package, source) in LICENCES.items():
            text = licence_text(roots[package] / source)
            (licences / name).write_text(text, encoding="utf-8", newline="\n")
        (licences / "README.md").write_text(make_readme(roots), encoding="utf-8", newline="\n")
        (out / LOCK).write_text(make_lock(out), encoding="utf-8", newline="\n")


def differences(made: Path, kept: Path) -> list[str]:
    """Names of files that differ between two folders or are missing in one."""
    names = {
        str(path.relative_to(folder))
        for folder in (made, kept)
        for path in folder.rglob("*")
        if path.is_file()
    }
    return sorted(
        name
        for name in names
        if not (made / name).is_file()
        or not (kept / name).is_file()
        or sha256_of(made / name) != sha256_of(kept / name)
    )


def main(arguments: list[str] | None = None) -> int:
    """Build, or with ``--check`` only compare; 0 when done and equal, 1 with one sentence."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--archives", type=Path, help="folder that holds or keeps the packages")
    parser.add_argument("--out", type=Path, default=FONTS, help="folder to write")
    parser.add_argument(
        "--check", action="store_true", help="compare with the folder, write nothing"
    )
    options = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory() as scratch:
            archives = options.archives or Path(scratch) / "archives"
            made = Path(scratch) / "fonts"
            made.mkdir()
            archives.mkdir(parents=True, exist_ok=True)
            build(archives.resolve(), made)
            if options.check:
                if changed := differences(made, options.out):
                    raise BuildError(f"The build differs from the folder in {', '.join(changed)}.")
                return 0
            if options.out.exists() and any(options.out.iterdir()):
                if not (options.out / LOCK).is_file():
                    raise BuildError(f"{options.out} is not a font folder: not overwritten.")
                shutil.rmtree(options.out)
            shutil.copytree(made, options.out, dirs_exist_ok=True)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
