"""The schema; read directory, processes, decisions, worklist, plans and on to clockwork."""

from . import (
    books,
    clockwork,
    confirming,
    consultation,
    decisions,
    directory,
    distributing,
    exchange,
    issuing,
    machines,
    plans,
    processes,
    reporting,
    signing,
    telling,
    worklist,
)
from .columns import metadata

__all__ = [
    "books",
    "clockwork",
    "confirming",
    "consultation",
    "decisions",
    "directory",
    "distributing",
    "exchange",
    "issuing",
    "machines",
    "metadata",
    "plans",
    "processes",
    "reporting",
    "signing",
    "telling",
    "worklist",
]
