"""Hypothesis without deadlines: the first example pays for an import."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("domain", deadline=None, database=None)
settings.load_profile("domain")
