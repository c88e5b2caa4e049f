"""The round that deadlines are about is the one of the consultation's own tests."""

from __future__ import annotations

from tests.actions.consulting.conftest import asked

__all__ = ["asked"]
