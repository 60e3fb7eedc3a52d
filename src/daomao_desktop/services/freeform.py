"""自拟公文: write, look at, keep, and hand over to be signed off like every other document."""

from __future__ import annotations

from dataclasses import dataclass, replace

from daomao_desktop.domain import notices as domain
from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.freeform import (
    FreeformDraft,
    FreeformFormat,
    Organ,
    cautions,
    check_freeform,
    check_layout,
    places,
)
from daomao_desktop.domain.notices import DocumentKind, DocumentState
from daomao_desktop.domain.scheme import Edition
from daomao_desktop.errors import FieldProblem, InvalidInput, NotFound, Refused
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.fonts import office_faces
from daomao_desktop.services.notice_content import Content
from daomao_desktop.services.roster_book import OWN_VILLAGE
from daomao_desktop.store import notices as store
from daomao_desktop.store import roster
from daomao_desktop.store.accounts import get_setting
from daomao_desktop.store.engine import Session
from daomao_desktop.store.notices import IssuedDocument
from daomao_desktop.store.roster import Town

UNTITLED = "（还没有标题）"


@dataclass(frozen=True, slots=True)
class IssuingOrgan:
    """An organ this desk may issue for; ``names`` are several in joint issue, the leading one
    first. ``label`` is short, for lists."""

    organ: Organ
    village_uid: str | None
    label: str
    names: tuple[str, ...]
    prefix: str


@dataclass(frozen=True, slots=True)
class Review:
    """What has to be mended before signing off, and what is only pointed out."""

    problems: tuple[FieldProblem, ...]
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """A paper to be written on, and the organs to choose from."""

    draft: FreeformDraft
    organs: tuple[IssuingOrgan, ...]


def issuing_organs(desk: Desk) -> tuple[IssuingOrgan, ...]:
    """The organs of this office, and of the villages the town keeps."""
    desk.require(Permission.READ)
    with desk.store.reading() as session:
        return _organs(desk, session)


def open_freeform(desk: Desk, uid: str | None = None, *, copy: bool = False) -> Opened:
    """A fresh paper, a draft to go on with, or with ``copy`` a new one like another (照此另拟).

    A fresh one has the format and organ used last.
    """
    desk.require(Permission.READ)
    with desk.store.reading() as session:
        organs = _organs(desk, session)
        if uid is not None:
            draft = _draft_of(_document(session, uid))
            return Opened(replace(draft, dated=desk.today()) if copy else draft, organs)
        last = store.latest(session, DocumentKind.FREEFORM)
        fresh = FreeformDraft(dated=desk.today())
        if last is not None:
            used = _draft_of(last)
            fresh = replace(
                fresh,
                format=used.format,
                organ=used.organ,
                village_uid=used.village_uid,
                printed_by=used.printed_by,
            )
        if not any(_same(one, fresh) for one in organs) and organs:
            fresh = replace(fresh, organ=organs[0].organ, village_uid=organs[0].village_uid)
        return Opened(fresh, organs)


def freeform_draft(desk: Desk, uid: str) -> FreeformDraft:
    """What was written, also of one signed off or voided; raises NotFound."""
    desk.require(Permission.READ)
    with desk.store.reading() as session:
        return _draft_of(_document(session, uid))


def save_freeform(desk: Desk, draft: FreeformDraft, uid: str | None = None) -> str:
    """Keeps a draft, new or renewed, however incomplete; returns its uid.

    Raises Refused for one signed off, or for an organ this desk does not issue for.
    """
    desk.require(Permission.ISSUE)
    kept = draft.as_json()
    draft = FreeformDraft.from_json(kept)  # from here on as it can be kept
    with desk.store.writing(desk.operator.uid) as session:
        organ = _organ(desk, session, draft) if draft.organ else None
        document = _document(session, uid) if uid else None
        if document is None:
            document = IssuedDocument(
                kind=DocumentKind.FREEFORM,
                state=DocumentState.DRAFT,
                organ="",
                prefix="",
                title="",
                dated=desk.today(),
            )
            session.add(document)
        elif document.state is not DocumentState.DRAFT:
            raise Refused(f"这份公文{document.state.value}，不能再改；可以“照此另拟”一份。")
        document.organ = "、".join(organ.names) if organ else ""
        document.prefix = organ.prefix if organ and draft.format.is_numbered else ""
        document.village_uid = organ.village_uid if organ else None
        document.title = draft.tidy().title[:200] or UNTITLED
        document.dated = draft.dated or desk.today()
        document.content = kept
        session.flush()
        return document.uid


def review_freeform(desk: Desk, draft: FreeformDraft) -> Review:
    """Everything there is to say about the paper before it is signed off."""
    desk.require(Permission.READ)
    problems = [*check_freeform(draft, desk.today()), *_missing_glyphs(draft)]
    return Review(tuple(problems), cautions(draft, desk.today()))


