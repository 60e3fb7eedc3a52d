"""Breaking a title by meaning into a trapezoid or a diamond (GB/T 9704-2012, 7.3.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import accumulate, combinations, pairwise

from daomao_desktop.documents.fonts import Face, advances
from daomao_desktop.documents.typesetting.groups import AMOUNT, FREE, NEVER, break_levels
from daomao_desktop.paths import resource

_ORGANS = ("委员会", "支部", "人民政府", "村民委员会", "党委", "党支部", "纪律检查委员会")
_QUOTED = re.compile(r"《[^《》]{1,16}》|“[^“”]{1,8}”|（[^（）]{1,6}）")

# Widest line in characters of 二号, and how far from the 版心's full 20 a line should stay
MOST = 20
_COMFORTABLE = 18


@cache
def _vocabulary() -> tuple[frozenset[str], int]:
    """Words that official titles are made of, and the length of the longest.

    A line ends between words, not inside them.
    """
    text = resource("wording/title-words.txt").read_text(encoding="utf-8")
    words = frozenset(
        word for line in text.splitlines() if not line.startswith("#") for word in line.split()
    )
    return words, max(map(len, words))


def _places(title: str, names: Sequence[str]) -> list[float]:
    """For each place between characters the cost of a line ending there; 0 suits best."""
    size = len(title)
    costs = [6.0] * (size + 1)
    levels = break_levels(title, names)
    words, longest = _vocabulary()
    # Longest words first, from the left
    covered = [False] * size
    place = 0
    while place < size:
        for length in range(min(longest, size - place), 1, -1):
            if title[place : place + length] in words:
                for inside in range(place + 1, place + length):
                    costs[inside] = 40.0
                for inside in range(place, place + length):
                    covered[inside] = True
                place += length
                break
        else:
            place += 1
    for place in range(1, size):
        before, after = title[place - 1], title[place]
        if costs[place] < 40 and covered[place - 1] and covered[place]:
            costs[place] = 3.0
        elif costs[place] < 40 and not covered[place - 1] and not covered[place]:
            costs[place] = 12.0  # two unknown characters may well be one word
        if title.startswith(_ORGANS, place) and ("关于" in title[place:] or "关于" not in title):
            costs[place] = max(costs[place], 20.0)  # 大茂镇人民政府 is one name
        elif title.endswith(_ORGANS, 0, place) and costs[place] < 40:
            costs[place] = min(costs[place], 1.0)
        if title.startswith("关于", place):
            costs[place] = -6.0 if place >= 4 else 0.0
        elif before in "、，；：" or after in "《“":
            costs[place] = min(costs[place], 0.5)
        elif after == "（":
            costs[place] = max(costs[place], 30.0)  # 方案（试行） is one name
        elif before in "》”）—":
            costs[place] = min(costs[place], 1.0)
        if before == "的":
            costs[place] = min(costs[place], 2.0)
        if after in "的了之等和与及" and not title.startswith(("及时", "等次"), place):
            costs[place] = 60.0 if after in "的了之等" else costs[place]
        if before in "和与及第" or title[max(0, place - 2) : place] in {"关于", "给予", "以及"}:
            costs[place] = max(costs[place], 30.0)
        if levels[place] == NEVER:
            costs[place] = float("inf")
        elif levels[place] == AMOUNT:
            costs[place] = 1e4
        elif levels[place] != FREE:
            costs[place] = max(costs[place], 80.0)
    for match in _QUOTED.finditer(title):
        for inside in range(match.start() + 1, match.end()):
            costs[inside] = max(costs[inside], 50.0)
    return costs


def _shape(lengths: Sequence[float]) -> float:
    """Cost of the lines' lengths: trapezoids and diamonds are wanted, boxes and hourglasses not."""
    if min(lengths) < 2:
        return float("inf")
    steps = [b - a for a, b in pairwise(lengths)]
    cost = sum(max(0.0, length - _COMFORTABLE) * 6 for length in lengths)
    widest = max(lengths)
    cost += sum(12.0 for length in lengths if length < widest / 3)
    cost += sum(max(0.0, abs(step) - 5) * 1.5 for step in steps)
    cost += sum(4.0 for step in steps if abs(step) < 1)
    turns = [step for step in steps if abs(step) >= 1]
    falling = False
    for step in turns:
        if step < 0:
            falling = True
        elif falling:
            cost += 25.0  # narrow in the middle
    return cost


def break_title(title: str, names: tuple[str, ...] = (), most: float = MOST) -> tuple[str, ...]:
    """Lines of a title; a line feed in it breaks there and nowhere else.

    ``most`` is the widest line in characters.
    """
    if "\n" in title:
        return tuple(line.strip() for line in title.split("\n") if line.strip())
    return _by_meaning(title, names, most, tuple(advances(title, Face.TITLE)))


@lru_cache(maxsize=512)
def _by_meaning(
    title: str, names: tuple[str, ...], most: float, ems: tuple[float, ...]
) -> tuple[str, ...]:
    prefix = [0.0, *accumulate(ems)]
    if prefix[-1] <= most:
        return (title,)
    costs = _places(title, names)
    fewest = max(2, -int(-prefix[-1] // most))
    best: tuple[float, tuple[int, ...]] | None = None
    for count in (fewest, fewest + 1):
        if count > 4:
            break
        candidates = [place for place in range(2, len(title) - 1) if costs[place] < 30]
        if len(candidates) > 40 and count == 4:
            candidates = [place for place in candidates if costs[place] <= 3]
        for chosen in combinations(candidates, count - 1):
            edges = (0, *chosen, len(title))
            lengths = [prefix[b] - prefix[a] for a, b in pairwise(edges)]
            if max(lengths) > most:
                continue
            cost = (count - fewest) * 14.0 + sum(costs[place] for place in chosen)
            if best is not None and cost >= best[0]:
                continue
            cost += _shape(lengths)
            if best is None or cost < best[0]:
                best = (cost, chosen)
    if best is None or best[0] == float("inf"):
        return _fill(title, costs, prefix, most)
    edges = (0, *best[1], len(title))
    return tuple(title[a:b].strip() for a, b in pairwise(edges))


def _fill(
    title: str, costs: Sequence[float], prefix: Sequence[float], most: float
) -> tuple[str, ...]:
    """Break a very long or unbreakable title into even lines at the cheapest places."""
    size = len(title)
    count = -int(-prefix[size] // most)
    target = prefix[size] / count
    totals = [float("inf")] * (size + 1)
    before = [0] * (size + 1)
    totals[0] = 0.0
    for start in range(size):
        if totals[start] == float("inf"):
            continue
        for stop in range(start + 1, size + 1):
            length = prefix[stop] - prefix[start]
            if length > most:
                break
            place = 0.0 if stop == size else min(costs[stop], 1e6)
            lonely = 1e4 if stop - start < 2 else 0.0
            total = totals[start] + place + (length - target) ** 2 + lonely
            if total < totals[stop]:
                totals[stop] = total
                before[stop] = start
    edges = [size]
    while edges[-1]:
        edges.append(before[edges[-1]])
    edges.reverse()
    return tuple(title[a:b].strip() for a, b in pairwise(edges))
