"""Nothing typed is lost: every form keeps what is typed, and offers it again after a power cut."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from daomao_desktop import ui
from daomao_desktop.services import roster, unsaved
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.unsaved import Slot
from daomao_desktop.store.unsaved import _NAME
from daomao_desktop.ui import typing_keeper
from daomao_desktop.ui.context import Place
from daomao_desktop.ui.dialogs.passwords import PasswordForm
from daomao_desktop.ui.forms.base import Form
from daomao_desktop.ui.forms.fonts import FacesForm
from daomao_desktop.ui.forms.grading import DecisionForm, PaperForm
from daomao_desktop.ui.forms.office import FirstOperatorForm, PlaceForm
from daomao_desktop.ui.main_window import MainWindow
from daomao_desktop.ui.operations import Operations
from daomao_desktop.ui.preferences import Preferences
from daomao_desktop.ui.theme import Appearance
from tests.store.test_secrecy import clear_words
from tests.ui.conftest import settle
from tests.ui.kept_forms import (
    AT_ONCE,
    TOWN,
    VILLAGE,
    form_of,
    keeper_at,
    kind_of,
    place,
    type_into,
)

# Passwords and codes are never kept; before the office is founded there is no key to seal with.
_NEVER = {PasswordForm, PlaceForm, FirstOperatorForm}
_ELSEWHERE = {DecisionForm, PaperForm, FacesForm}  # in further tests, FacesForm in test_fonts_tab
_OTHERS = [name for name in (*TOWN, *VILLAGE) if name not in AT_ONCE]


@dataclass(frozen=True)
class PowerCut:
    """What one process had typed when it was killed, what the next one offered, files then left."""

    typed: dict[str, Any]
    offered: dict[str, Any]
    left: int


@pytest.fixture(scope="module")
def power_cut(town_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> PowerCut:
    """Two real processes: typing into most forms, killed within six seconds; and resuming."""
    folder = tmp_path_factory.mktemp("power") / "镇资料"
    shutil.copytree(town_demo, folder)
    run = [sys.executable, "-m", "tests.ui.kept_forms"]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    typed: dict[str, Any] = {}
    with subprocess.Popen(
        [*run, "typing", str(folder)], stdout=subprocess.PIPE, text=True, env=environment
    ) as clerk:
        assert clerk.stdout is not None
        while (line := json.loads(clerk.stdout.readline())) is not None:
            typed[line["slot"]] = line
        late = time.monotonic() + 6
        while len(_files(folder)) < len(typed) and time.monotonic() < late:
            time.sleep(0.05)
        clerk.kill()
    assert len(_files(folder)) == len(typed)
    assert clear_words(folder, "写到一半") == []
    answer = subprocess.run(
        [*run, "resuming", str(folder)],
        capture_output=True,
        text=True,
        env=environment,
        timeout=120,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    offered = [json.loads(line) for line in answer.stdout.splitlines()][:-1]
    return PowerCut(typed, {one["slot"]: one for one in offered}, len(_files(folder)))


def _files(folder: Path) -> list[Path]:
    """What is kept on the disk, whole: others are still being written."""
    kept = folder / "unsaved"
    return [one for one in kept.iterdir() if len(one.name) == _NAME] if kept.is_dir() else []


class Sitting:
    """Windows of one office, one after another."""

    def __init__(
        self, qtbot: QtBot, desk: Desk, appearance: Appearance, folder: Path, operations: Operations
    ) -> None:
        self.desk, self._qtbot, self._folder = desk, qtbot, folder
        self._appearance, self.operations = appearance, operations
        self.window = self._opened()

    def _opened(self) -> MainWindow:
        window = MainWindow(
            self.desk,
            self._folder,
            self.operations,
            self._appearance,
            Preferences(self._folder),
            "大茂镇",
        )
        window.show()
        window.go(Place("home"))
        settle(self._qtbot, self.operations)
        return window

    def go(self, slot: Slot) -> None:
        self.window.go(place(slot))
        settle(self._qtbot, self.operations)

    def cut(self) -> None:
        """The window is gone without a word, and another is opened."""
        delete(self.window)
        self.window = self._opened()

    def kept(self) -> tuple[unsaved.Typed, ...]:
        settle(self._qtbot, self.operations)
        return unsaved.kept(self.desk)

    def press(self, name: str) -> None:
        (button,) = [
            one for one in self.window.findChildren(QPushButton) if one.accessibleName() == name
        ]
        button.click()
        settle(self._qtbot, self.operations)


@pytest.fixture
def sitting(
    request: pytest.FixtureRequest,
    qtbot: QtBot,
    operations: Operations,
    appearance: Appearance,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Any:
    monkeypatch.setattr(typing_keeper, "KEEP_AFTER_MS", 20)
    village = getattr(request, "param", "") in VILLAGE
    desk = request.getfixturevalue("village_office" if village else "town_office")
    made = Sitting(qtbot, desk, appearance, tmp_path, operations)
    yield made
    settle(qtbot, operations)
    delete(made.window)


@pytest.mark.parametrize(("sitting", "name"), [(n, n) for n in _OTHERS], indirect=["sitting"])
def test_what_is_typed_into_a_form_is_offered_again(
    qtbot: QtBot, sitting: Sitting, name: str
) -> None:
    slot = (TOWN | VILLAGE)[name](sitting.desk)
    sitting.go(slot)
    form = form_of(keeper_at(sitting.window, slot))
    before = form.snapshot()
    type_into(form)
    typed = form.snapshot()
    assert typed != before
    qtbot.waitUntil(lambda: bool(sitting.kept()), timeout=5000)
    (kept,) = sitting.kept()
    assert kept.slot == slot
    assert "secret" not in json.dumps(kept.fields)
    sitting.cut()
    heading = sitting.window.page.kept.heading.text()  # type: ignore[union-attr]
    assert heading == "上次有 1 处没有保存的内容"
    sitting.press(f"接着填：{kept.title}")
    keeper = keeper_at(sitting.window, slot)
    form = form_of(keeper)
    assert form.snapshot() == typed
    assert form.dirty
    assert form.isVisible()
    assert "已经填回来了" in keeper._banner.words.text()
    assert sitting.kept() == (kept,) or sitting.kept()[0].fields == kept.fields
    keeper._banner.buttons[0].click()  # 不要了
    assert form.snapshot() == before
    assert not form.dirty
    assert sitting.kept() == ()


def test_a_form_added_later_keeps_what_is_typed_too(power_cut: PowerCut) -> None:
    """Every form of the program is among those tried, or holds what must not be kept."""
    for module in walk_packages(ui.__path__, "daomao_desktop.ui."):
        import_module(module.name)
    tried = {one["kind"] for one in power_cut.typed.values()}
    assert {kind_of(one) for one in _forms(Form) - _NEVER - _ELSEWHERE} == tried


def _forms(kind: type[Form[Any]]) -> set[type[Form[Any]]]:
    below = set(kind.__subclasses__())
    return below.union(*(_forms(one) for one in below))


def test_it_is_kept_a_few_seconds_after_the_first_key_however_long_they_come(
    qtbot: QtBot, sitting: Sitting
) -> None:
    slot = Slot("duties", "duties")
    sitting.go(slot)
    keeper = keeper_at(sitting.window, slot)
    keeper.timer.setInterval(200)
    content = form_of(keeper).rows.field("content")
    for _ in range(10):  # no pause long enough for a timer that starts anew
        QTest.keyClicks(content, "x")
        qtbot.wait(40)
    (kept,) = sitting.kept()
    assert kept.fields["content"].startswith("xx")


def test_saving_and_giving_up_forget_it(qtbot: QtBot, sitting: Sitting) -> None:
    person = roster.list_leaders(sitting.desk)[0]
    slot = Slot("roster", "leader", person.person_uid)
    for give_up in (False, True):
        sitting.go(slot)
        keeper = keeper_at(sitting.window, slot)
        QTest.keyClicks(form_of(keeper).rows.field("address"), "x")
        qtbot.waitUntil(lambda: bool(sitting.kept()), timeout=5000)
        page: Any = sitting.window.page
        page.panel.cancel() if give_up else page.save_entry()
        assert sitting.kept() == ()


def test_not_saving_forgets_it_even_when_the_program_ends_at_once(
    qtbot: QtBot, town_office: Desk, appearance: Appearance, tmp_path: Path
) -> None:
    operations = Operations()
    sitting = Sitting(qtbot, town_office, appearance, tmp_path, operations)
    slot = Slot("duties", "duties")
    sitting.go(slot)
    keeper = keeper_at(sitting.window, slot)
    QTest.keyClicks(form_of(keeper).rows.field("content"), "x")
    keeper.timer.timeout.emit()
    assert len(sitting.kept()) == 1
    operations.query(lambda: time.sleep(0.2), lambda _none: None)  # the worker is busy
    sitting.window.close()
    (drop,) = [b for b in sitting.window.findChildren(QPushButton) if b.text() == "不保存"]
    drop.click()
    operations.close()
    assert unsaved.kept(town_office) == ()


def test_a_record_changed_since_keeps_its_other_fields_and_is_announced(
    qtbot: QtBot, sitting: Sitting
) -> None:
    person = roster.list_leaders(sitting.desk)[0].person_uid
    slot = Slot("roster", "leader", person)
    sitting.go(slot)
    form: Any = form_of(keeper_at(sitting.window, slot))
    form.rows.field("address").setText("打到一半")
    qtbot.waitUntil(lambda: bool(sitting.kept()), timeout=5000)
    draft = roster.leader_draft(sitting.desk, person)
    changed = replace(draft, address="别人写的", education="大专")
    roster.change_leader(sitting.desk, person, changed)
    sitting.cut()
    sitting.go(slot)  # opening the very record offers it, too
    keeper = keeper_at(sitting.window, slot)
    now = form_of(keeper).snapshot()
    assert (now["address"], now["education"]) == ("打到一半", "大专")
    assert "后来改过（住址）" in keeper._banner.words.text()


def test_what_is_not_wanted_goes_from_the_first_page_and_can_be_had_back(
    qtbot: QtBot, sitting: Sitting
) -> None:
    slot = Slot("duties", "duties")
    sitting.go(slot)
    QTest.keyClicks(form_of(keeper_at(sitting.window, slot)).rows.field("content"), "x")
    qtbot.waitUntil(lambda: bool(sitting.kept()), timeout=5000)
    sitting.cut()
    page: Any = sitting.window.page
    sitting.press("不要了：履职记录（新）")
    assert page.kept.isHidden()
    assert sitting.kept() == ()
    (back,) = [b for b in sitting.window.told.buttons if b.text() == "恢复"]
    back.click()
    assert len(sitting.kept()) == 1
    assert not page.kept.isHidden()


def test_a_full_disk_is_one_quiet_line(
    qtbot: QtBot, sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("daomao_desktop.store.unsaved.replace_bytes", full)
    slot = Slot("duties", "duties")
    sitting.go(slot)
    QTest.keyClicks(form_of(keeper_at(sitting.window, slot)).rows.field("content"), "x")
    told = sitting.window.told
    qtbot.waitUntil(lambda: told.words.text().startswith("没能自动暂存"), timeout=5000)


def test_a_kill_six_seconds_after_typing_loses_nothing(power_cut: PowerCut) -> None:
    typed, offered = power_cut.typed, power_cut.offered
    assert len(typed) == len(AT_ONCE)
    assert {slot: one["form"] for slot, one in offered.items()} == {
        slot: one["form"] for slot, one in typed.items()
    }
    assert all(one["dirty"] for one in offered.values())
    assert all("已经填回来了" in one["told"] for one in offered.values())
    assert {slot: one["given_up"] for slot, one in offered.items()} == {
        slot: one["before"] for slot, one in typed.items()
    }
    assert power_cut.left == 0  # 不要了 was pressed at each
