"""The schema; read directory, processes, decisions, worklist, plans and on to clockwork."""

from . import (
    books,
    clockwork,
    consultation,
    copies,
    decisions,
    directory,
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
    "consultation",
    "copies",
    "decisions",
    "directory",
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
