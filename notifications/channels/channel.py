"""What every way out of the house offers."""

from __future__ import annotations

from typing import Protocol

from workflows.store.deliveries import Letter


class Channel(Protocol):
    """One way out; `name` is the column `deliveries.channel` of what it carries."""

    @property
    def name(self) -> str:
        """mail | inbox."""

    def send(self, letter: Letter) -> None:
        """Hand the letter over; ChannelError when it was not taken."""

    def close(self) -> None:
        """The batch is over: give back what was held open for it."""
