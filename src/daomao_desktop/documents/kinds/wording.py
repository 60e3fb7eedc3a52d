"""Wording kept in data files: named parts whose paragraphs have fields in braces ({姓名})."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from daomao_desktop.domain.pasted_text import without_invisible
from daomao_desktop.errors import DaomaoError
from daomao_desktop.paths import resource

_PART = re.compile(r"\[([^\[\]]+)\]")
_FIELD = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Part:
    """What a part of the wording must and may name; ``lines`` fixes its number of paragraphs."""

    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()


Spec = Mapping[str, Part]


def part(required: str = "", optional: str = "") -> Part:
    """A part from names separated by spaces."""
    return Part(frozenset(required.split()), frozenset(optional.split()))


@dataclass(frozen=True, slots=True)
class Wording:
    """Checked wording: every part is there, every field is known, none that is required lacks."""

    parts: Mapping[str, tuple[str, ...]]

    def fill(
        self,
        name: str,
        fields: Mapping[str, str],
        *,
        each: tuple[str, Sequence[str]] = ("", ()),
    ) -> tuple[str, ...]:
        """The paragraphs of a part with its fields filled in, each value once and as it is.

        ``each``: a field and its values; a paragraph with that field is repeated for each of them.
        """
        many, values = each
        found: list[str] = []
        for paragraph in self.parts[name]:
            fillings: list[Mapping[str, str]] = [fields]
            if many and f"{{{many}}}" in paragraph:
                fillings = [{**fields, many: value} for value in values]
            found += [_filled(paragraph, filling) for filling in fillings]
        return tuple(found)

    def line(self, name: str, fields: Mapping[str, str]) -> str:
        """A part of one paragraph."""
        return "".join(self.fill(name, fields))


def _filled(paragraph: str, fields: Mapping[str, str]) -> str:
    return _FIELD.sub(lambda match: fields[match[1]], paragraph)


def parse_wording(text: str, spec: Spec) -> Wording:
    """Read and check wording.

    Raises DaomaoError in one sentence naming the part or field that is unknown or missing.
    """
    parts: dict[str, list[str]] = {}
    current: list[str] | None = None
    for raw in text.splitlines():
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if match := _PART.fullmatch(line):
            name = match[1]
            if name not in spec:
                raise DaomaoError(f"措辞里有不认识的段“{name}”，请删去或改正段名。")
            if name in parts:
                raise DaomaoError(f"措辞里的段“{name}”写了两遍，请删去一个。")
            current = parts[name] = []
        elif current is None:
            raise DaomaoError("措辞要从一个段名（如“[标题]”）开始，请在第一行写上段名。")
        else:
            current.append(line)
    for name, wanted in spec.items():
        if not parts.get(name):
            raise DaomaoError(f"措辞缺少“{name}”这一段，请补上。")
        _check_part(name, parts[name], wanted)
    return Wording({name: tuple(lines) for name, lines in parts.items()})


def _check_part(name: str, lines: list[str], wanted: Part) -> None:
    whole = "\n".join(lines)
    found = set(_FIELD.findall(whole))
    if "{" in _FIELD.sub("", whole) or "}" in _FIELD.sub("", whole):
        raise DaomaoError(f"措辞“{name}”这一段的花括号没有成对，请改正。")
    unknown = sorted(found - wanted.required - wanted.optional)
    if unknown:
        raise DaomaoError(f"措辞“{name}”这一段里有不认识的栏目“{unknown[0]}”，请删去或改正。")
    missing = sorted(wanted.required - found)
    if missing:
        raise DaomaoError(f"措辞“{name}”这一段缺少栏目“{missing[0]}”，请补上。")


def shipped_text(kind: str) -> str:
    """The wording shipped for a kind (criticism, commendation, deduction), as text."""
    return resource(f"wording/{kind}.txt").read_text(encoding="utf-8")


@cache
def _shipped(kind: str, spec_items: tuple[tuple[str, Part], ...]) -> Wording:
    return parse_wording(shipped_text(kind), dict(spec_items))


def wording_for(kind: str, spec: Spec, own: str | None) -> Wording:
    """The office's own wording where it has one, else the shipped one."""
    if own is not None:
        return parse_wording(own, spec)
    return _shipped(kind, tuple(spec.items()))


def sentence(text: str) -> str:
    """A fact as one sentence: without blanks around, ended by 。 unless it ends in a mark.

    A quotation with a mark of its own at its end needs none after it, a mere word does (“没空”。).
    """
    trimmed = " ".join(without_invisible(text).split()).rstrip("，、；;,")
    ended = trimmed.rstrip("”’").endswith(("。", "！", "？", "…"))
    return trimmed if ended else trimmed.rstrip(".") + "。"


def shortened(text: str, most: int) -> str:
    """A text in at most that many characters, on one line and without a mark at its end."""
    plain = " ".join(text.split()).rstrip("。，、；;,. ")
    return plain if len(plain) <= most else plain[: most - 2].rstrip("。，、；;,. ") + "……"
