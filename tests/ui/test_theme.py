"""Colours that can be read, a style sheet without gaps, and switching while the window is open."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from daomao_desktop.paths import resource
from daomao_desktop.ui.preferences import Preferences
from daomao_desktop.ui.theme import DARK, LIGHT, Appearance, Colours, Look, px, style_sheet

READABLE = 4.5


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """As WCAG 2 defines it, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_can_be_read_on_its_ground(colours: Colours) -> None:
    pairs = [
        (colours.text, ground)
        for ground in (colours.window, colours.base, colours.alternate, colours.header)
    ]
    pairs += [
        (colours.muted, ground)
        for ground in (colours.window, colours.base, colours.alternate, colours.header)
    ]
    pairs += [
        (colours.selected, colours.selection),
        (colours.on_accent, colours.button),
        (colours.accent, colours.base),
        (colours.accent, colours.window),
        (colours.error, colours.base),
        (colours.error, colours.alternate),
        (colours.error, colours.error_ground),
        (colours.good, colours.good_ground),
        (colours.good, colours.base),
        (colours.warn, colours.warn_ground),
        (colours.warn, colours.base),
    ]
    weak = [(pair, round(contrast(*pair), 2)) for pair in pairs if contrast(*pair) < READABLE]
    assert not weak


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_fields_stand_out_from_their_ground(colours: Colours) -> None:
    assert contrast(colours.border, colours.base) > 1.3


@pytest.mark.parametrize("look", [Look(), Look(dark=True), Look(large=True), Look(True, True)])
def test_the_style_sheet_is_filled_in(look: Look) -> None:
    text = style_sheet(look)
    assert "@" not in text
    assert text.count("{") == text.count("}")
    pictures = re.findall(r"url\(([^)]+)\)", text)
    assert pictures
    for picture in pictures:
        assert resource("theme").joinpath(picture.rsplit("/", 1)[1]).is_file()


def test_large_is_half_as_large_again(qtbot: QtBot, appearance: Appearance) -> None:
    label = QLabel("王龚")
    qtbot.addWidget(label)
    label.show()
    before = label.font().pointSizeF()
    seen: list[Look] = []
    appearance.changed.connect(seen.append)
    appearance.set_large(True)
    QApplication.processEvents()
    assert label.font().pointSizeF() == pytest.approx(before * 1.5, abs=0.1)
    assert px(30) == 45
    appearance.set_large(True)  # nothing new, nothing told
    assert [look.large for look in seen] == [True]
    appearance.changed.disconnect(seen.append)


def test_dark_and_back(qtbot: QtBot, appearance: Appearance, qapp: QApplication) -> None:
    button = QPushButton("保存")
    qtbot.addWidget(button)
    button.show()
    appearance.set_dark(True)
    assert qapp.palette().window().color().name() == DARK.window.lower()
    appearance.set_dark(False)
    assert qapp.palette().window().color().name() == LIGHT.window.lower()


def test_the_screen_has_a_chinese_face(appearance: Appearance, qapp: QApplication) -> None:
    assert "GongwenHei" in qapp.font().families()
    assert not appearance.lacks("王龚欧阳文华")


def test_the_look_is_remembered(tmp_path: Path) -> None:
    Preferences(tmp_path).save_look(Look(dark=True, large=True))
    assert Preferences(tmp_path).look() == Look(dark=True, large=True)
    (tmp_path / "other").mkdir()
    assert Preferences(tmp_path / "other").look() == Look()


def test_tabs_on_the_screen_grow_with_the_size(qtbot: QtBot, appearance: Appearance) -> None:
    tabs = QTabWidget()
    qtbot.addWidget(tabs)
    tabs.addTab(QWidget(), "单位和操作员")
    tabs.show()
    appearance.set_large(False)
    normal = tabs.tabBar().fontMetrics().height()
    appearance.set_large(True)
    large = tabs.tabBar().fontMetrics().height()
    appearance.set_large(False)
    assert large > normal * 1.3
    assert tabs.tabBar().fontMetrics().height() == normal


RARE = """
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QPushButton
from daomao_desktop.ui.dialogs.base import Sheet
from daomao_desktop.ui.theme import Appearance, rare_face
from daomao_desktop.ui.widgets.parts import Banner, Card, label

application = QApplication([])
appearance = Appearance(application)
window = QMainWindow()
window.show()
sheet = Sheet("吴𠮷", window)
field = QLineEdit("吴𠮷")
card = Card(heading="吴𠮷")
banner = Banner()
banner.tell("吴𠮷")
parts = [label("吴𠮷", role) for role in ("title", "strong", "muted", "hint")]
for part in (field, card, banner, QPushButton("吴𠮷"), *parts):
    sheet.body.addWidget(part)
sheet.open()
application.processEvents()
shown = [sheet.heading, field, *parts]
before = [widget.grab().toImage() for widget in shown]
assert appearance.lacks("吴𠮷")
appearance.add_rare(rare_face())
application.processEvents()
stale = [
    widget.objectName() or type(widget).__name__
    for widget in sheet.findChildren(object)
    if hasattr(widget, "font") and "HanaMinB" not in widget.font().families()
    and "viewport" not in widget.objectName() and type(widget).__name__ != "QWidget"
]
same = [n for n, widget in enumerate(shown) if widget.grab().toImage() == before[n]]
print(stale, same)
"""


RARE_TABLE = """
from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QApplication
from daomao_desktop.ui.preferences import Preferences
from daomao_desktop.ui.theme import Appearance, rare_face
from daomao_desktop.ui.widgets.data_table import DataTable
from pathlib import Path
import sys

application = QApplication([])
appearance = Appearance(application)
table = DataTable("names", Preferences(Path(sys.argv[1])))
table.show_model(QStringListModel(["吴𠮷", "𠮷"]))
table.show()
application.processEvents()
before = table.viewport().grab().toImage()
appearance.add_rare(rare_face())
application.processEvents()
print(table.viewport().grab().toImage() == before)
"""


def _told_without_fonts_of_the_machine(code: str, folder: Path) -> str:
    """What the code prints in a process that has the shipped fonts only."""
    bare = folder / "fonts.conf"
    bare.write_text("<fontconfig></fontconfig>", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "FONTCONFIG_FILE": str(bare)},
    )
    return done.stdout or done.stderr


def test_the_face_of_rare_characters_reaches_headings_and_fields_already_shown(
    tmp_path: Path,
) -> None:
    assert _told_without_fonts_of_the_machine(RARE, tmp_path) == "[] []\n"


def test_a_table_already_shown_is_painted_anew_with_the_rare_face(tmp_path: Path) -> None:
    assert _told_without_fonts_of_the_machine(RARE_TABLE, tmp_path) == "False\n"
