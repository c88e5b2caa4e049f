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
    organisation,
    plans,
    processes,
    reporting,
    seen,
    signing,
    telling,
    work_items,
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
    "organisation",
    "plans",
    "processes",
    "reporting",
    "seen",
    "signing",
    "telling",
    "work_items",
    "worklist",
]
