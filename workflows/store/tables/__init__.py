"""The schema; read directory, processes, decisions, worklist, plans and on to clockwork."""

from . import (
    books,
    clockwork,
    consultation,
    decisions,
    directory,
    exchange,
    issuing,
    machines,
    notices,
    plans,
    processes,
    reporting,
    signing,
    telling,
    ways_out,
    worklist,
)
from .columns import metadata

__all__ = [
    "books",
    "clockwork",
    "consultation",
    "decisions",
    "directory",
    "exchange",
    "issuing",
    "machines",
    "metadata",
    "notices",
    "plans",
    "processes",
    "reporting",
    "signing",
    "telling",
    "ways_out",
    "worklist",
]
