"""Rows of a form: a label that leads to its field, and a line below for hint, warning or error."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from daomao_desktop.ui.rescale import SCALES
from daomao_desktop.ui.theme import px, set_role

# What the style sheet calls them, and the sign that says the same without the colour.
_SIGNS = {"bad": "✕ ", "doubt": "！"}
_ROLES = {"bad": "error", "doubt": "warning"}


class FormRows(QWidget):
    """A grid of label and field; errors stand below their field, in words, sign and colour, and
    so do warnings: what may be saved, but is marked 待核实.

    ``hints_beside``: at the right of it instead, for columns of short fields.
    """

    def __init__(self, parent: QWidget | None = None, *, hints_beside: bool = False) -> None:
        super().__init__(parent)
        self._beside = hints_beside
        set_role(self, "plain")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(10))
        self._grid.setVerticalSpacing(px(3))
        self._grid.setColumnStretch(2 if hints_beside else 1, 1)
        self._fields: dict[str, QWidget] = {}
        self._labels: dict[str, QLabel] = {}
        self._lines: dict[str, QLabel] = {}
        self._hints: dict[str, str] = {}
        self._required: set[str] = set()
        self._row = 0
        self._grows = False

    def add(
        self,
        name: str,
        label: str,
        field: QWidget,
        hint: str = "",
        *,
        required: bool = False,
        paired: bool = False,
        wide: bool = False,
    ) -> None:
        """Adds a field under the name its draft has for it.

        ``paired``: at the right of the field before, two short ones in a row. ``wide``: as long as
        such a row.
        """
        text = QLabel(f"{label} *" if required else label, self)
        text.setBuddy(field)
        text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        text.setContentsMargins(0, px(6), 0, 0)
        text.setProperty(SCALES, True)
        if required:
            text.setToolTip("必填")
            self._required.add(name)
        field.setObjectName(name)
        field.setAccessibleName(label)
        field.setAccessibleDescription(hint)
        line = QLabel(hint, self)
        line.setWordWrap(True)
        line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        set_role(line, "hint")
        line.setVisible(bool(hint))
        row, column = (self._row - 3, 2) if paired else (self._row, 0)
        span = 3 if wide else 1
        if paired:
            self._grid.setColumnStretch(3, 1)
        self._grid.addWidget(text, row, column)
        self._grid.addWidget(field, row, column + 1, 1, span)
        if self._beside:
            line.setMinimumHeight(field.sizeHint().height())
            self._grid.addWidget(line, row, 2, Qt.AlignmentFlag.AlignVCenter)
        else:
            self._grid.addWidget(line, row + 1, column + 1, 1, span)
        self._grid.setRowMinimumHeight(row + 1, px(4))
        self._fields[name], self._lines[name], self._hints[name] = field, line, hint
        self._labels[name] = text
        self._row = row + 3  # field, line, and what add_beside may put there

    def add_beside(self, name: str, widget: QWidget) -> None:
        """Puts something small at the right, below a field and its line."""
        row = int(self._grid.getItemPosition(self._grid.indexOf(self._lines[name]))[0])  # type: ignore[index]
        self._grid.addWidget(widget, row + 1, 1, Qt.AlignmentFlag.AlignRight)

    def grow(self, name: str) -> None:
        """Gives a field the height that is left."""
        row = int(self._grid.getItemPosition(self._grid.indexOf(self._fields[name]))[0])  # type: ignore[index]
        self._grid.setRowStretch(row, 1)
        self._grows = True

    def add_heading(self, text: str) -> None:
        """A heading between groups of fields."""
        label = QLabel(text, self)
        set_role(label, "strong")
        label.setContentsMargins(0, px(8), 0, px(2))
        label.setProperty(SCALES, True)
        self._grid.addWidget(label, self._row, 0, 1, -1)
        self._row += 1

    def add_wide(self, widget: QWidget) -> None:
        """Something across both columns."""
        self._grid.addWidget(widget, self._row, 0, 1, -1)
        self._row += 1

    def finish(self) -> None:
        """Keeps the rows together at the top, unless one of them grows."""
        if not self._grows:
            self._grid.setRowStretch(self._row, 1)

    @property
    def required(self) -> frozenset[str]:
        """The fields marked with a star."""
        return frozenset(self._required)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._fields)

    def field(self, name: str) -> QWidget:
        return self._fields[name]

    def set_visible(self, name: str, visible: bool) -> None:
        """Shows or hides a whole row."""
        field = self._fields[name]
        self._labels[name].setVisible(visible)
        field.setVisible(visible)
        line = self._lines[name]
        line.setVisible(visible and bool(line.text()))

    def set_hint(self, name: str, hint: str) -> None:
        """Another hint below a field."""
        self._hints[name] = hint
        self.set_error(name, "")

    def clear_errors(self) -> None:
        for name in self._fields:
            self.set_error(name, "")

    def set_error(self, name: str, sentence: str) -> bool:
        """Writes the sentence below the field, or the hint again; False without such a field."""
        return self._set(name, "bad", sentence)

    def set_warning(self, name: str, sentence: str) -> bool:
        """As set_error, for what does not stop the saving; an error has to be cleared before."""
        return self._set(name, "doubt", sentence)

    def error(self, name: str) -> str:
        """The sentence now below that field, empty when there is none."""
        return self._said(name, "bad")

    def warning(self, name: str) -> str:
        """The warning now below that field, empty when there is none."""
        return self._said(name, "doubt")

    def _said(self, name: str, kind: str) -> str:
        shown = self._fields[name].property(kind)
        return self._lines[name].text().removeprefix(_SIGNS[kind]) if shown else ""

    def _set(self, name: str, kind: str, sentence: str) -> bool:
        if name not in self._fields:
            return False
        field, line = self._fields[name], self._lines[name]
        wanted = {one: bool(sentence) and one == kind for one in _SIGNS}
        if any(bool(field.property(one)) != on for one, on in wanted.items()):
            for one, on in wanted.items():
                field.setProperty(one, on)
            field.style().unpolish(field)
            field.style().polish(field)
        set_role(line, _ROLES[kind] if sentence else "hint")
        line.setText(f"{_SIGNS[kind]}{sentence}" if sentence else self._hints[name])
        line.setVisible(bool(line.text()) and not field.isHidden())
        field.setAccessibleDescription(sentence or self._hints[name])
        return True
