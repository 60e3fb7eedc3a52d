"""Undo: every kind of step of every area comes back word for word, and the trail only grows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from daomao_desktop.domain.accounts import OperatorRole
from daomao_desktop.domain.freeform import FreeformDraft
from daomao_desktop.domain.notices import DocumentKind
from daomao_desktop.domain.scheme import Grade, YearState
from daomao_desktop.errors import Refused
from daomao_desktop.services import (
    accounts,
    assessment,
    conduct,
    duties,
    freeform,
    notices,
    roster,
)
from daomao_desktop.services.assessment import DecisionDraft
from daomao_desktop.services.desk import Area, Desk
from daomao_desktop.services.undo import UndoStack, undo
from daomao_desktop.services.undo_names import _WORDS
from daomao_desktop.store.audit import Action, AuditEntry
from tests.services.assessment_office import decided, people, settle, walk
from tests.services.office import WANG_ID, acting_as, draft, names
from tests.services.undo_office import KINDS, Trail, dump, whole
from tests.services.undo_steps import STEPS, a_duty_of, a_finding, first_duty, person_of
from tests.statements import statements


@pytest.fixture
def office(town_desk: Desk, tmp_path: Path) -> Desk:
    """A town that keeps one village with ten leaders."""
    settle(town_desk, tmp_path, people(10))
    return town_desk


def test_the_steps_cover_every_area() -> None:
    assert {area for area, *_ in STEPS.values()} == set(Area)


@pytest.mark.parametrize("name", STEPS)
def test_undo_brings_the_records_back_word_for_word(
    office: Desk, tmp_path: Path, name: str
) -> None:
    _area, prepare, step, _title = STEPS[name]
    prepare(office, tmp_path)
    trail, before = Trail(office), dump(office)

    step(office, tmp_path)
    done, after = trail.step(), dump(office)
    assert after != before

    undo(office, done)
    assert dump(office) == before

    undo(office, trail.step())  # redo
    assert dump(office) == after

    undo(office, trail.step())
    assert dump(office) == before
    whole(office)


@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_called_by_what_was_done(office: Desk, tmp_path: Path, name: str) -> None:
    _area, prepare, step, title = STEPS[name]
    prepare(office, tmp_path)
    stack = UndoStack(office)
    step(office, tmp_path)

    assert stack.last is not None
    assert (stack.last.name, stack.last.refusal) == (title, "")
    changes = stack.undo()
    assert _area in changes.areas
    assert stack.next is not None
    assert stack.next.name == title


def test_the_trail_only_grows_and_says_what_was_taken_back(office: Desk) -> None:
    trail = Trail(office)
    duties.add_duty(office, a_duty_of(office))
    done = trail.step()
    with office.store.reading() as session:
        before = [(e.sequence, e.hash) for e in session.query(AuditEntry)]

    undo(office, done)

    with office.store.reading() as session:
        entries = session.query(AuditEntry).order_by(AuditEntry.sequence).all()
        assert [(e.sequence, e.hash) for e in entries][: len(before)] == before
        assert [e.action for e in entries[len(before) :]] == [
            Action.DELETE.value,
            Action.NOTE.value,
        ]
        assert f'"step":[{done.first},{done.last}]' in (entries[-1].after or "")
        assert "宣讲惠农政策" in (entries[-2].before or "")


def test_several_steps_are_undone_and_redone_in_order(office: Desk) -> None:
    stack = UndoStack(office)
    states = [dump(office)]
    for text in ("一", "二", "三"):
        duties.add_duty(office, a_duty_of(office, content=text))
        states.append(dump(office))

    for expected in reversed(states[:-1]):
        stack.undo()
        assert dump(office) == expected
    with pytest.raises(Refused, match="没有可以撤销的操作"):
        stack.undo()
    for expected in states[1:]:
        stack.redo()
        assert dump(office) == expected
    with pytest.raises(Refused, match="没有可以重做的操作"):
        stack.redo()
    stack.undo()
    duties.add_duty(office, a_duty_of(office, content="四"))
    assert stack.next is None
    for expected in reversed(states[:-1]):
        stack.undo()
        assert dump(office) == expected
    whole(office)


def test_a_step_below_another_cannot_be_taken_back(office: Desk) -> None:
    trail = Trail(office)
    duties.add_duty(office, a_duty_of(office))
    first = trail.step()
    duties.change_duty(office, first_duty(office), a_duty_of(office, content="改过"))
    before = dump(office)

    with pytest.raises(Refused, match=r"这之后孙主任在.*又修改了履职记录.*新增履职记录（林〇一"):
        undo(office, first)

    assert dump(office) == before
    assert trail.step().last == trail._last()  # nothing but the change was written


def test_a_grade_stays_once_the_year_went_on(office: Desk, tmp_path: Path) -> None:
    walk(office, YearState.TOWN)
    trail = Trail(office)
    assessment.decide(office, 2025, [DecisionDraft(person_of(office), Grade.COMPETENT)])
    graded = trail.step()
    stack = UndoStack(office)
    walk(office, YearState.DECIDED)

    with pytest.raises(Refused, match=r"又推进或退回了考核步骤.*保存等次"):
        undo(office, graded)
    with pytest.raises(Refused, match="考核步骤的推进和退回不能撤销"):
        stack.undo()


def test_a_paper_signed_off_cannot_be_taken_back(office: Desk, tmp_path: Path) -> None:
    organ = freeform.issuing_organs(office)[0]
    draft = FreeformDraft(
        organ=organ.organ, title="关于开会的通知", body=("请按时到会。",), dated=date(2026, 1, 20)
    )
    uid = freeform.save_freeform(office, draft)
    stack = UndoStack(office)
    notices.log_print(office, uid, "打印机")
    assert stack.last is None  # what happened is no step
    notices.issue_notice(office, uid)
    assert stack.last is not None
    assert "不能撤销" in stack.last.refusal
    with pytest.raises(Refused, match="签发错了请作废"):
        stack.undo()


def test_a_draft_that_was_printed_stays(office: Desk) -> None:
    stack = UndoStack(office)
    uid = freeform.save_freeform(office, FreeformDraft(title="关于开会的通知"))
    notices.log_print(office, uid, "打印机")
    with pytest.raises(Refused, match="已经打印过"):
        stack.undo()


def test_looking_at_a_number_is_no_step(office: Desk) -> None:
    take_id = replace(draft(office, "91组", "王强", id_number=WANG_ID))
    roster.add_leader(office, take_id)
    stack = UndoStack(office)
    duties.add_duty(office, a_duty_of(office))
    roster.reveal(office, person_of(office, "王强"), "id_number")
    assert stack.last is not None
    assert stack.last.name == "新增履职记录（林〇一 1月5日）"
    stack.undo()
    assert not duties.list_duties(office)


def test_passwords_and_operators_cannot_be_taken_back(office: Desk) -> None:
    stack = UndoStack(office)
    accounts.change_password(office, "heping-2026", "heping-2027")
    with pytest.raises(Refused, match="口令的改动不能撤销"):
        stack.undo()


def test_only_own_steps_and_what_the_role_may_write(office: Desk) -> None:
    trail = Trail(office)
    duties.add_duty(office, a_duty_of(office))
    done = trail.step()
    other = replace(office, operator=replace(office.operator, uid="somebody else"))
    with pytest.raises(Refused, match="只能撤销自己"):
        undo(other, done)
    with pytest.raises(Refused, match="不能登记和修改记录"):
        undo(acting_as(office, OperatorRole.TOWN_READER), done)
    assert len(duties.list_duties(office)) == 1


def test_a_record_back_from_nothing_keeps_its_maker_and_day(office: Desk) -> None:
    trail = Trail(office)
    duties.add_duty(office, a_duty_of(office))
    made = dump(office)["DutyRecord"]
    undo(office, trail.step())
    undo(office, trail.step())
    assert dump(office)["DutyRecord"] == made
    (record,) = made.values()
    assert record["created_by"] == office.operator.uid


def test_statements_do_not_grow_with_the_office(town_desk: Desk, tmp_path: Path) -> None:
    counts = []
    for number, surname in ((10, "陈"), (40, "吴")):
        settle(town_desk, tmp_path, people(number, f"{surname}家村", surname))
        trail = Trail(town_desk)
        duties.add_duty(town_desk, a_duty_of(town_desk, f"{surname}〇一"))
        done = trail.step()
        with statements(town_desk) as sent:
            undo(town_desk, done)
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 20


def test_an_imported_roster_is_undone_in_one_go(town_desk: Desk, tmp_path: Path) -> None:
    before = dump(town_desk)
    stack = UndoStack(town_desk)
    settle(town_desk, tmp_path, people(60))
    assert len(names(town_desk)) == 60
    stack.undo()
    assert dump(town_desk) == before
    stack.redo()
    assert len(names(town_desk)) == 60
    assert stack.last is not None
    assert stack.last.name == "导入花名册（60 人）"
    whole(town_desk)


def test_looking_at_a_paper_is_no_step_and_in_nobodys_way(office: Desk, tmp_path: Path) -> None:
    walk(office, YearState.TOWN)
    decided(office, tmp_path, people(10), {"林〇一": "不称职"})
    walk(office, YearState.IN_FORCE)
    duties.add_duty(office, a_duty_of(office))
    stack = UndoStack(office)
    trail = Trail(office)
    duties.change_duty(office, first_duty(office), a_duty_of(office, content="改过"))
    changed = trail.step()
    notices.draft_notice(office, DocumentKind.DEDUCTION, 2025, person_of(office))
    notices.draft_notice(office, DocumentKind.DEDUCTION, 2025, person_of(office))
    assert stack.last is not None
    assert stack.last.step == changed
    stack.undo()
    assert duties.list_duties(office)[0].content == "宣讲惠农政策"


def test_every_kind_of_record_has_its_word() -> None:
    assert {kind.__tablename__ for kind in KINDS} - set(_WORDS) == {"print_run"}


def test_a_village_enters_the_towns_paper_and_takes_it_back(
    village_desk: Desk, tmp_path: Path
) -> None:
    settle(village_desk, tmp_path, people(5))
    walk(village_desk, YearState.REPORTED)
    stack, before = UndoStack(village_desk), dump(village_desk)
    grades = {person_of(village_desk): Grade.COMPETENT}
    assessment.enter_paper(village_desk, 2025, "大茂党〔2025〕8号", date(2025, 12, 30), grades)
    stack.undo()
    assert dump(village_desk) == before


def test_the_supervision_takes_back_its_own_finding(village_desk: Desk, tmp_path: Path) -> None:
    settle(village_desk, tmp_path, people(5))
    watch = acting_as(village_desk, OperatorRole.VILLAGE_WATCH)
    stack, before = UndoStack(watch), dump(watch)
    conduct.add_finding(watch, a_finding(watch))
    after = dump(watch)
    stack.undo()
    assert dump(watch) == before
    stack.redo()  # it is still its own
    assert dump(watch) == after
    conduct.change_finding(watch, conduct.list_findings(watch)[0].uid, a_finding(watch))
