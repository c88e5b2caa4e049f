"""Whoever runs the house lets everything that was given up be sent once more, when what stood in the way is mended."""

from __future__ import annotations

from workflows.store import deliveries

from .designing.keepers import require_keeper
from .desk import Desk


def send_dead_again(desk: Desk) -> int:
    """How many letters go on their way again, each under its old identity; Refused: NOT_PROCESS_KEEPER.

    What is not true any more is found out when it is sent, as with every letter.
    """
    with desk.open() as work:
        require_keeper(work.connection, work.by)
        return deliveries.send_dead_again(work.connection, work.now)
