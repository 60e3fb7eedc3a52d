"""Two organs never share a 发文机关代字, however a village or a 代字 comes about."""

from __future__ import annotations

from pathlib import Path

import pytest

from daomao_desktop.errors import InvalidInput, Refused
from daomao_desktop.services import roster
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.roster_places import TownDraft, VillageDraft
from daomao_desktop.services.roster_rows import VillageRow
from tests.services.assessment_office import whole_year
from tests.services.notice_office import CRITICISM, DEDUCTION, GRADES, TEN, issued
from tests.services.office import take


def village(desk: Desk, name: str) -> VillageRow:
    (found,) = [row for row in roster.list_villages(desk) if row.name == name]
    return found


def draft(row: VillageRow, **changes: str) -> VillageDraft:
    kept = {
        "name": row.name,
        "branch_name": row.branch_name,
        "committee_name": row.committee_name,
        "branch_prefix": row.branch_prefix,
        "committee_prefix": row.committee_prefix,
    }
    return VillageDraft(**{**kept, **changes}, uid=row.uid)


@pytest.mark.parametrize(
    ("changes", "field", "holder", "other"),
    [
        ({"branch_prefix": "联光党支"}, "branch_prefix", "联光村支部", "云溪村支部"),
        ({"branch_prefix": "联光村委"}, "branch_prefix", "联光村村民委员会", "云溪村支部"),
        ({"committee_prefix": "联光党支"}, "committee_prefix", "联光村支部", "云溪村村民委员会"),
        ({"committee_prefix": "云溪党支"}, "committee_prefix", "云溪村支部", "云溪村村民委员会"),
        ({"branch_prefix": "大茂党"}, "branch_prefix", "中共大茂镇委员会", "云溪村支部"),
        ({"branch_prefix": "大茂府"}, "branch_prefix", "大茂镇人民政府", "云溪村支部"),
        ({"branch_prefix": "大茂纪"}, "branch_prefix", "纪律检查委员会", "云溪村支部"),
        ({"branch_prefix": "大茂荣证"}, "branch_prefix", "荣誉证书", "云溪村支部"),
    ],
)
def test_a_village_cannot_take_another_organ_s(
    town_desk: Desk, changes: dict[str, str], field: str, holder: str, other: str
) -> None:
    for name in ("联光村", "云溪村"):
        roster.save_village(town_desk, VillageDraft(name))
    before = village(town_desk, "云溪村")
    with pytest.raises(InvalidInput) as refused:
        roster.save_village(town_desk, draft(before, **changes))
    (problem,) = refused.value.problems
    assert problem.field == field
    prefix = changes[field]
    assert f"“{prefix}”是" in problem.sentence
    assert holder in problem.sentence
    assert other in problem.sentence
    assert village(town_desk, "云溪村") == before  # nothing was written
    with pytest.raises(InvalidInput, match=prefix):
        roster.save_village(town_desk, VillageDraft("红石村", **changes))
    assert len(roster.list_villages(town_desk)) == 2


def test_the_town_cannot_take_a_village_s(town_desk: Desk) -> None:
    roster.save_village(town_desk, VillageDraft("联光村"))
    roster.save_village(town_desk, VillageDraft("茂府村", branch_prefix="茂府"))
    for prefix, holder in (
        ("联光党支", "联光村支部委员会"),
        ("大茂荣证", "荣誉证书"),
        ("大茂府", "大茂镇人民政府"),
        ("茂党", "茂府村支部委员会"),  # the government would be 茂府
    ):
        with pytest.raises(InvalidInput, match=holder) as refused:
            roster.save_town(town_desk, TownDraft(prefix=prefix))
        assert [one.field for one in refused.value.problems] == ["prefix"]
    roster.save_town(town_desk, TownDraft(prefix="大茂委"))


