"""The settings of the scheme."""

from __future__ import annotations

import json
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daomao_desktop.domain.scheme_settings import (
    FIXED_NOTE,
    SETTING_LABELS,
    SETTING_NOTE,
    MissingPolicy,
    SchemeSettings,
    setting_note,
)

DEFAULTS = SchemeSettings()


def test_the_defaults_are_sound_and_every_setting_has_a_label() -> None:
    assert DEFAULTS.problems() == ()
    assert list(SETTING_LABELS) == [field.name for field in fields(SchemeSettings)]
    assert len(set(SETTING_LABELS.values())) == len(SETTING_LABELS)


def test_what_the_scheme_fixes_is_said_to_be_fixed() -> None:
    assert SETTING_NOTE == "方案未规定，可调整"
    assert setting_note("village_share") == SETTING_NOTE
    assert setting_note("deduction_percent") == FIXED_NOTE


SETTINGS = st.builds(
    SchemeSettings,
    weight_roles=st.integers(0, 100),
    role_maxima=st.tuples(*[st.integers(0, 20)] * 6),
    village_share=st.integers(0, 100),
    missing_policy=st.sampled_from(MissingPolicy),
    excellent_from=st.integers(0, 10_000),
    survey_leaves_out_unknown=st.booleans(),
)


@given(SETTINGS)
def test_settings_survive_json(settings: SchemeSettings) -> None:
    assert SchemeSettings.from_json(json.loads(json.dumps(settings.as_json()))) == settings


def test_what_an_older_year_lacks_takes_its_default() -> None:
    assert SchemeSettings.from_json({"village_share": 60}) == replace(DEFAULTS, village_share=60)


@pytest.mark.parametrize(
    "values",
    [
        {"village_shares": 70},
        {"village_share": "70"},
        {"village_share": 70.0},
        {"village_share": True},
        {"survey_leaves_out_unknown": 1},
        {"missing_policy": "sometimes"},
        {"role_maxima": [6, 6, 8, 8, 6]},
        {"role_maxima": [6, 6, 8, 8, 6, "6"]},
        {"role_maxima": 40},
    ],
)
def test_foreign_json_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="设置"):
        SchemeSettings.from_json(values)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"weight_tasks": 29}, "weight_roles"),
        ({"weight_tasks": 31}, "weight_roles"),
        ({"role_maxima": (6, 6, 8, 8, 6, 7)}, "role_maxima"),
        ({"role_maxima": (-2, 8, 14, 8, 6, 6)}, "role_maxima"),
        ({"village_share": 101}, "village_share"),
        ({"notice_days": 3}, "notice_days"),
        ({"minimum_months": 13}, "minimum_months"),
        ({"incompetent_below": 9001}, "incompetent_below"),
        ({"incompetent_rate": 8501}, "incompetent_rate"),
        ({"deduction_percent": 10}, "deduction_percent"),
    ],
)
def test_unsound_settings_are_named(changes: dict[str, object], field: str) -> None:
    problems = replace(DEFAULTS, **changes).problems()  # type: ignore[arg-type]
    assert [problem.field for problem in problems] == [field]


def test_choices_have_wording() -> None:
    assert MissingPolicy.REWEIGH.wording == "按其余项目折算"
