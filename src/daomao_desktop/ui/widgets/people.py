"""Finding people by name, pinyin initials or group: one of them, or many with ticks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from daomao_desktop.domain.roster import matches
from daomao_desktop.services.roster import LeaderRow
from daomao_desktop.ui.theme import px, set_role
from daomao_desktop.ui.widgets.buttons import button
from daomao_desktop.ui.widgets.parts import SearchBox, label


@dataclass(frozen=True, slots=True)
class Someone:
    """A leader as the pickers need it; ``village`` only where there are several."""

    uid: str
    name: str
    pinyin: str
    initials: str
    group: str
    village: str = ""

    @property
    def words(self) -> str:
        return f"{self.name}　{self.village}{self.group}"


def people(rows: Iterable[LeaderRow], *, town: bool) -> tuple[Someone, ...]:
    """The pickers' people; a town office also needs the village's name."""
    return tuple(
        Someone(
            row.person_uid,
            row.name,
            row.pinyin,
            row.initials,
            row.group,
            row.village if town else "",
        )
        for row in rows
    )


def found(query: str, those: Iterable[Someone]) -> list[Someone]:
    """The people a list shows for what was typed."""
    return [p for p in those if matches(query, p.name, p.pinyin, p.initials, p.group, p.village)]


class _PeopleCompleter(QCompleter):
    """Offers whoever the search finds, not only names that begin with the text."""

    def splitPath(self, _path: str) -> list[str]:
        return [""]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data() or "")


class PersonField(QLineEdit):
    """One person; typing narrows the list, Enter takes the first and goes on to the next field."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("姓名 / 拼音首字母 / 组")
        self._people: tuple[Someone, ...] = ()
        self._uid: str | None = None
        self._names = QStringListModel(self)
        completer = _PeopleCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(12)
        completer.activated.connect(self._on_taken)
        self.setCompleter(completer)
        self._offered = completer
        self.textEdited.connect(self._on_typed)

    def set_people(self, those: Sequence[Someone]) -> None:
        self._people = tuple(those)

    def uid(self) -> str:
        """Who it is; empty while nobody is chosen or several are possible."""
        if self._uid is None:
            fits = found(self.text().strip(), self._people) if self.text().strip() else []
            exact = [p for p in self._people if self.text().strip() in (p.name, p.words)]
            if len(exact) == 1:
                return exact[0].uid
            return fits[0].uid if len(fits) == 1 else ""
        return self._uid

    def set_uid(self, uid: str | None, name: str = "") -> None:
        """Shows that person; ``name`` for somebody who is no longer in the list."""
        person = next((p for p in self._people if p.uid == uid), None)
        self._uid = uid or None
        self.setText(person.words if person else name)
        self.setCursorPosition(0)

    def raw(self) -> list[str]:
        """Who was chosen and what was typed, word for word."""
        return [self._uid or "", self.text()]

    def set_raw(self, value: Any) -> None:
        if isinstance(value, list) and len(value) == 2:
            self._uid = str(value[0]) or None
            self.setText(str(value[1]))
            self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()  # and never hands the form in: the name is hardly ever its last field
            event.accept()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        """The one marked in the list, else whom the words mean, else the first found."""
        typed, popup = self.text().strip(), self._offered.popup()
        assert popup is not None  # this one has a popup
        if popup.isVisible() and popup.currentIndex().isValid():
            self._on_taken(str(popup.currentIndex().data()))
        elif typed and not self.uid():
            first = next(iter(found(typed, self._people)), None)
            if first is None:
                QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), "没有找到这个人。")
                return
            self._uid = first.uid
        popup.hide()
        uid = self.uid()
        if uid:
            self.set_uid(uid, self.text())
            self.chosen.emit()
            self.focusNextChild()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        uid = self.uid()
        if uid and self._uid is None:
            self.set_uid(uid)

    def _on_typed(self, text: str) -> None:
        self._uid = None
        self._names.setStringList([p.words for p in found(text.strip(), self._people)])

    def _on_taken(self, words: str) -> None:
        person = next((p for p in self._people if p.words == words), None)
        if person is not None:
            self._uid = person.uid
            self.chosen.emit()


class PeopleList(QWidget):
    """Many people with ticks; a search, all, none, and how many are ticked."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "plain")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(4))
        row = QHBoxLayout()
        self.search = SearchBox("姓名 / 拼音首字母 / 组")
        self.search.searched.connect(self._on_search)
        row.addWidget(self.search, 1)
        row.addWidget(button("全选", lambda: self._tick(True)))
        row.addWidget(button("全不选", lambda: self._tick(False)))
        layout.addLayout(row)
        self.list = QListWidget()
        self.list.setAccessibleName("小组长")
        self.list.setMinimumHeight(px(170))
        self.list.itemChanged.connect(lambda _item: self._count())
        layout.addWidget(self.list)
        self.note = label("", "hint")
        layout.addWidget(self.note)
        self._people: tuple[Someone, ...] = ()

    def set_people(self, those: Sequence[Someone]) -> None:
        self._people = tuple(those)
        self.list.clear()
        for person in those:
            item = QListWidgetItem(person.words)
            item.setData(Qt.ItemDataRole.UserRole, person.uid)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self._count()

    def ticked(self) -> tuple[str, ...]:
        """The uids of those ticked, shown or not."""
        return tuple(
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in self._items()
            if item.checkState() is Qt.CheckState.Checked
        )

    def set_ticked(self, uids: Collection[str]) -> None:
        """Ticks these, and nobody else."""
        for item in self._items():
            on = item.data(Qt.ItemDataRole.UserRole) in uids
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def raw(self) -> list[str]:
        return list(self.ticked())

    def set_raw(self, value: Any) -> None:
        if isinstance(value, list):
            self.set_ticked(value)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _on_search(self, text: str) -> None:
        shown = {p.uid for p in found(text, self._people)} if text else None
        for item in self._items():
            uid = item.data(Qt.ItemDataRole.UserRole)
            item.setHidden(shown is not None and uid not in shown)

    def _tick(self, on: bool) -> None:
        state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        self._on_search(self.search.text().strip())  # it waits a moment after the last key
        for item in self._items():
            if not item.isHidden():
                item.setCheckState(state)

    def _count(self) -> None:
        self.note.setText(f"已选 {len(self.ticked())} / {self.list.count()} 人（空格键打勾）")
        self.changed.emit()
