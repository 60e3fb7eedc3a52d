"""字体: which fonts of this PC the office sets its documents in, and a page to look at them.

Kept in the store as family names, by face: on another PC a name means that PC's own font, and a
name that is missing there leaves the face in the shipped font.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.fonts import Face, known_families
from daomao_desktop.errors import FieldProblem, InvalidInput, Refused
from daomao_desktop.services.desk import Area, Changes, Desk
from daomao_desktop.store.accounts import FONTS, SAMPLE, get_setting, put_setting
from daomao_desktop.store.engine import Session

if TYPE_CHECKING:  # reportlab and fontTools: 250 ms that an office with shipped fonts never spends
    from daomao_desktop.documents.fonts import FaceChoice

FacesDraft = Mapping[Face, str]
"""Family name of the font for each face that is not set in the shipped one."""


@dataclass(frozen=True, slots=True)
class FontRow:
    """A font of this PC; ``problem`` is a phrase: why it cannot be used, or empty."""

    family: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class FaceRow:
    """A face: the fonts found for it in order of preference, and the family chosen, if any."""

    face: Face
    fonts: tuple[FontRow, ...]
    chosen: str | None = None

    @property
    def absent(self) -> bool:
        """Whether the chosen font cannot be used on this PC: the shipped one stands for it."""
        usable = {font.family for font in self.fonts if not font.problem}
        return self.chosen is not None and self.chosen not in usable


@dataclass(frozen=True, slots=True)
class FaceList:
    """All five faces; in the ``sample`` office they are always shipped."""

    rows: tuple[FaceRow, ...]
    sample: bool


def list_faces(desk: Desk, on_progress: Callable[[int, int], object] | None = None) -> FaceList:
    """What this PC has for each face. ``on_progress`` gets (done, total) and may raise to stop."""
    from daomao_desktop.documents.office_fonts import list_fonts

    desk.require(Permission.READ)
    with desk.store.reading() as session:
        chosen = chosen_families(session)
        sample = _is_sample(session)
    found = list_fonts(on_progress)
    rows = tuple(
        FaceRow(
            face,
            tuple(FontRow(one.family, one.problem) for one in found if one.face is face),
            chosen.get(face),
        )
        for face in Face
    )
    return FaceList(rows, sample)


def choose_faces(desk: Desk, draft: FacesDraft) -> Changes:
    """Sets documents in these fonts from now on; faces not named go back to the shipped ones.

    Raises InvalidInput for a font this PC does not have or that cannot be used, unless it was
    chosen before; Refused in the sample office.
    """
    desk.require(Permission.ADMINISTER)
    usable = _usable() if draft else set()
    with desk.store.writing(desk.operator.uid) as session:
        if _is_sample(session):
            raise Refused("示例资料始终用自带字体，不能改。")
        before = chosen_families(session)
        problems = tuple(
            FieldProblem(face.name, f"这台电脑没有可用的“{family}”，请另选一种或用自带字体。")
            for face, family in draft.items()
            if (face, family) not in usable and before.get(face) != family
        )
        if problems:
            raise InvalidInput(problems)
        kept = {face.value: draft[face] for face in Face if face in draft}
        put_setting(session, FONTS, kept)
    return Changes(frozenset({Area.ACCOUNTS}))


def sample_pdf(desk: Desk, draft: FacesDraft) -> bytes:
    """A page of all five faces in the fonts of the draft, chosen or not; absent ones as shipped."""
    from daomao_desktop.documents.font_sample import font_sample
    from daomao_desktop.documents.office_fonts import choice_of

    desk.require(Permission.READ)
    return font_sample(choice_of(draft))


def office_faces(session: Session) -> FaceChoice:
    """The faces this office's documents are set in on this PC."""
    from daomao_desktop.documents.fonts import BUNDLED

    chosen = chosen_families(session)
    if not chosen:
        return BUNDLED
    from daomao_desktop.documents.office_fonts import choice_of

    return choice_of(chosen)


def chosen_families(session: Session) -> dict[Face, str]:
    """The fonts of its PC that the office chose, by face; a face set as shipped is not named."""
    kept: dict[str, str] = get_setting(session, FONTS, {})
    return {face: kept[face.value] for face in Face if kept.get(face.value) in known_families(face)}


def _is_sample(session: Session) -> bool:
    return bool(get_setting(session, SAMPLE, default=False))


def _usable() -> set[tuple[Face, str]]:
    from daomao_desktop.documents.office_fonts import list_fonts

    return {(one.face, one.family) for one in list_fonts() if not one.problem}
