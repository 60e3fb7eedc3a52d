"""What is prepared beforehand: afterwards the first document opens no font and loads no library."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from daomao_desktop.documents import font_files, office_fonts
from daomao_desktop.documents.fonts import BUNDLED, Face
from daomao_desktop.documents.office_fonts import choice_of
from daomao_desktop.documents.preparing import prepare
from daomao_desktop.documents.typesetting import typeset
from tests.documents import examples
from tests.documents.font_making import make_font

ROOT = Path(__file__).parents[2]
FRESH = """
import sys
from daomao_desktop.documents.preparing import prepare
assert "reportlab" not in sys.modules
steps = sum(1 for _ in prepare({}))
late = []
def heard(event, arguments):
    if event == "open" and str(arguments[0]).endswith((".ttf", ".xz")):
        late.append(str(arguments[0]))
    elif event == "import" and arguments[0].split(".")[0] in ("reportlab", "PIL"):
        late.append(arguments[0])
sys.addaudithook(heard)
from daomao_desktop.documents.kinds import criticism
from daomao_desktop.documents.typesetting import typeset
from tests.documents import examples
for paper in (criticism.compose(examples.CRITICISM), examples.AWARD):
    typeset(paper)
print(steps, late)
"""


def test_the_first_document_opens_no_font_file_after_the_preparation() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FRESH], cwd=ROOT, capture_output=True, text=True, check=False
    )
    steps, late = done.stdout.split(" ", 1)
    assert done.returncode == 0, done.stderr
    assert late.strip() == "[]"
    assert int(steps) >= 10  # short ones


def test_fonts_of_this_pc_are_found_and_measured_beforehand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = make_font(tmp_path / "fs.ttf", "fang.ttf", family="仿宋_GB2312")
    monkeypatch.setattr(office_fonts, "font_folders", lambda: [tmp_path])
    for _step in prepare({Face.FANG: "仿宋_GB2312"}):
        pass

    def opened(*_: object) -> None:
        raise AssertionError("opened again")

    monkeypatch.setattr(office_fonts, "_opened", opened)
    monkeypatch.setattr(font_files, "_font", opened)
    choice = choice_of({Face.FANG: "仿宋_GB2312"})
    assert choice is not BUNDLED
    own = choice.font(Face.FANG)
    assert own is not None
    assert own.path == file
    assert typeset(examples.FILE, faces=choice) != typeset(examples.FILE)
