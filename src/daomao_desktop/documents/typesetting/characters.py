"""What punctuation may do at the ends of a line (GB/T 15834-2011, 5.1, and common practice)."""

from __future__ import annotations

# The first part of each is what everybody types; then what stands for it: half-width marks, marks
# of other widths, hyphens and slashes (5.1.9, 5.1.12), the dashes and dots of other keyboards.
NOT_AT_START = frozenset(
    "，。、；：？！…—～·）］】〕〉》」』”’％‰℃"
    + ",.;:?!)]}%°′″"
    + "﹐﹒．｝〗〙／〜"
    + "-–/"
    + "―─⋯•‧・"
)
NOT_AT_START |= frozenset(map(chr, range(0x300, 0x370)))  # an accent stays on its letter
NOT_AT_END = frozenset("（［【〔〈《「『“‘￥№" + "([{$¥#" + "｛〖〘＄")

BLANKS = frozenset(" \u3000")  # end the line before them and vanish there

OPENING = frozenset("（［【〔〈《「『“‘")
# Marks whose ink stands in the left half of the em; ？ is centred in Fandol and gives less
CLOSING = frozenset("，。、；：！？）］】〕〉》」』”’")
_LITTLE = {"？": 0.25}

# Two of these make one mark and touch each other: never parted, never spread
JOINED = frozenset("—…―─⋯")


def squeeze(character: str, em_width: float) -> float:
    """How much of a mark's blank side can be taken away, in em; 0 for anything else.

    A full-width mark is squeezed to half width at most.
    """
    if em_width < 0.9 or not (character in CLOSING or character in OPENING):
        return 0.0
    return _LITTLE.get(character, em_width / 2)
