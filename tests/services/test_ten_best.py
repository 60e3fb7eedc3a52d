"""Who may be chosen as one of the ten best."""

from __future__ import annotations

from pathlib import Path

from daomao_desktop.services import notices
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.ten_best import best_choice
from tests.services.assessment_office import people, whole_year
from tests.services.notice_office import COMMENDATION, uid_of

GRADES = {"林〇五": "优秀", "林〇一": "优秀", "林〇三": "不称职"}


def test_the_excellent_within_the_limit(town_desk: Desk, tmp_path: Path) -> None:
    whole_year(town_desk, tmp_path, people(29), GRADES)
    found = best_choice(town_desk, 2025)
    assert [one.name for one in found.people] == ["林〇一", "林〇五"]
    assert (found.people[0].village, found.people[0].group) == ("联光村", "第1村民小组")
    assert found.people[0].initials
    assert (found.limit, found.chosen) == (2, ())


def test_the_draft_says_who_is_named_and_who_is_chosen(town_desk: Desk, tmp_path: Path) -> None:
    whole_year(town_desk, tmp_path, people(29), GRADES)
    first, fifth = uid_of(town_desk, "林〇一"), uid_of(town_desk, "林〇五")
    notices.draft_notice(town_desk, COMMENDATION, 2025, None, persons=(fifth,), best=(fifth,))
    found = best_choice(town_desk, 2025)
    assert [one.person_uid for one in found.people] == [fifth]
    assert found.chosen == (fifth,)
    notices.draft_notice(town_desk, COMMENDATION, 2025, None, persons=(first, fifth), best=())
    assert best_choice(town_desk, 2025).chosen == ()
    again = notices.draft_notice(town_desk, COMMENDATION, 2025, None, best=(first,))
    assert best_choice(town_desk, 2025).chosen == (first,)
    # A draft renewed for another reason keeps what it was told.
    assert notices.draft_notice(town_desk, COMMENDATION, 2025, None) == again
    assert best_choice(town_desk, 2025).chosen == (first,)
