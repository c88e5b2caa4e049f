"""Plays one case of the conformance protocol on an adapter; an AssertionError says which step differs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from service.process_tests.scenario import play, read_scenario


class Scenario:
    """One case of the protocol."""

    def __init__(self, path: Path, adapter: Any, *, restarting: bool = False) -> None:
        self._scenario = read_scenario(path)
        self._adapter = adapter
        self._restarting = restarting

    def play(self) -> None:
        """Deploy, then every step in its order."""
        for told in play(self._scenario, self._adapter, restarting=self._restarting):
            assert not told.wrong, f"step {told.number} {told.step}: {told.wrong}"
