"""What signing off will do, before it is done: the numbers that will be given, and to what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from daomao_desktop.domain.notices import DocumentKind, numbers_told
from daomao_desktop.errors import DaomaoError, Refused


@dataclass(frozen=True, slots=True)
class ToSign:
    """A document to be signed off: a draft by its uid, or one still to be drafted.

    ``dated``: day of one not drafted yet (default: today). ``seen``: fingerprint of the page that
    was looked at; nothing else is signed off then.
    """

    kind: DocumentKind
    year: int
    person_uid: str | None
    uid: str | None = None
    dated: date | None = None
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """A document as it would be signed off now: its number, where it gets one, and its bytes.

    ``series``: prefix, year and running number. ``sha256``: fingerprint of the finished bytes.
    """

    title: str
    dated: date
    number: str | None
    series: tuple[str, int, int] | None
    sha256: str


@dataclass(frozen=True, slots=True)
class SigningPlan:
    """For each order what would be signed off, or why it cannot be."""

    orders: tuple[ToSign, ...]
    papers: tuple[Planned | None, ...]
    problems: tuple[DaomaoError | None, ...]

    @property
    def ready(self) -> tuple[Planned, ...]:
        """What can be signed off, in order."""
        return tuple(one for one in self.papers if one is not None)

    @property
    def numbers(self) -> str:
        """The numbers that will be given, as a sentence names them; empty where there are none."""
        return numbers_told(one.series for one in self.ready if one.series is not None)


class PreviewStale(Refused):
    """The draft is no longer what was looked at: it has to be looked at again."""

    def __init__(self) -> None:
        super().__init__("这份文书与看过的版面不一样了，没有签发，请看过新的版面再签发。")


class PlanChanged(Refused):
    """Number or content would be others than those agreed to: the plan has to be made anew."""