def test_villages_of_one_name_are_given_prefixes_apart(town_desk: Desk, tmp_path: Path) -> None:
    """联光村 and 联光社区 would both be 联光党支: by hand, and by an import that founds them."""
    roster.save_village(town_desk, VillageDraft("联光村"))
    roster.save_village(town_desk, VillageDraft("联光社区"))
    assert village(town_desk, "联光社区").branch_prefix == "联光社区党支"
    assert village(town_desk, "联光社区").committee_prefix == "联光居委"
    roster.save_village(town_desk, VillageDraft("红石村", branch_prefix="桃源党支"))
    report = take(town_desk, tmp_path / "花名册.csv", ("桃源村", "1组", "王强", "男", *[""] * 4))
    assert not report.refused, report.lines()
    assert village(town_desk, "桃源村").branch_prefix == "桃源村党支"
    every = [
        prefix
        for row in roster.list_villages(town_desk)
        for prefix in (row.branch_prefix, row.committee_prefix)
    ]
    assert len(set(every)) == len(every)


def test_an_import_that_finds_no_prefix_founds_nothing(town_desk: Desk, tmp_path: Path) -> None:
    taken = {"branch_prefix": "桃源党支", "committee_prefix": "桃源村党支"}
    roster.save_village(town_desk, VillageDraft("红石村", **taken))
    with pytest.raises(Refused, match=r"不能增加桃源村：.*红石村"):
        take(town_desk, tmp_path / "花名册.csv", ("桃源村", "1组", "王强", "男", *[""] * 4))
    assert [row.name for row in roster.list_villages(town_desk)] == ["红石村"]


def test_nobody_goes_on_numbering_where_another_left_off(town_desk: Desk, tmp_path: Path) -> None:
    """联光党支〔2026〕1号 stays 联光村's, although its 代字 is another one by now."""
    whole_year(town_desk, tmp_path, TEN, GRADES)
    assert issued(town_desk, CRITICISM, "林〇三").number == "联光党支〔2026〕1号"
    assert issued(town_desk, DEDUCTION, "林〇三").number == "联光村委〔2026〕1号"
    roster.save_village(town_desk, VillageDraft("云溪村"))
    own, other = village(town_desk, "联光村"), village(town_desk, "云溪村")
    roster.save_village(
        town_desk, draft(own, branch_prefix="联光支", committee_prefix="联光委", name="联明村")
    )
    own = village(town_desk, "联明村")
    for row, change, holder, organ in (
        (other, {"branch_prefix": "联光党支"}, "联光村支部", "云溪村支部"),
        (own, {"branch_prefix": "联光村委"}, "联光村村民委员会", "联光村支部"),
    ):
        with pytest.raises(InvalidInput) as refused:
            roster.save_village(town_desk, draft(row, **change))
        (problem,) = refused.value.problems
        assert problem.sentence.startswith(f"中共大茂镇{holder}" if "支部" in holder else "大茂镇")
        assert f"{holder}" in problem.sentence
        assert "编过文号" in problem.sentence
        assert organ in problem.sentence
    with pytest.raises(InvalidInput, match="编过文号"):
        roster.save_town(town_desk, TownDraft(prefix="联光党支"))
    roster.save_village(town_desk, VillageDraft("联光社区"))
    assert village(town_desk, "联光社区").branch_prefix == "联光社区党支"
    roster.save_village(town_desk, draft(own, branch_prefix="联光党支"))  # its own again
    assert issued(town_desk, CRITICISM, "林〇五").number == "联光党支〔2026〕2号"
    renamed = draft(village(town_desk, "联明村"), branch_name="中共大茂镇联明村委员会")
    roster.save_village(town_desk, renamed)  # another name, the same organ
    assert issued(town_desk, DEDUCTION, "林〇五").number == "联光委〔2026〕1号"


def test_a_village_renamed_keeps_its_own(town_desk: Desk) -> None:
    roster.save_village(town_desk, VillageDraft("联光村"))
    row = village(town_desk, "联光村")
    roster.save_village(town_desk, draft(row))  # nothing changed: its own is not another's
    roster.save_village(town_desk, draft(row, name="联明村"))
    assert village(town_desk, "联明村").branch_prefix == "联光党支"
