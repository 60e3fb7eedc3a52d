"""Settings of documents: kept as plain values, within bounds."""

from __future__ import annotations

import json

import pytest

from daomao_desktop.domain.notice_settings import (
    BOUNDS,
    NOTICE_LABELS,
    CertificateStyle,
    CommendationForm,
    NoticeSettings,
)


def test_settings_come_back_as_they_were_kept() -> None:
    assert NoticeSettings.from_json({}) == NoticeSettings()
    for form in CommendationForm:
        kept = NoticeSettings(form, objection_days=10, rectify_days=60)
        assert NoticeSettings.from_json(kept.as_json()) == kept
    for style in CertificateStyle:
        kept = NoticeSettings(
            certificate_style=style,
            certificate_right=-3,
            certificate_down=15,
        )
        assert NoticeSettings.from_json(kept.as_json()) == kept
    assert set(NoticeSettings().as_json()) == set(NOTICE_LABELS)
    assert json.loads(json.dumps(NoticeSettings().as_json())) == NoticeSettings().as_json()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"days": 3}, "days"),
        ({"commendation_form": "medal"}, "表彰形式"),
        ({"certificate_style": "gold"}, "证书样式"),
        ({"certificate_right": 1.5}, "右移"),
        ({"objection_days": "15"}, "异议"),
        ({"rectify_days": True}, "整改"),
    ],
)
def test_what_is_not_understood_is_refused(values: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        NoticeSettings.from_json(values)


@pytest.mark.parametrize("name", BOUNDS)
def test_numbers_stay_within_bounds(name: str) -> None:
    low, high = BOUNDS[name]
    for days, fine in ((low - 1, False), (low, True), (high, True), (high + 1, False)):
        problems = NoticeSettings(**{name: days}).problems()
        assert [one.field for one in problems] == ([] if fine else [name])
