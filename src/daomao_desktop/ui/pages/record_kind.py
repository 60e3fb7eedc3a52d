"""What a panel of records needs to know of them: their rows, their services, their words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from daomao_desktop.services.desk import Changes, Desk
from daomao_desktop.services.roster import RecycledRow
from daomao_desktop.services.unsaved import Slot


class RecordRow(Protocol):
    """What the panel asks of a row."""

    @property
    def name(self) -> str: ...
    @property
    def writable(self) -> bool: ...


Row = TypeVar("Row", bound=RecordRow)
Draft = TypeVar("Draft")


@dataclass(frozen=True, slots=True)
class RecordService(Generic[Draft]):
    """The services behind a panel; ``remove`` takes several in one go."""

    draft: Callable[[Desk, str], Draft]
    add: Callable[[Desk, Draft], Changes]
    change: Callable[[Desk, str, Draft], Changes]
    remove: Callable[[Desk, Sequence[str]], Changes]
    restore: Callable[[Desk, str], Changes]
    recycled: Callable[[Desk], tuple[RecycledRow, ...]]


@dataclass(frozen=True, slots=True)
class RecordWords:
    """How a panel speaks of its records: 条履职记录; why one of elsewhere cannot be changed."""

    noun: str
    slot: Slot  # where what is typed is kept, without the record
    unit: str = "条"
    elsewhere: str = "这条记录不在这里登记，只能查看。"
    warning: str = ""  # said when something is to be removed
    about: str = ""  # what is being typed, where that is not the noun
