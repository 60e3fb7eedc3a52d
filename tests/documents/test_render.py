"""``render``: what the JSON may say, what is refused in one sentence, and the bytes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daomao_desktop.documents.render import KEYS, document_from_json, render_json
from daomao_desktop.documents.typesetting import Format, NameNotPrintable
from daomao_desktop.errors import DaomaoError, FileProblem
from tests.documents.measuring import text_of

FULL: dict[str, Any] = {
    "format": "file",
    "organ": "大茂镇人民政府文件",
    "number": "大茂府〔2026〕5号",
    "signer": None,
    "copy_number": None,
    "secrecy": None,
    "urgency": None,
    "title": "关于做好2026年防汛工作的通知",
    "addressee": "各村",
    "body": ["现将有关事项通知如下：", "一、总体要求", "（一）提高认识。抓好落实。"],
    "attachments": ["值班表"],
    "signature": ["大茂镇人民政府"],
    "date": "2026-01-15",
    "seal": True,
    "note": None,
    "copies_to": "镇纪委",
    "printed_by": "大茂镇党政办公室",
    "printed_on": "2026-01-16",
}


def render(**changes: Any) -> bytes:
    return render_json(json.dumps(FULL | changes, ensure_ascii=False))


@pytest.mark.parametrize("form", [form.value for form in Format])
def test_each_format_is_set(form: str) -> None:
    pdf = render(format=form)
    text = text_of(pdf)
    assert pdf.startswith(b"%PDF-")
    for piece in ("关于做好2026年防汛工作的通知", "各村：", "附件：值班表", "2026年1月15日"):
        assert piece in text
    assert ("大茂府〔2026〕5号" in text) == (form != "plain")
    assert ("2026年1月16日印发" in text) == (form == "file")


def test_least_document() -> None:
    assert "正文" in text_of(render_json('{"format":"plain","title":"标题","body":["正文"]}'))


def test_every_key_of_the_specification_is_known() -> None:
    assert set(FULL) == KEYS
    document = document_from_json(
        json.dumps(FULL | {"signer": "王强", "note": "公开", "seal": False, "urgency": "特急"})
    )
    assert document.signer == "王强"
    assert document.note == "公开"
    assert document.urgency == "特急"
    assert document.seal is False
    assert str(document.printed_on) == "2026-01-16"


@pytest.mark.parametrize(
    ("given_number", "printed"),
    [
        ("大茂府〔2026〕5号", "大茂府〔2026〕5号"),
        ("大茂府[2026]第005号", "大茂府〔2026〕5号"),
        ("大茂府（2026）12号", "大茂府〔2026〕12号"),
        ("2026年第1号", "2026年第1号"),
    ],
)
def test_number_takes_its_standard_form(given_number: str, printed: str) -> None:
    assert document_from_json(json.dumps(FULL | {"number": given_number})).number == printed


MALFORMED: list[tuple[str, str]] = [
    ("", "JSON"),
    ("{", "JSON"),
    ("[]", "对象"),
    ("null", "对象"),
    ('"text"', "对象"),
    ("12", "对象"),
    ("{}", "format"),
    ("[" * 100_000, "嵌套太深"),
    ('{"a":' + "9" * 5000 + "}", "数字太长"),
    ('{"format":"plain","format":"file"}', "两遍"),
    ('{"seal":NaN}', "NaN"),
    ("{'format':'plain'}", "第 1 行"),
    ('{"format":"plain","title":"标题","body":["正文"],}', "JSON"),
    ('{"标\\u0000题":1}', "标?题"),
    ("\x00", "JSON"),
]


@pytest.mark.parametrize(("text", "sentence"), MALFORMED)
def test_what_is_no_json_object_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(FileProblem) as caught:
        render_json(text)
    assert sentence in str(caught.value)
    assert is_one_sentence(str(caught.value))


CHANGES: list[tuple[dict[str, Any], str]] = [
    ({"colour": "red"}, "colour"),
    ({"Title": "标题"}, "Title"),
    ({"": 1}, "不认识的键"),
    ({"format": None}, "format"),
    ({"format": "FILE"}, "format"),
    ({"format": 1}, "format"),
    ({"format": ["file"]}, "format"),
    ({"title": None}, "标题"),
    ({"title": ""}, "标题"),
    ({"title": " 　"}, "标题"),
    ({"title": 5}, "title"),
    ({"title": ["标题"]}, "title"),
    ({"title": "标\n题"}, "U+000A"),
    ({"title": "标\u200b题"}, "U+200B"),
    ({"title": "标\ud800题"}, "U+D800"),
    ({"title": "标\ue000题"}, "U+E000"),
    ({"title": "标\x7f题"}, "U+007F"),
    ({"title": "题\u2028"}, "U+2028"),
    ({"title": "人\U00030000民"}, "\U00030000"),
    ({"title": "关于做好工作的通知" * 30}, "排不下"),
    ({"organ": None}, "organ"),
    ({"organ": {}}, "organ"),
    ({"organ": "机\t关"}, "U+0009"),
    ({"organ": "村" * 100}, "发文机关名称太长"),
    ({"number": 5}, "number"),
    ({"number": " a" * 50_000}, "发文字号太长"),
    ({"signer": True}, "signer"),
    ({"copy_number": 1}, "copy_number"),
    ({"secrecy": 1.5}, "secrecy"),
    ({"urgency": []}, "urgency"),
    ({"addressee": ["各村"]}, "addressee"),
    ({"addressee": "各村、" * 400}, "排不下"),
    ({"copies_to": "各村，" * 400}, "排不下"),
    ({"body": None}, "正文"),
    ({"body": []}, "正文"),
    ({"body": "正文"}, "body"),
    ({"body": {"一": "二"}}, "body"),
    ({"body": ["正文", None]}, "第 2 项"),
    ({"body": ["正文", 3]}, "第 2 项"),
    ({"body": ["正文", ["一"]]}, "第 2 项"),
    ({"body": ["正文", ""]}, "第 2 项"),
    ({"body": ["正文", "换\n行"]}, "第 2 项"),
    ({"body": ["从右\u202e往左"]}, "U+202E"),
    ({"body": ["😀"]}, "😀"),
    ({"body": ["ཀ"]}, "ཀ"),
    ({"body": ["村" * 200_001]}, "200000"),
    ({"attachments": "值班表"}, "attachments"),
    ({"attachments": [1]}, "attachments"),
    ({"attachments": [""]}, "attachments"),
    ({"signature": "大茂镇"}, "signature"),
    ({"signature": [None]}, "signature"),
    ({"date": None}, "date"),
    ({"date": "2026-02-30"}, "2026-02-30"),
    ({"date": "2026-1-5"}, "date"),
    ({"date": "2026/01/05"}, "date"),
    ({"date": "20260105"}, "date"),
    ({"date": "2026-01-05T00:00"}, "date"),
    ({"date": "２０２６-01-05"}, "date"),
    ({"date": "0000-01-01"}, "0000-01-01"),
    ({"date": 20260105}, "date"),
    ({"date": True}, "date"),
    ({"date": ["2026-01-05"]}, "date"),
    ({"printed_on": "明天"}, "printed_on"),
    ({"printed_on": "2026-13-01"}, "2026-13-01"),
    ({"seal": 1}, "seal"),
    ({"seal": "true"}, "seal"),
    ({"seal": []}, "seal"),
    ({"note": 1}, "note"),
    ({"copies_to": ["镇纪委"]}, "copies_to"),
    ({"printed_by": 0}, "printed_by"),
    ({"printed_by": "办公室\x1b[0m"}, "U+001B"),
]


@pytest.mark.parametrize(("changes", "sentence"), CHANGES)
def test_wrong_values_are_refused_by_name(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(DaomaoError) as caught:
        render_json(json.dumps(FULL | changes))
    assert sentence in str(caught.value)
    assert is_one_sentence(str(caught.value))


def is_one_sentence(text: str) -> bool:
    return text.endswith("。") and text.count("。") == 1 and "\n" not in text


def test_every_key_but_three_may_be_absent_or_null() -> None:
    least = {"format": "plain", "title": "标题", "body": ["正文"]}
    nulls = dict.fromkeys(KEYS - set(least))
    assert document_from_json(json.dumps(least | nulls)) == document_from_json(json.dumps(least))


def test_a_signer_without_a_glyph_is_named() -> None:
    with pytest.raises(NameNotPrintable, match="“王\U00031350”的名字"):
        render(signer="李强、王\U00031350")


def pdf_or_sentence(text: str) -> bytes | str:
    """The PDF, or what the refusal says; anything else than a refusal goes through."""
    try:
        return render_json(text)
    except DaomaoError as error:
        return str(error)


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(max_size=20),
    st.lists(st.text(max_size=20), max_size=3),
    st.dictionaries(st.text(max_size=3), st.none(), max_size=2),
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from([*sorted(KEYS), "extra"]), VALUES, max_size=4))
def test_any_values_are_set_or_refused(changes: dict[str, Any]) -> None:
    outcome = pdf_or_sentence(json.dumps(FULL | changes))
    if isinstance(outcome, bytes):
        assert outcome.startswith(b"%PDF-")
    else:
        assert is_one_sentence(outcome)


def test_same_json_gives_same_bytes_whatever_came_before() -> None:
    alone = render()
    render(title="别的标题𠮷", body=["另一份䶮公文 with Latin words and 12345."], format="letter")
    assert render() == alone
