"""The schema; read directory, processes, decisions, worklist, plans and on to clockwork."""

from . import (
    clockwork,
    consultation,
    decisions,
    directory,
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
    "clockwork",
    "consultation",
    "decisions",
    "directory",
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
