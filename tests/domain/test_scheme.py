"""The words of the scheme."""

from __future__ import annotations

from pathlib import Path

from daomao_desktop.domain.scheme import (
    BottomLine,
    Grade,
    PoliticalStatus,
    Role,
    TrainingContent,
    TrainingOccasion,
    YearState,
)


def test_clauses_are_numbered_in_the_schemes_order() -> None:
    assert [role.clause for role in Role] == ["D1", "D2", "D3", "D4", "D5", "D6"]
    assert [pair.clause for pair in BottomLine] == ["B1", "B2", "B3", "B4", "B5"]


def test_every_pair_has_both_sides() -> None:
    assert all(pair.must.startswith("必须") for pair in BottomLine)
    assert all(pair.must_not.startswith("不准") for pair in BottomLine)
    assert len({side for pair in BottomLine for side in (pair.must, pair.must_not)}) == 10


def test_states_follow_each_other() -> None:
    assert "".join(state.value for state in YearState) == "筹备村评上报镇审镇定公示生效归档"
    assert [state.order for state in YearState] == list(range(8))
    assert YearState.PUBLIC_NOTICE.next is YearState.IN_FORCE
    assert YearState.ARCHIVED.next is None


def test_only_the_ungraded_are_left_out_of_n() -> None:
    assert [grade for grade in Grade if not grade.counts] == [Grade.UNGRADED]


def test_party_members() -> None:
    members = [status.value for status in PoliticalStatus if status.in_party]
    assert members == ["中共党员", "中共预备党员"]


def test_training_words() -> None:
    assert len(TrainingOccasion) == 5
    assert [content.value for content in TrainingContent] == ["政治水平", "政策水平", "办事能力"]


def test_domain_imports_nothing_slow() -> None:
    """Holidays and check digits are loaded where they are used, not at start-up."""
    folder = Path(__file__).parents[2] / "src" / "daomao_desktop" / "domain"
    for file in folder.glob("*.py"):
        top_level = [
            line
            for line in file.read_text("utf-8").splitlines()
            if line.startswith(("import", "from"))
        ]
        assert not [line for line in top_level if "chinese_calendar" in line or "stdnum" in line]
