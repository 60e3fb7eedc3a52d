"""One document described in JSON, for other programs and for tests (``render``)."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from daomao_desktop.documents.fonts import is_control
from daomao_desktop.documents.typesetting import Format, OfficialDocument, typeset
from daomao_desktop.errors import FileProblem

LONGEST_TEXT = 200_000
"""Characters in all; some two hundred pages."""
LONGEST_LIST = 5_000
"""Paragraphs, attachments or signing organs; one a line they fill as many pages."""

_TEXTS = (
    "organ",
    "number",
    "signer",
    "copy_number",
    "secrecy",
    "urgency",
    "title",
    "addressee",
    "note",
    "copies_to",
    "printed_by",
)
_LISTS = ("body", "attachments", "signature")
_DATES = ("date", "printed_on")
KEYS = frozenset({"format", "seal", *_TEXTS, *_LISTS, *_DATES})
_LONGEST_NUMBER = 200
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(
    r"(.*?) *[〔\[［【(（]\s*(\d{4})\s*[〕\]］】)）]\s*第?\s*0*(\d+)\s*号?", re.ASCII
)


def render_json(text: str) -> bytes:
    """The PDF of the document that the JSON text describes; everything is checked beforehand.

    Raises FileProblem (or another DaomaoError) in one sentence naming the key.
    """
    return typeset(document_from_json(text))


def document_from_json(text: str) -> OfficialDocument:
    """Read and check the JSON text; raises FileProblem in one sentence."""
    fields = _object(text)
    unknown = sorted(set(fields) - KEYS)
    if unknown:
        raise FileProblem(f"不认识的键“{_shown(unknown[0])}”，请删去或改正。")
    form = _format(fields.get("format"))
    texts = {key: _text(fields.get(key), key) for key in _TEXTS}
    lists = {key: _list(fields.get(key), key) for key in _LISTS}
    dates = {key: _date(fields.get(key), key) for key in _DATES}
    seal = fields.get("seal", True)
    if seal is None:
        seal = True
    if not isinstance(seal, bool):
        raise FileProblem("键“seal”要写 true 或 false。")
    if not texts["title"]:
        raise FileProblem("缺少标题，请填写键“title”。")
    if not lists["body"]:
        raise FileProblem("缺少正文，请在键“body”里至少写一段。")
    if form is not Format.PLAIN and not texts["organ"]:
        raise FileProblem("缺少发文机关，请填写键“organ”。")
    if lists["signature"] and dates["date"] is None:
        raise FileProblem("有署名却没有成文日期，请填写键“date”。")
    if sum(map(len, texts.values())) + sum(map(len, sum(lists.values(), ()))) > LONGEST_TEXT:
        raise FileProblem(f"文字超过 {LONGEST_TEXT} 字，不像是一份公文。")
    return OfficialDocument(
        format=form,
        title=texts["title"],
        body=lists["body"],
        organs=(texts["organ"],) if texts["organ"] else (),
        number=_number(texts["number"]),
        signer=texts["signer"],
        copy_number=texts["copy_number"],
        secrecy=texts["secrecy"],
        urgency=texts["urgency"],
        addressee=texts["addressee"],
        attachments=lists["attachments"],
        signature=lists["signature"],
        date=dates["date"],
        seal=seal,
        note=texts["note"],
        copies_to=texts["copies_to"],
        printed_by=texts["printed_by"],
        printed_on=dates["printed_on"],
    )


def _object(text: str) -> Mapping[str, Any]:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            keys = [key for key, _value in pairs]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise FileProblem(f"键“{_shown(twice)}”写了两遍，请删去一个。")
        return found

    def constant(name: str) -> None:
        raise FileProblem(f"文件里的 {name} 不是 JSON 的值，请改正。")

    try:
        found = json.loads(
            text.removeprefix("\ufeff"), object_pairs_hook=once, parse_constant=constant
        )
    except json.JSONDecodeError as error:
        raise FileProblem(
            f"不是正确的 JSON：第 {error.lineno} 行第 {error.colno} 个字符处有错，请改正。"
        ) from error
    except (RecursionError, ValueError) as error:  # too deep, or a number of too many digits
        raise FileProblem("不是正确的 JSON：嵌套太深或者数字太长，请改正。") from error
    if not isinstance(found, dict):
        raise FileProblem("JSON 的最外层要是一个对象（花括号），请改正。")
    return found


def _shown(key: str) -> str:
    """A key as part of a sentence: short and printable."""
    clean = "".join(character if character.isprintable() else "?" for character in key)
    return clean if len(clean) <= 30 else f"{clean[:30]}…"


def _format(value: object) -> Format:
    names = [form.value for form in Format]
    if not isinstance(value, str) or value not in names:
        raise FileProblem(f"键“format”要写 {'、'.join(names)} 之一。")
    return Format(value)


def _text(value: object, key: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise FileProblem(f"键“{key}”要写文字或者 null。")
    return _printable(value, f"键“{key}”")


def _list(value: object, key: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise FileProblem(f"键“{key}”要写成由文字组成的列表。")
    if len(value) > LONGEST_LIST:
        raise FileProblem(f"键“{key}”超过 {LONGEST_LIST} 项，不像是一份公文。")
    found = []
    for place, entry in enumerate(value, 1):
        where = f"键“{key}”第 {place} 项"
        if not isinstance(entry, str):
            raise FileProblem(f"{where}要写文字。")
        clean = _printable(entry, where)
        if not clean:
            raise FileProblem(f"{where}是空的，请填写或删去。")
        found.append(clean)
    return tuple(found)


def _printable(text: str, where: str) -> str:
    """The text in NFC without blanks around; refuses what cannot be printed."""
    for character in text:
        if is_control(character) or unicodedata.category(character) in ("Zl", "Zp"):
            raise FileProblem(f"{where}里有不能打印的字符（U+{ord(character):04X}），请删去。")
    return unicodedata.normalize("NFC", text.replace("\xa0", " ")).strip(" 　")


def _date(value: object, key: str) -> date | None:
    if value is None:
        return None
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise FileProblem(f"键“{key}”的日期“{value}”不存在，请改正。") from None
    raise FileProblem(f"键“{key}”要写成 2026-01-15 这样的日期。")


def _number(number: str) -> str:
    """发文字号 as 7.2.5 wants it: 〔〕, no 第, no padding zeros; anything else stays as it is."""
    if len(number) > _LONGEST_NUMBER:  # the engine refuses it; the pattern would be slow on it
        return number
    match = _NUMBER.fullmatch(number)
    return f"{match[1]}〔{match[2]}〕{match[3]}号" if match else number
