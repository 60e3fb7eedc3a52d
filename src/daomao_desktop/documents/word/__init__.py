"""A Word copy of an official document, for the secretary to correct by hand: ``word_copy(…)``."""

from daomao_desktop.documents.word.copying import word_copy

__all__ = ["word_copy"]
