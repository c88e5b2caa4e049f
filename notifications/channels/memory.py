"""A way out that keeps the letters, for simulation and tests."""

from __future__ import annotations

from workflows.store.deliveries import Letter


class MemoryChannel:
    """Takes every letter and keeps it in `letters`, oldest first."""

    def __init__(self, name: str = "mail") -> None:
        self.name = name
        self.letters: list[Letter] = []

    def send(self, letter: Letter) -> None:
        """Keep the letter."""
        self.letters.append(letter)

    def close(self) -> None:
        """Nothing is held."""
