"""Errors a user can cause or mend: each carries one Chinese sentence."""

from __future__ import annotations

from dataclasses import dataclass


class DaomaoError(Exception):
    """An expected error; ``str(error)`` is one Chinese sentence: what is wrong, what to do.

    ``details`` are further lines (cells, persons) shown below the sentence; they may name persons
    and therefore never go to a log.
    """

    def __init__(self, sentence: str, details: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.details = details


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One field of a draft and the sentence that stands beside it in a form."""

    field: str
    sentence: str


class InvalidInput(DaomaoError):
    """A draft failed its check; ``problems`` name the fields (attribute names of the draft)."""

    def __init__(self, problems: tuple[FieldProblem, ...]) -> None:
        super().__init__("；".join(problem.sentence for problem in problems))
        self.problems = problems


class Refused(DaomaoError):
    """The scheme, the state of the year or the operator's role does not allow this step."""


class WrongDay(InvalidInput, Refused):
    """A step cannot have been on that day; the sentence stands beside the field of the day."""

    def __init__(self, sentence: str) -> None:
        super().__init__((FieldProblem("on", sentence),))


class NotFound(DaomaoError):
    """What was asked for is not (or no longer) in the store."""


class StoreError(DaomaoError):
    """The data folder cannot be opened or written: wrong password, damage, busy, no space."""


class FileProblem(DaomaoError):
    """A file from outside cannot be read or written; names the file, not its content."""
