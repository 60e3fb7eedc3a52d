"""Founding an office, signing in, passwords, settings."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from daomao_desktop.domain.accounts import OperatorRole
from daomao_desktop.domain.scheme import Edition
from daomao_desktop.domain.scheme_settings import SchemeSettings
from daomao_desktop.errors import DaomaoError, InvalidInput, Refused, StoreError
from daomao_desktop.services import accounts, founding, roster, sign_in
from daomao_desktop.services.accounts import OperatorDraft
from daomao_desktop.services.desk import Desk
from daomao_desktop.store.audit import AuditEntry
from daomao_desktop.store.keys import Cost
from tests.services.office import PASSWORD, TOWN, VILLAGE, acting_as, today


def _notes(desk: Desk) -> list[dict[str, object]]:
    with desk.store.reading() as session:
        entries = session.query(AuditEntry).order_by(AuditEntry.sequence).all()
        return [json.loads(entry.after or "{}") for entry in entries if entry.action == "事件"]


def test_a_village_office_has_its_organs_names(village_desk: Desk) -> None:
    info = accounts.office(village_desk)
    assert info.edition is Edition.VILLAGE
    assert info.committee_name == "中共大茂镇委员会"
    assert info.government_name == "大茂镇人民政府"
    assert info.discipline_name == "中共大茂镇纪律检查委员会"
    assert info.prefix == "大茂党"
    assert info.name == "大茂镇联光村"
    assert info.operator.role is OperatorRole.VILLAGE_ADMIN
    (village,) = roster.list_villages(village_desk)
    assert village.uid == info.village_uid
    assert village.branch_name == "中共大茂镇联光村支部委员会"
    assert village.committee_name == "大茂镇联光村村民委员会"
    assert (village.branch_prefix, village.committee_prefix) == ("联光党支", "联光村委")
    assert not village.kept_by_town
    assert village.writable


def test_a_town_office_starts_without_villages(town_desk: Desk) -> None:
    info = accounts.office(town_desk)
    assert (info.edition, info.village, info.name) == (Edition.TOWN, None, "大茂镇")
    assert info.operator.role is OperatorRole.TOWN_ADMIN
    assert roster.list_villages(town_desk) == ()
    assert accounts.check_store(town_desk) == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"town": " "}, "town"),
        ({"village": None}, "village"),
        ({"operator_name": " "}, "operator_name"),
        ({"label": ""}, "label"),
        ({"label": "钱会计"}, "label"),
        ({"password": "　 "}, "password"),
    ],
)
def test_a_bad_draft_founds_nothing(
    fresh_folder: Path, cheap: Cost, change: dict[str, str | None], field: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        accounts.found_office(fresh_folder, replace(VILLAGE, **change), cost=cheap)  # type: ignore[arg-type]
    assert [problem.field for problem in caught.value.problems] == [field]
    assert not fresh_folder.exists()


def test_an_office_is_not_founded_over_another(village_folder: Path, cheap: Cost) -> None:
    with pytest.raises(StoreError, match="已经有"):
        accounts.found_office(village_folder, TOWN, cost=cheap)
    desk = accounts.open_desk(village_folder, PASSWORD)
    assert desk.edition is Edition.VILLAGE
    accounts.close_desk(desk)


def test_a_failure_half_way_leaves_no_half_office(
    fresh_folder: Path, cheap: Cost, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(founding, "put_setting", broken)
        with pytest.raises(DaomaoError, match="空间不足"):
            accounts.found_office(fresh_folder, VILLAGE, cost=cheap)
    assert sign_in.is_new(fresh_folder)
    assert not (fresh_folder / "keys.json").exists()
    accounts.found_office(fresh_folder, VILLAGE, cost=cheap)
    assert not sign_in.is_new(fresh_folder)


def test_the_folder_says_what_is_in_it(fresh_folder: Path, cheap: Cost) -> None:
    assert sign_in.is_new(fresh_folder)
    with pytest.raises(StoreError, match="init"):
        accounts.open_desk(fresh_folder, PASSWORD)
    assert not fresh_folder.exists()
    accounts.found_office(fresh_folder, VILLAGE, cost=cheap)
    assert accounts.sign_in_labels(fresh_folder) == ("文书",)
    (fresh_folder / "keys.json").unlink()
    (fresh_folder / "keys.backup.json").unlink()
    assert not sign_in.is_new(fresh_folder)
    with pytest.raises(StoreError, match=r"keys\.json"):
        sign_in.sign_in_labels(fresh_folder)


def test_the_sign_in_needs_no_sqlalchemy() -> None:
    program = (
        "import sys, daomao_desktop.services.sign_in;"
        "print([name for name in sys.modules if name.startswith(('sqlalchemy', 'openpyxl'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("operator", [None, "文书", "钱会计", " 钱 会计 "])
def test_signing_in_by_label_or_name(village_folder: Path, operator: str | None) -> None:
    desk = accounts.open_desk(village_folder, PASSWORD, operator, today)
    assert desk.operator.name == "钱会计"
    assert desk.today() == today()
    accounts.close_desk(desk)
    accounts.close_desk(desk)


def test_a_wrong_password_is_a_sentence_and_is_audited_later(village_folder: Path) -> None:
    for operator in (None, "文书"):
        with pytest.raises(StoreError, match="口令不对"):
            accounts.open_desk(village_folder, "wrong-password", operator)
    desk = accounts.open_desk(village_folder, PASSWORD)
    (note,) = [note for note in _notes(desk) if note["what"] == "口令输错"]
    assert (note["times"], note["label"]) == (2, "文书")
    accounts.close_desk(desk)
    desk = accounts.open_desk(village_folder, PASSWORD)
    assert len([note for note in _notes(desk) if note["what"] == "口令输错"]) == 1
    accounts.close_desk(desk)


def test_a_wrong_name_with_the_right_password_is_refused(village_folder: Path) -> None:
    with pytest.raises(StoreError, match="张三"):
        accounts.open_desk(village_folder, PASSWORD, "张三")
    accounts.close_desk(accounts.open_desk(village_folder, PASSWORD))  # nothing stayed open


def test_the_folder_is_held_while_the_desk_is_open(village_desk: Desk) -> None:
    program = (
        "import sys; from pathlib import Path; from daomao_desktop.services import accounts\n"
        "try: accounts.open_desk(Path(sys.argv[1]), sys.argv[2])\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    arguments = [sys.executable, "-c", program, str(village_desk.store.folder), PASSWORD]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("StoreError 另一个窗口")


def test_a_password_is_changed(village_folder: Path) -> None:
    desk = accounts.open_desk(village_folder, PASSWORD)
    with pytest.raises(StoreError):
        accounts.change_password(desk, "wrong-password", "xin-kouling-1")
    with pytest.raises(StoreError):
        accounts.change_password(desk, PASSWORD, " ")
    accounts.change_password(desk, PASSWORD, "xin-kouling-1")
    assert [note["what"] for note in _notes(desk)][-1] == "修改口令"
    accounts.close_desk(desk)
    with pytest.raises(StoreError):
        accounts.open_desk(village_folder, PASSWORD)
    accounts.close_desk(accounts.open_desk(village_folder, "xin-kouling-1"))


def test_a_forgotten_password_is_reset_by_the_code(fresh_folder: Path, cheap: Cost) -> None:
    code = accounts.found_office(fresh_folder, VILLAGE, cost=cheap).recovery_code
    wrong = ("A" if code[0] != "A" else "B") + code[1:]
    with pytest.raises(StoreError):
        accounts.reset_password(fresh_folder, "文书", wrong, "xin-kouling-1")
    with pytest.raises(StoreError, match="主任"):
        accounts.reset_password(fresh_folder, "主任", code, "xin-kouling-1")
    accounts.reset_password(fresh_folder, "文书", code, "xin-kouling-1")
    desk = accounts.open_desk(fresh_folder, "xin-kouling-1")
    assert [note["what"] for note in _notes(desk)] == ["用恢复码重设口令"]
    accounts.close_desk(desk)


def test_a_second_operator_signs_in_with_a_role_of_his_own(village_folder: Path) -> None:
    desk = accounts.open_desk(village_folder, PASSWORD)
    draft = OperatorDraft("赵监督", "监督", OperatorRole.VILLAGE_WATCH, "jiandu-2026")
    with pytest.raises(StoreError, match="口令"):
        accounts.add_operator(desk, draft, "wrong-password")
    accounts.add_operator(desk, draft, PASSWORD)
    with pytest.raises(InvalidInput, match="镇经办"):
        accounts.add_operator(
            desk, replace(draft, name="吴镇", role=OperatorRole.TOWN_CLERK), PASSWORD
        )
    assert [one.label for one in accounts.list_operators(desk)] == ["文书", "监督"]
    accounts.close_desk(desk)
    with pytest.raises(StoreError, match="文书、监督"):
        accounts.open_desk(village_folder, PASSWORD)
    for operator in ("监督", "赵监督"):
        desk = accounts.open_desk(village_folder, "jiandu-2026", operator)
        assert desk.operator.role is OperatorRole.VILLAGE_WATCH
        with pytest.raises(Refused, match="村务监督"):
            accounts.save_scheme_settings(desk, SchemeSettings())
        accounts.close_desk(desk)
    # signing in by name does not count as a wrong password of the others
    desk = accounts.open_desk(village_folder, PASSWORD, "文书")
    assert not [
        note for note in _notes(desk) if note["what"] == "口令输错" and note["label"] == "监督"
    ]
    accounts.close_desk(desk)
    with pytest.raises(StoreError, match="钱会计"):
        accounts.open_desk(village_folder, "jiandu-2026", "钱会计")


def test_an_operator_put_out_of_use_cannot_sign_in(village_folder: Path) -> None:
    desk = accounts.open_desk(village_folder, PASSWORD)
    draft = OperatorDraft("赵监督", "监督", OperatorRole.VILLAGE_WATCH, "jiandu-2026")
    (uid,) = accounts.add_operator(desk, draft, PASSWORD).uids
    with pytest.raises(Refused, match="自己"):
        accounts.deactivate_operator(desk, desk.operator.uid)
    with pytest.raises(Refused, match="经办"):
        accounts.deactivate_operator(acting_as(desk, OperatorRole.VILLAGE_CLERK), uid)
    accounts.deactivate_operator(desk, uid)
    assert accounts.sign_in_labels(village_folder) == ("文书",)
    assert [one.label for one in accounts.list_operators(desk)] == ["文书"]
    with pytest.raises(Refused, match="已经停用"):
        accounts.deactivate_operator(desk, uid)
    # The label is free again, for the next one in the post.
    accounts.add_operator(desk, replace(draft, name="周监督"), PASSWORD)
    accounts.close_desk(desk)
    with pytest.raises(StoreError):
        accounts.open_desk(village_folder, "jiandu-2026", "赵监督")
    desk = accounts.open_desk(village_folder, "jiandu-2026", "监督")
    assert desk.operator.name == "周监督"
    accounts.close_desk(desk)


def test_the_settings_of_the_scheme(village_desk: Desk) -> None:
    assert accounts.scheme_settings(village_desk) == SchemeSettings()
    wanted = replace(SchemeSettings(), weight_tasks=20, weight_satisfaction=30)
    changes = accounts.save_scheme_settings(village_desk, wanted)
    assert changes.areas
    assert accounts.scheme_settings(village_desk) == wanted
    with pytest.raises(InvalidInput, match="100"):
        accounts.save_scheme_settings(village_desk, replace(wanted, weight_tasks=21))
    with pytest.raises(Refused):
        accounts.save_scheme_settings(acting_as(village_desk, OperatorRole.VILLAGE_CLERK), wanted)


def test_a_broken_chain_is_named_by_the_check(village_folder: Path) -> None:
    desk = accounts.open_desk(village_folder, PASSWORD)
    assert accounts.check_store(desk) == []
    with desk.store._engine.connect() as connection:
        connection.exec_driver_sql("UPDATE audit_entry SET actor = 'x' WHERE sequence = 2")
        connection.commit()
    (problem,) = accounts.check_store(desk)
    assert "第 2 条" in problem
    accounts.close_desk(desk)
