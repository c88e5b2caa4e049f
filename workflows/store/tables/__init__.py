"""The schema; read directory, processes, decisions, worklist, plans and on to clockwork."""

from . import (
    clockwork,
    consultation,
    decisions,
    directory,
    issuing,
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
    "metadata",
    "plans",
    "processes",
    "reporting",
    "signing",
    "telling",
    "worklist",
]
