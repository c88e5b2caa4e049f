"""The page inside the house: the delivery row itself is the letter, so sending it is only to say so."""

from __future__ import annotations

from workflows.store.deliveries import Letter


class InboxChannel:
    """For people without a mail address; they read the row when they sign in."""

    name = "inbox"

    def send(self, letter: Letter) -> None:
        """Nothing leaves the house."""

    def close(self) -> None:
        """Nothing is held."""
