"""A certificate of nobody: to see the border, or to lay on a printed blank."""

from __future__ import annotations

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.notice_settings import CommendationForm, NoticeSettings
from daomao_desktop.domain.rewards import Honour
from daomao_desktop.domain.scheme import Grade
from daomao_desktop.errors import InvalidInput
from daomao_desktop.services.accounts import office
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.fonts import office_faces

_NAME, _VILLAGE, _GROUP = "某某某", "某某村", "第1村民小组"


def certificate_sample(desk: Desk, settings: NoticeSettings) -> bytes:
    """The PDF of a certificate by these settings, of today, with the town's organs.

    Raises InvalidInput for settings out of bounds, MissingGlyph.
    """
    from daomao_desktop.documents.kinds import certificate
    from daomao_desktop.documents.typesetting import typeset

    desk.require(Permission.READ)
    if problems := settings.problems():
        raise InvalidInput(problems)
    town = office(desk)
    today = desk.today()
    data = certificate.Certificate(
        organs=(town.committee_name, town.government_name),
        name=_NAME,
        village=_VILLAGE,
        group=_GROUP,
        year=today.year - 1,
        grade=Grade.EXCELLENT,
        honour=Honour.EXCELLENT,
        dated=today,
        number="样张",
        praised=settings.commendation_form is CommendationForm.PRAISE,
        style=settings.certificate_style,
        right=settings.certificate_right,
        down=settings.certificate_down,
    )
    with desk.store.reading() as session:
        faces = office_faces(session)
    return typeset(certificate.compose(data), faces=faces)
