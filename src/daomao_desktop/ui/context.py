"""What every page is handed: the desk, the worker, the look and the way to other pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.unsaved import Slot, Typed
from daomao_desktop.ui import today
from daomao_desktop.ui.kept_texts import KeptTexts
from daomao_desktop.ui.operations import Operations
from daomao_desktop.ui.preferences import Preferences
from daomao_desktop.ui.theme import Appearance
from daomao_desktop.ui.widgets.told_line import Step
from daomao_desktop.ui.working_year import WorkingYear


class Tell(Protocol):
    """A sentence in the status bar; each step is a button beside it: its title, what it does."""

    def __call__(self, sentence: str, /, *steps: Step) -> None: ...


@dataclass(frozen=True, slots=True)
class Place:
    """Where a link leads: a page by its key, and what to show there; ``slot``: a form to open."""

    page: str
    tab: str | None = None
    year: int | None = None
    uid: str | None = None
    filter: str | None = None
    slot: Slot | None = None


def place_of(typed: Typed) -> Place:
    """Where something typed and not saved can be gone on with."""
    return Place(typed.slot.page, year=typed.slot.year, slot=typed.slot)


@dataclass(frozen=True, slots=True)
class Context:
    """Handed to every page; ``go`` opens another page, ``tell`` tells in the status bar what was
    done, with the steps to take next; ``working_year`` is the year all pages show; ``kept``: what
    was typed before and never saved."""

    desk: Desk
    folder: Path
    operations: Operations
    appearance: Appearance
    preferences: Preferences
    go: Callable[[Place], None]
    tell: Tell
    tell_more: Tell  # added to what was told just now
    working_year: WorkingYear
    kept: KeptTexts = field(default_factory=KeptTexts)

    def __post_init__(self) -> None:
        today.use(self.desk.today)

    def show_names(self, names: str) -> None:
        """Loads the face of rare characters when one of the names about to be shown needs it."""
        if self.appearance.lacks(names):
            self.preferences.save_rare_names()
            self.appearance.fetch_rare()

    def may(self, permission: Permission) -> bool:
        return self.desk.operator.role.may(permission)

    def refusal(self, permission: Permission) -> str:
        """The reason shown at a disabled button; empty when the operator may."""
        if self.may(permission):
            return ""
        role = self.desk.operator.role.value
        return f"当前操作员（{role}）不能{permission.value}，请换管理员登录。"
