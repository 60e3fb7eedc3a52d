"""Scores and suggested grades of everyone assessed in a year, computed from what is recorded."""

from __future__ import annotations

from dataclasses import dataclass

from daomao_desktop.domain.assessment import (
    Component,
    Places,
    ScoreSheet,
    Standing,
    Suggestion,
    excellent_places,
    maximum,
    suggest,
    total_score,
    village_score,
)
from daomao_desktop.domain.conduct import bottom_line_points, is_veto, pairs_broken
from daomao_desktop.domain.scheme import Edition
from daomao_desktop.services.assessment_book import YearBook
from daomao_desktop.store.assessment import Assessment
from daomao_desktop.store.conduct import Finding


@dataclass(frozen=True, slots=True)
class Score:
    """One person's figures; points and totals in hundredths.

    ``points``: as entered, the bottom lines as the confirmed findings give them where nothing was
    entered; ``proposed_bottom_lines``: what the findings give in any case.
    """

    points: dict[Component, int | None]
    proposed_bottom_lines: int
    village: ScoreSheet
    total: int | None
    suggestion: Suggestion
    findings: tuple[Finding, ...]


def scores(book: YearBook) -> dict[str, Score]:
    """Everyone's figures; the places for 优秀 are known only where the whole town is (the town)."""
    sheets = {
        uid: _Sheet(book, book.assessments.get(uid), book.findings.get(uid, ()))
        for uid in book.leaders
    }
    places = _places(book, sheets) if book.edition is Edition.TOWN else None
    return {uid: _score(book, uid, sheet, places) for uid, sheet in sheets.items()}


def tied(book: YearBook) -> tuple[str, ...]:
    """Who is tied across the last place for 优秀, for the committee; known in the town alone."""
    if book.edition is not Edition.TOWN or book.history:
        return ()
    # Of those who reach 优秀 only a tie leaves the suggestion open.
    open_ones = (
        uid
        for uid, score in scores(book).items()
        if score.total is not None and score.suggestion.grade is None
    )
    return tuple(sorted(open_ones, key=book.order))


class _Sheet:
    """A person's figures before anyone is ranked."""

    def __init__(
        self, book: YearBook, assessment: Assessment | None, found: tuple[Finding, ...]
    ) -> None:
        stored = assessment.points if assessment else {}
        self.findings = found
        self.proposed = bottom_line_points(found, book.settings)
        self.points: dict[Component, int | None] = {
            component: stored.get(component.value) for component in Component
        }
        if self.points[Component.BOTTOM_LINES] is None:
            self.points[Component.BOTTOM_LINES] = self.proposed
        self.rate = assessment.satisfaction_rate if assessment else None
        self.village = village_score(self.points, book.settings)
        town = assessment.town_score if assessment else None
        self.total = total_score(self.village, town, book.settings)


def _places(book: YearBook, sheets: dict[str, _Sheet]) -> Places:
    ranked = {one.person_uid: sheets[one.person_uid].total for one in book.to_grade()}
    return excellent_places(ranked, len(ranked))


def _score(book: YearBook, uid: str, sheet: _Sheet, places: Places | None) -> Score:
    entered = sheet.points[Component.BOTTOM_LINES]
    full = maximum(Component.BOTTOM_LINES, book.settings)
    standing = Standing(
        months=book.leaders[uid].months,
        total=sheet.total,
        satisfaction_rate=sheet.rate,
        has_bottom_line_loss=bool(pairs_broken(sheet.findings))
        or (entered is not None and entered < full),
        veto=is_veto(sheet.findings),
        place=places.of(uid) if places else None,
    )
    return Score(
        points=sheet.points,
        proposed_bottom_lines=sheet.proposed,
        village=sheet.village,
        total=sheet.total,
        suggestion=suggest(standing, book.settings),
        findings=sheet.findings,
    )
