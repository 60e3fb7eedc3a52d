"""What was typed before and never saved, as found at the sign-in; forms take theirs from here."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from daomao_desktop.services.unsaved import Slot, Typed


class KeptTexts(QObject):
    """By the place of their form; ``changed`` fires when one comes or goes."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: dict[Slot, Typed] = {}

    def fill(self, found: Iterable[Typed]) -> None:
        """What the store has kept, the oldest first."""
        self._found |= {one.slot: one for one in found}
        self.changed.emit()

    @property
    def all(self) -> tuple[Typed, ...]:
        return tuple(self._found.values())

    def take(self, slot: Slot) -> Typed | None:
        """What was typed there, for the form that now shows it."""
        found = self._found.pop(slot, None)
        if found is not None:
            self.changed.emit()
        return found
