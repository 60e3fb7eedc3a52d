"""Money in whole 分; never a float."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in 分 (1/100 元); may be negative."""

    fen: int

    def __add__(self, other: Money) -> Money:
        return Money(self.fen + other.fen)

    def __sub__(self, other: Money) -> Money:
        return Money(self.fen - other.fen)

    def __mul__(self, times: int) -> Money:
        return Money(self.fen * times)

    def __neg__(self) -> Money:
        return Money(-self.fen)

    def percent(self, percent: int) -> Money:
        """That share of the amount, half a 分 rounded away from zero."""
        sign = -1 if self.fen < 0 else 1
        return Money(sign * ((abs(self.fen) * percent * 2 + 100) // 200))

    def __str__(self) -> str:
        """Figures as printed: 1,200.50."""
        sign = "-" if self.fen < 0 else ""
        yuan, fen = divmod(abs(self.fen), 100)
        return f"{sign}{yuan:,}.{fen:02d}"
