"""送审稿 across every page: large and light under the text, and nowhere else."""

from __future__ import annotations

import io

import pdfplumber
import pytest

from daomao_desktop.documents.kinds import certificate, criticism, deduction
from daomao_desktop.documents.typesetting import Paper, typeset
from tests.documents import examples

STAMP = "送审稿"
PAPERS: dict[str, Paper] = {
    "criticism": criticism.compose(examples.CRITICISM),
    "certificate": certificate.compose(examples.CERTIFICATE),
    "landscape": examples.REPORT,
}


def _pages(pdf: bytes) -> list[str]:
    """The characters of each page as they are drawn."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return ["".join(char["text"] for char in page.chars) for page in document.pages]


def test_a_page_left_blank_for_a_back_stays_blank() -> None:
    """Or printing on one side could not leave it out."""
    letter = deduction.compose(examples.DEDUCTION)
    assert [bool(text) for text in _pages(typeset(letter))] == [True, False, True]
    assert [bool(text) for text in _pages(typeset(letter, stamp=STAMP))] == [True, False, True]


@pytest.mark.parametrize("kind", PAPERS)
def test_every_page_is_stamped_below_its_text_which_stays_the_same(kind: str) -> None:
    own, stamped = typeset(PAPERS[kind]), typeset(PAPERS[kind], stamp=STAMP)
    assert _pages(stamped) == [STAMP + text for text in _pages(own)]
    assert STAMP not in "".join(_pages(own))
    assert typeset(PAPERS[kind], stamp=STAMP) == stamped
    with pdfplumber.open(io.BytesIO(stamped)) as document:
        for page in document.pages:
            marks = page.chars[: len(STAMP)]
            assert {char["non_stroking_color"] for char in marks} == {(0.87,)}
            assert all(char["x0"] > 0 and char["x1"] < page.width for char in marks)
            assert all(char["top"] > 0 and char["bottom"] < page.height for char in marks)
            assert all(char["matrix"][1] > 0 for char in marks)  # rising to the right
            middle = (marks[0]["x0"] + marks[-1]["x1"]) / 2
            assert abs(middle - float(page.width) / 2) < 20
