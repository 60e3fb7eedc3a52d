"""A document kept as plain values is the same document again."""

from __future__ import annotations

import json

import pytest

from daomao_desktop.documents.keeping import as_values, from_values
from tests.documents import examples
from tests.documents.test_word import PAPERS


@pytest.mark.parametrize("kind", PAPERS)
def test_it_comes_back_word_for_word(kind: str) -> None:
    values = json.loads(json.dumps(as_values(PAPERS[kind]), ensure_ascii=False))
    assert from_values(values) == PAPERS[kind]


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"is": "date", "value": "2026-01-15"},
        {"is": "Unknown"},
        {**as_values(examples.FILE), "new": 1},
    ],
)
def test_that_of_another_release_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"release|official"):
        from_values(values)
