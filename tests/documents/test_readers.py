"""Every kind and format in other people's readers, and the same bytes in another process.

poppler, MuPDF, pdfium and qpdf must have nothing to say about any of them.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from daomao_desktop.documents.typesetting import Paper, typeset, typeset_all
from tests.documents import examples
from tests.documents.test_kinds import DOCUMENTS
from tests.programs import need

ROOT = Path(__file__).parents[2]

PAPERS: dict[str, Paper] = DOCUMENTS | {
    "file": examples.FILE,
    "upward file": examples.UPWARD,
    "letter": examples.LETTER,
    "plain": examples.PLAIN,
    "long": examples.LONG,
    "report": examples.REPORT,
    "award": examples.AWARD,
}
TOGETHER = "all in one"
NAMES = [*PAPERS, TOGETHER]


def _typeset(name: str) -> bytes:
    if name == TOGETHER:
        return typeset_all(list(PAPERS.values()), title="全部文书")
    return typeset(PAPERS[name])


def sums() -> list[str]:
    """The SHA-256 of every paper, in the order of NAMES."""
    return [hashlib.sha256(_typeset(name)).hexdigest() for name in NAMES]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("papers")
    made = {}
    for number, name in enumerate(NAMES):
        made[name] = folder / f"{number}.pdf"
        made[name].write_bytes(_typeset(name))
    return made


def _silent(*words: str | Path) -> str:
    """What the program prints; it must succeed and have nothing to complain about."""
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, ""), words
    return done.stdout


@pytest.mark.parametrize("name", NAMES)
def test_poppler_opens_it(files: dict[str, Path], name: str, tmp_path: Path) -> None:
    need("pdfinfo", "pdftotext", "pdftoppm")
    file = files[name]
    information = _silent("pdfinfo", file)
    assert "Page size:" in information
    assert "(A4)" in information
    text = _silent("pdftotext", "-enc", "UTF-8", file, "-")
    assert len(text.split()) > 3
    assert "\ufffd" not in text
    _silent("pdftoppm", "-r", "20", "-gray", file, tmp_path / "page")
    assert len(list(tmp_path.iterdir())) == text.count("\f")


@pytest.mark.parametrize("name", NAMES)
def test_mupdf_opens_it(files: dict[str, Path], name: str, tmp_path: Path) -> None:
    need("mutool")
    information = _silent("mutool", "info", files[name])
    assert "Fonts (" in information
    # It names each page on stderr; -N: Debian's build warns about its own lack of ICC profiles.
    picture = f"{tmp_path}/page-%d.png"
    words = ["mutool", "draw", "-N", "-r", "20", "-o", picture, str(files[name])]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0
    assert "warning" not in done.stderr.lower()
    assert "error" not in done.stderr.lower()
    assert list(tmp_path.iterdir())


@pytest.mark.parametrize("name", NAMES)
def test_pdfium_opens_it(files: dict[str, Path], name: str) -> None:
    with pypdfium2.PdfDocument(files[name]) as document:
        assert len(document) >= 1
        for page in document:
            picture = page.render(scale=0.3, grayscale=True).to_pil()
            lightest, darkest = picture.getextrema()[::-1]
            assert lightest == 255
            text = page.get_textpage()
            assert darkest < 200 or not text.count_chars()  # the back of a sheet may be empty
            text.close()


@pytest.mark.parametrize("name", NAMES)
def test_qpdf_finds_no_fault(files: dict[str, Path], name: str) -> None:
    need("qpdf")
    said = _silent("qpdf", "--check", files[name])
    assert "No syntax or stream encoding errors found" in said
    assert "WARNING" not in said


@pytest.mark.parametrize("name", NAMES)
def test_every_font_is_embedded_as_a_subset_with_its_text(
    files: dict[str, Path], name: str
) -> None:
    need("pdffonts")
    heading, _rule, *rows = _silent("pdffonts", files[name]).splitlines()
    assert rows
    at = heading.index("emb")
    for row in rows:
        assert row[at:].split()[:3] == ["yes", "yes", "yes"], row
        assert "Helvetica" not in row


def test_again_and_in_another_process_the_bytes_are_the_same(files: dict[str, Path]) -> None:
    script = "from tests.documents.test_readers import sums; print(*sums(), sep='\\n')"
    environment = os.environ | {"PYTHONHASHSEED": "4711"}
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    first = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files.values()]
    for again in (sums(), done.stdout.split()):
        assert [name for name, a, b in zip(NAMES, first, again, strict=True) if a != b] == []