def preview_freeform(desk: Desk, draft: FreeformDraft) -> bytes:
    """The PDF as it would be now, without number; nothing is kept.

    Raises InvalidInput while organ, title or text is lacking, DaomaoError where a page has no room.
    """
    desk.require(Permission.READ)
    with desk.store.reading() as session:
        problems = [*check_layout(draft), *_missing_glyphs(draft)]
        if problems:
            raise InvalidInput(tuple(problems))
        return _content(_organ(desk, session, draft), draft).typeset(office_faces(session))


def content(desk: Desk, session: Session, document: IssuedDocument) -> Content:
    """What a stored draft says, checked as for signing off; raises InvalidInput."""
    draft = _draft_of(document)
    problems = [*check_freeform(draft, desk.today()), *_missing_glyphs(draft)]
    if problems:
        raise InvalidInput(tuple(problems))
    return _content(_organ(desk, session, draft), draft)


# Organs and content


def _organs(desk: Desk, session: Session) -> tuple[IssuingOrgan, ...]:
    town = roster.the_town(session)
    if town is None:
        raise NotFound("资料库里没有镇的资料，请用最近的备份恢复。")
    found: list[IssuingOrgan] = []
    own: str | None = None
    if desk.edition is Edition.TOWN:
        found += _town_organs(town)
    else:
        own = get_setting(session, OWN_VILLAGE, None)
    for village in roster.villages(session):
        if village.uid != own if own else not village.kept_by_town:
            continue
        found.append(
            IssuingOrgan(
                Organ.BRANCH,
                village.uid,
                f"{village.name}党支部",
                (village.branch_name,),
                village.branch_prefix,
            )
        )
        found.append(
            IssuingOrgan(
                Organ.VILLAGE_COMMITTEE,
                village.uid,
                village.committee_name.removeprefix(town.name),
                (village.committee_name,),
                village.committee_prefix,
            )
        )
    return tuple(found)


def _town_organs(town: Town) -> list[IssuingOrgan]:
    committee, government = town.committee_name, town.government_name
    of_government = domain.government_prefix(town.name, town.prefix)
    of_discipline = domain.discipline_prefix(town.name, town.prefix)
    return [
        IssuingOrgan(organ, None, organ.value, names, prefix)
        for organ, names, prefix in (
            (Organ.TOWN_COMMITTEE, (committee,), town.prefix),
            (Organ.TOWN_GOVERNMENT, (government,), of_government),
            (Organ.TOWN_JOINT, (committee, government), town.prefix),
            (Organ.DISCIPLINE, (town.discipline_name,), of_discipline),
        )
    ]


def _organ(desk: Desk, session: Session, draft: FreeformDraft) -> IssuingOrgan:
    """The organ chosen, where this desk may issue for it."""
    for one in _organs(desk, session):
        if _same(one, draft):
            return one
    raise Refused("本机不能用这个机关的名义发文，请另选发文机关。")


def _same(organ: IssuingOrgan, draft: FreeformDraft) -> bool:
    return (organ.organ, organ.village_uid) == (draft.organ, draft.village_uid)


def _content(organ: IssuingOrgan, draft: FreeformDraft) -> Content:
    from daomao_desktop.documents.kinds import freeform as kind
    from daomao_desktop.documents.typesetting import Format

    tidy = draft.tidy()
    formats = {
        FreeformFormat.FILE: Format.FILE,
        FreeformFormat.LETTER: Format.LETTER,
        FreeformFormat.PLAIN: Format.PLAIN,
    }
    data = kind.Freeform(
        format=formats[tidy.format],
        organs=organ.names,
        title=tidy.title,
        body=tidy.body,
        dated=tidy.dated,
        signer=tidy.signer,
        addressee=tidy.addressee,
        attachments=tidy.attachments,
        seal=tidy.seal,
        note=tidy.note,
        copies_to=tidy.copies_to,
        printed_by=tidy.printed_by,
    )
    return Content(
        "、".join(organ.names),
        organ.prefix if tidy.format.is_numbered else "",  # no prefix: it gets no number
        organ.village_uid,
        kind,
        data,
        draft.as_json(),
    )


def _missing_glyphs(draft: FreeformDraft) -> list[FieldProblem]:
    """Characters no font has, each told with its place."""
    from daomao_desktop.documents.fonts import Face, has_glyph, is_control

    found: dict[str, FieldProblem] = {}
    for field, where, text in places(draft.tidy()):
        for character in dict.fromkeys(text):
            if field not in found and not is_control(character):
                if has_glyph(character, Face.FANG):
                    continue
                found[field] = FieldProblem(
                    field,
                    f"{where}里的“{character}”（U+{ord(character):04X}）字库里没有，"
                    "无法打印，请换一个字。",
                )
    return list(found.values())


def _draft_of(document: IssuedDocument) -> FreeformDraft:
    return FreeformDraft.from_json(document.content or FreeformDraft().as_json())


def _document(session: Session, uid: str) -> IssuedDocument:
    found = store.document(session, uid)
    if found is None or found.kind is not DocumentKind.FREEFORM:
        raise NotFound("没有这份公文，可能已被删除，请刷新后再试。")
    return found
