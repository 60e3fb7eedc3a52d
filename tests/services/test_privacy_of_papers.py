"""No paper of any kind carries an ID number or a phone, wherever somebody wrote them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from daomao_desktop.domain.assessment import Component
from daomao_desktop.domain.conduct import FindingDraft
from daomao_desktop.domain.duties import DutyDraft
from daomao_desktop.domain.freeform import FreeformDraft, FreeformFormat, Organ
from daomao_desktop.domain.notices import DocumentKind
from daomao_desktop.domain.scheme import BottomLine, Role, Side, YearState
from daomao_desktop.errors import Refused
from daomao_desktop.services import assessment, conduct, duties, freeform, notices, roster
from daomao_desktop.services.assessment import EvidenceDraft, SheetDraft
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.roster import TownDraft
from daomao_desktop.services.year_tables import table_pdf, tables_merged
from tests.documents.measuring import text_of
from tests.services.assessment_office import decided, proposed, recorded, walk
from tests.services.notice_office import issued, uid_of
from tests.services.office import LI_ID, PAN_ID, WANG_ID, take, today

_SURNAMES = "王李潘"
NAMES = [f"{surname}{name}" for surname in _SURNAMES for name in ("大山", "小河", "长青", "有田")]
PEOPLE = [("联光村", number, name) for number, name in enumerate(NAMES, 1)]
GRADES = {"王大山": "优秀", "李大山": "不称职"}
IDS = {"王大山": WANG_ID, "李大山": LI_ID, "潘大山": PAN_ID}
PHONES = {name: f"139{number:04d}8765" for number, name in enumerate(NAMES, 1)}
STRANGER, ACCOUNT = "13812341234", "6222021234567890123"


@pytest.fixture
def town(town_desk: Desk, tmp_path: Path) -> Desk:
    """A town whose leaders have ID numbers and phones, also in what was written about them."""
    rows = [
        (village, f"{group}组", name, "男", IDS.get(name, ""), "2021-06-20", PHONES[name], "500")
        for village, group, name in PEOPLE
    ]
    report = take(town_desk, tmp_path / "花名册.csv", *rows)
    assert not report.refused, report.lines()
    roster.save_town(town_desk, TownDraft(contact="0898-00001234（镇党政办）"))
    recorded(town_desk, "李大山")
    walk(town_desk, YearState.VILLAGE)
    for name in ("王大山", "李大山", "潘大山"):
        uid = uid_of(town_desk, name)
        told = f"联系{STRANGER}，本人{PHONES[name]}，身份证{IDS[name]}，账号{ACCOUNT}"
        day = date(2025, 3, 4)
        duties.add_duty(town_desk, DutyDraft(uid, "", Role.OPINION, day, told))
        if name != "李大山":  # a criticism with such facts is refused, see below
            found = FindingDraft(
                uid, "", BottomLine.SERVICE, Side.MUST, day, told, confirmed=name == "潘大山"
            )
            conduct.add_finding(town_desk, found)
        points = dict.fromkeys(Component, 200)
        sheet = SheetDraft(points, 8000, (EvidenceDraft(Component.D2, told),))
        if name != "李大山":
            assessment.save_sheet(town_desk, 2025, uid, sheet)
    proposed(town_desk, tmp_path, PEOPLE, GRADES)
    walk(town_desk, YearState.TOWN)
    decided(town_desk, tmp_path, PEOPLE, GRADES)
    walk(town_desk, YearState.DECIDED)
    return town_desk


def signed(kind: DocumentKind, name: str | None) -> Callable[[Desk], bytes]:
    def made(desk: Desk) -> bytes:
        if kind is not DocumentKind.PUBLIC_NOTICE:
            walk(desk, YearState.IN_FORCE)
        if kind is DocumentKind.CERTIFICATE:
            issued(desk, DocumentKind.COMMENDATION, None)
        return notices.stored_pdf(desk, issued(desk, kind, name).uid)

    return made


def written(desk: Desk) -> bytes:
    draft = FreeformDraft(
        format=FreeformFormat.FILE,
        organ=Organ.TOWN_GOVERNMENT,
        title="关于王大山等人任职的通知",
        addressee="各村",
        body=("王大山任联光村第1村民小组组长。",),
        dated=today(),
        printed_by="镇党政办公室",
    )
    return freeform.preview_freeform(desk, draft)


def registered(desk: Desk) -> bytes:
    walk(desk, YearState.IN_FORCE)
    wrong = issued(desk, DocumentKind.DEDUCTION, "李大山")
    right = issued(desk, DocumentKind.CRITICISM, "李大山")
    notices.void_notice(desk, wrong.uid, f"电话{STRANGER}写错")
    notices.record_delivery(desk, right.uid, today(), f"见证人{PHONES['潘大山']}")
    return table_pdf(desk, 2026, DocumentKind.REGISTER)


PAPERS: dict[DocumentKind, Callable[[Desk], bytes]] = {
    DocumentKind.CRITICISM: signed(DocumentKind.CRITICISM, "李大山"),
    DocumentKind.DEDUCTION: signed(DocumentKind.DEDUCTION, "李大山"),
    DocumentKind.COMMENDATION: signed(DocumentKind.COMMENDATION, None),
    DocumentKind.CERTIFICATE: signed(DocumentKind.CERTIFICATE, "王大山"),
    DocumentKind.PUBLIC_NOTICE: signed(DocumentKind.PUBLIC_NOTICE, None),
    DocumentKind.FREEFORM: written,
    DocumentKind.REGISTRATION: lambda desk: tables_merged(desk, 2025, DocumentKind.REGISTRATION),
    DocumentKind.SUMMARY: lambda desk: table_pdf(desk, 2025, DocumentKind.SUMMARY),
    DocumentKind.REGISTER: registered,
}


@pytest.mark.parametrize("kind", DocumentKind, ids=lambda kind: kind.code)
def test_no_private_number_is_printed(town: Desk, kind: DocumentKind) -> None:
    text = "".join(text_of(PAPERS[kind](town)).split())
    assert "大山" in text or kind is DocumentKind.REGISTER
    for number in (*IDS.values(), *PHONES.values(), STRANGER, ACCOUNT):
        assert number not in text
        assert number[6:] not in text  # nor what a mask has to hide


def test_what_is_masked_on_the_form_still_says_that_there_was_a_number(town: Desk) -> None:
    text = "".join(
        text_of(table_pdf(town, 2025, DocumentKind.REGISTRATION, uid_of(town, "潘大山"))).split()
    )
    assert "联系138****1234" in text
    assert "身份证460006************" in text


def test_a_criticism_whose_facts_have_a_number_is_refused(town: Desk) -> None:
    uid = uid_of(town, "李大山")
    day = date(2025, 3, 4)
    facts = f"本人{PHONES['李大山']}关机"
    conduct.add_finding(
        town, FindingDraft(uid, "", BottomLine.DILIGENCE, Side.MUST, day, facts, confirmed=True)
    )
    walk(town, YearState.IN_FORCE)
    with pytest.raises(Refused, match="文书不得出现"):
        notices.draft_notice(town, DocumentKind.CRITICISM, 2025, uid)
