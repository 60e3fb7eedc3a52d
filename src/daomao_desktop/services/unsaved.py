"""What is being typed and not saved yet: kept sealed, listed at the next start, forgotten.

Every operator sees only what he typed himself.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.services.desk import Desk

Fields = dict[str, Any]  # what JSON can hold, by the names of the fields


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a form stands: the page, which of its forms, and of which record.

    ``uid`` is empty for a new record; ``year`` counts where the form is of a year.
    """

    page: str
    form: str
    uid: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in a form, as typed.

    ``before``: what stood in these fields of a stored record. ``at``: when it was kept.
    """

    slot: Slot
    title: str
    fields: Fields
    before: Fields = field(default_factory=dict)
    at: datetime | None = None


def keep(desk: Desk, typed: Typed) -> bool:
    """Keeps it as it stands, silently; False when the disk did not take it."""
    desk.require(Permission.READ)
    clock = datetime.now(tz=UTC).astimezone().time()
    now = datetime.combine(desk.today(), clock).isoformat(timespec="seconds")
    content = asdict(typed) | {"at": now, "operator": desk.operator.uid}
    try:
        desk.store.unsaved.keep(_name(desk, typed.slot), content)
    except OSError:
        return False
    return True


def kept(desk: Desk) -> tuple[Typed, ...]:
    """What this operator typed and never saved, the oldest first; unreadable ones are left out."""
    desk.require(Permission.READ)
    found = (_typed(desk, content) for content in desk.store.unsaved.everything())
    return tuple(one for one in found if one is not None)


def forget(desk: Desk, slot: Slot) -> None:
    """It was saved, or given up."""
    desk.store.unsaved.forget(_name(desk, slot))


def _typed(desk: Desk, content: dict[str, Any]) -> Typed | None:
    try:
        if content["operator"] != desk.operator.uid:
            return None
        return Typed(
            Slot(**content["slot"]),
            str(content["title"]),
            dict(content["fields"]),
            dict(content["before"]),
            datetime.fromisoformat(content["at"]),
        )
    except (KeyError, TypeError, ValueError):  # of another release
        return None


def _name(desk: Desk, slot: Slot) -> str:
    return f"{desk.operator.uid} {slot.page} {slot.form} {slot.year or ''} {slot.uid}"
